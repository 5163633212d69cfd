// One's own data: to take along, and to have forgotten.
import { signIn, signUp } from "../support/accounts";
import { foundSchool } from "../support/founding";
import { NEW_PASSWORD, account, site } from "../support/site";
import { expect, test } from "../support/test";

const base = site("northside");

test("a member takes their data along and is forgotten", { tag: ["@no-script", "@phone"] }, async ({ page }) => {
  const student = await signUp(page, base);
  await page.goto(`${base}/account/privacy`);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download my data" }).click();
  expect((await download).suggestedFilename()).toBe("my-data.zip");
  await page.getByLabel("Type your email to confirm").fill("somebody@else.example");
  await page.getByRole("button", { name: "Delete my data" }).click();
  await expect(page.getByRole("alert")).toContainText("This is not the email of your account here.");
  await page.getByLabel("Type your email to confirm").fill(student.email);
  await page.getByRole("button", { name: "Delete my data" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Your data here is being deleted." })).toBeVisible();
  await page.getByLabel("Email").fill(student.email);
  await page.locator("input[name=password]").fill(NEW_PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("The email or the password is wrong.").first()).toBeVisible();
});

test("who has lessons to come settles them first; a school keeps an admin", async ({ page, visitor }) => {
  await signIn(page, account("northside", "tutor"), base);
  await page.goto(`${base}/account/privacy`);
  await page.getByLabel("Type your email to confirm").fill(account("northside", "tutor"));
  await page.getByRole("button", { name: "Delete my data" }).click();
  await expect(page.getByRole("alert")).toContainText("There are lessons to come.");
  const founder = await visitor();
  const school = await foundSchool(founder);
  await founder.goto(`${school.base}/account/privacy`);
  await founder.getByLabel("Type your email to confirm").fill(school.admin);
  await founder.getByRole("button", { name: "Delete my data" }).click();
  await expect(founder.getByRole("alert")).toBeVisible();
});

test("a school forgets somebody who asked for it", async ({ page, visitor }) => {
  const school = await foundSchool(page);
  const student = await signUp(await visitor(), school.base);
  await page.goto(`${school.base}/admin/members`);
  await page.getByRole("link", { name: student.name }).click();
  await page.getByRole("link", { name: "Delete their data" }).click();
  await page.getByLabel("Reason").fill("asked by mail");
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "Their data is being deleted." })).toBeVisible();
  await expect(page.getByRole("link", { name: student.name })).toHaveCount(0);
  // The log keeps that it was done; the name goes with the rest.
  await expect(async () => {
    await page.goto(`${school.base}/admin/audit`);
    await expect(page.getByText("Deleted a member's data").filter({ visible: true }).first()).toBeVisible();
    await expect(page.getByText(student.name)).toHaveCount(0, { timeout: 1000 });
  }).toPass();
});
