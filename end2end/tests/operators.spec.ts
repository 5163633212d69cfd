// The console of the platform's operators.
import { mailTo } from "../support/accounts";
import { foundSchool } from "../support/founding";
import { invitationLink } from "../support/members";
import { newOperator } from "../support/operators";
import { NEW_PASSWORD, emailOf, fresh, origin, site } from "../support/site";
import { expect, test } from "../support/test";

test("an operator opens a school, closes it, and keeps it from its end", { tag: ["@no-script", "@phone"] }, async ({ page, visitor }) => {
  await newOperator(page);
  const name = fresh("Hill");
  const slug = name.toLowerCase().replaceAll(" ", "-");
  const admin = emailOf(name);
  await page.goto(`${origin}/operator/schools/new`);
  await page.getByLabel("Name of the school").fill(name);
  await page.getByLabel("Admin’s email").fill(admin);
  await page.getByRole("button", { name: "Open the school" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText("Nobody yet")).toBeVisible();

  const ruth = await visitor();
  await ruth.goto(site(slug));
  const link = invitationLink(await mailTo(ruth, admin));
  await ruth.goto(link);
  await ruth.getByLabel("Name", { exact: true }).fill("Ruth");
  await ruth.locator("input[name=password]").fill(NEW_PASSWORD);
  await ruth.getByRole("main").getByRole("button").last().click();
  await expect(ruth).toHaveURL(`${site(slug)}/admin`);

  await page.getByRole("button", { name: "Close the school" }).click();
  await page.getByLabel("Reason").nth(1).fill("Unpaid since May");
  await page.getByRole("button", { name: "Close the school" }).click();
  await expect(page.getByText("Unpaid since May")).toBeVisible();
  await ruth.goto(`${site(slug)}/admin`);
  await expect(ruth.getByText("This school is closed at the moment")).toBeVisible();

  await page.getByLabel("to confirm").fill("something else");
  await page.getByLabel("Reason").last().fill("They asked for it");
  await page.getByRole("button", { name: "Delete the school" }).click();
  await expect(page.getByText("This is not the school’s subdomain.").last()).toBeVisible();
  await expect(page.getByLabel("Reason").last()).toHaveValue("They asked for it");
  await page.getByLabel("to confirm").fill(slug);
  await page.getByRole("button", { name: "Delete the school" }).click();
  await expect(page.getByText("Being deleted")).toBeVisible();
  await page.getByLabel("Reason").last().fill("They stay");
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(page.getByText("Being deleted")).toHaveCount(0);
  await page.getByRole("button", { name: "Open again" }).click();
  await ruth.goto(`${site(slug)}/admin`);
  await expect(ruth, "with the same login").toHaveURL(`${site(slug)}/admin`);
  await ruth.goto(`${site(slug)}/admin/audit`);
  await expect(ruth.getByRole("table").getByText("Decided that the school is kept")).toBeVisible();
});

test("an operator comes in to help, and the school sees it", async ({ page, visitor }) => {
  const founder = await visitor();
  const school = await foundSchool(founder);
  const { name } = await newOperator(page);
  await page.goto(`${origin}/operator/schools?text=${school.slug}`);
  await page.getByRole("link", { name: school.name }).click();
  await page.getByLabel("Reason").first().fill("Request 7");
  await page.getByRole("button", { name: "Come in" }).click();
  await page.getByRole("link", { name: `Open ${school.name}` }).click();
  await page.getByRole("button", { name: "Come in" }).click();
  await expect(page).toHaveURL(`${school.base}/admin`);
  await founder.goto(`${school.base}/admin/audit`);
  await expect(founder.getByRole("table").getByText("Came in as support")).toBeVisible();
  await expect(founder.getByText(`${name} (WeMaster)`).first()).toBeVisible();
  expect(await mailTo(founder, school.admin)).toContain("Request 7");

  const back = await page.context().newPage();
  await back.goto(`${origin}/operator/schools?text=${school.slug}`);
  await back.getByRole("link", { name: school.name }).click();
  await back.getByRole("button", { name: "End access now" }).click();
  await page.goto(`${school.base}/admin`);
  await expect(page, "at once").toHaveURL(/\/sign-in/);
  // Features: the operator's word goes before the school's.
  await back.getByLabel("People may sign themselves up").selectOption("Off");
  await back.locator("form[action*=decide_flags]").getByRole("button").click();
  await founder.goto(`${school.base}/admin/settings/features`);
  await expect(founder.getByRole("switch", { name: /sign themselves up/ })).toBeDisabled();
  await founder.getByRole("switch", { name: /Visitors see/ }).uncheck();
  await founder.getByRole("button", { name: "Save" }).click();
  const guest = await visitor();
  await guest.goto(`${school.base}/tutors`);
  await expect(guest).toHaveURL(/\/sign-in/);
  await expect(guest.getByRole("link", { name: "Create an account" })).toHaveCount(0);
});
