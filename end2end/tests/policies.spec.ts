// A school's own documents, agreeing to them, and guardians of the young.
import { fields, fillSignUp, mailTo, signUp } from "../support/accounts";
import { foundSchool } from "../support/founding";
import { carefulSchool, guardianLink, publish, signUpMinor } from "../support/policies";
import { NEW_PASSWORD, emailOf, fresh, site } from "../support/site";
import { expect, test } from "../support/test";

test("a school publishes its terms, who joins agrees, and a change asks again", { tag: ["@no-script", "@phone"] }, async ({ page, visitor }) => {
  const school = await foundSchool(page);
  const before = await visitor();
  const old = await signUp(before, school.base);
  await publish(page, school.base, "Terms of service", "## Rules\n\n- Be *kind*\n\n[Help](https://help.example) <b>bold</b>");

  // Who was there before is led there at the next sign-in, and can go on without.
  await before.context().clearCookies({ name: "__Host-login" });
  await before.goto(`${school.base}/sign-in`);
  await fields(before).email.fill(old.email);
  await fields(before).password.fill(NEW_PASSWORD);
  await fields(before).signIn.click();
  await expect(before).toHaveURL(/\/account\/agree/);
  await before.getByRole("link", { name: "Not now" }).click();
  await before.goto(`${school.base}/account/agree`);
  await fields(before).agree.check();
  await before.getByRole("button", { name: "Agree and go on" }).click();
  await expect(before).toHaveURL(`${school.base}/student`);

  // Who joins reads it from the form and from the foot of every page.
  const joiner = await visitor();
  await joiner.goto(`${school.base}/tutors`);
  await joiner.getByRole("contentinfo").getByRole("link", { name: "Terms of service" }).click();
  await expect(joiner.getByRole("listitem").filter({ hasText: "Be kind" })).toBeVisible();
  await expect(joiner.getByRole("link", { name: "Help" })).toHaveAttribute("href", "https://help.example");
  await expect(joiner.locator(".doc b")).toHaveCount(0);
  await joiner.goto(`${school.base}/sign-up`);
  const name = fresh("Robin");
  const form = fields(joiner);
  await form.name.fill(name);
  await form.email.fill(emailOf(name));
  await form.password.fill(NEW_PASSWORD);
  await form.agree.check();
  await publish(page, school.base, "Terms of service", "Be kinder.", true);
  await form.signUp.click();
  await expect(joiner.getByRole("alert")).toContainText("A newer version was published meanwhile.");
  await expect(form.agree).not.toBeChecked();
  await expect(joiner.getByRole("link", { name: "Terms of service (opens in a new tab)" })).toHaveAttribute("href", "/terms?version=2");
  await fillSignUp(joiner, { name, email: emailOf(name) });
  await joiner.goto(`${school.base}/account/privacy`);
  await expect(joiner.getByText("Version 2, agreed on")).toBeVisible();
  await before.goto(`${school.base}/account/agree`);
  await expect(fields(before).agree, "asked again").not.toBeChecked();
  await before.goto(`${school.base}/terms?version=1`);
  await expect(before.getByText("This is an earlier version.")).toBeVisible();
});

test("a guardian consents, and withdraws later", { tag: ["@no-script", "@phone"] }, async ({ page, visitor }) => {
  const school = await carefulSchool(page);
  const young = await visitor();
  const minor = await signUpMinor(young, school.base);
  await young.goto(`${school.base}/account/agree`);
  await expect(young.getByText(`We wrote to Gail Guardian (${minor.guardian})`)).toBeVisible();
  await young.getByRole("button", { name: "Send the mail again" }).click();
  await expect(young.getByRole("status").filter({ hasText: "The mail to your guardian is on its way." })).toBeVisible();

  const guardian = await visitor();
  // The link of the mail before works no more.
  await expect(async () => {
    await guardian.goto(guardianLink(await mailTo(young, minor.guardian)));
    await expect(guardian.getByRole("heading", { name: `${minor.name} asks for your consent` })).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(guardian.getByLabel("Your name")).toHaveValue("Gail Guardian");
  await guardian.getByRole("checkbox").check();
  await guardian.getByRole("button", { name: "Consent", exact: true }).click();
  await expect(guardian.getByRole("heading", { name: "Thank you" })).toBeVisible();
  await young.goto(`${school.base}/account/agree`);
  await expect(young.getByText("Nothing is missing: you can book.")).toBeVisible();

  await expect(async () => expect(await mailTo(young, minor.guardian)).toContain("Keep this mail")).toPass();
  await guardian.goto(guardianLink(await mailTo(young, minor.guardian)));
  await guardian.getByRole("button", { name: "Withdraw my consent" }).click();
  await expect(guardian.getByRole("heading", { name: "Your consent is withdrawn" })).toBeVisible();
  expect(await mailTo(page, school.admin)).toContain(`withdrew the consent for ${minor.name}`);
  await young.goto(`${school.base}/account/agree`);
  await expect(young.getByText("Gail Guardian withdrew their consent")).toBeVisible();

  // They grew up, the school knows.
  await page.goto(`${school.base}/admin/members`);
  await page.getByRole("link", { name: minor.name }).click();
  await page.getByRole("link", { name: "They are of age" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "They are of age" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Noted: no guardian is needed." })).toBeVisible();
});

test("who is younger names somebody else than themselves", async ({ page, visitor }) => {
  const school = await carefulSchool(page);
  const young = await visitor();
  await young.goto(`${school.base}/sign-up`);
  await expect(young.getByLabel("Their email"), "asked of who is younger alone").toBeHidden();
  await young.getByLabel("I am 16 or older").check();
  await expect(young.getByLabel("Their email")).toBeHidden();
  await young.getByLabel("I am younger than 16").check();
  const name = fresh("Robin");
  const form = fields(young);
  await form.name.fill(name);
  await form.email.fill(emailOf(name));
  await form.password.fill(NEW_PASSWORD);
  await form.agree.check();
  await young.getByLabel("Name of your parent or guardian").fill("Gail Guardian");
  await young.getByLabel("Their email").fill(emailOf(name));
  await form.signUp.click();
  await expect(young.getByRole("alert")).toContainText("This is your own email.");
  await expect(young.getByLabel("I am younger than 16")).toBeChecked();
  await expect(young.getByLabel("Name of your parent or guardian")).toHaveValue("Gail Guardian");
});

test("the demo schools have their documents in both languages", async ({ page }) => {
  await page.goto(`${site("lingua")}/terms`);
  await expect(page.getByRole("heading", { name: "Condiciones del servicio" }).or(page.getByRole("heading", { name: "Terms of service" }))).toBeVisible();
  await page.goto(`${site("northside")}/privacy-notice`);
  await expect(page.getByText("Northside Tutoring Ltd")).toBeVisible();
});
