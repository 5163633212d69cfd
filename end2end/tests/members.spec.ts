// Who is at a school: invitations, roles, staff, suspension.
import { fields, mailTo, signIn } from "../support/accounts";
import { foundSchool } from "../support/founding";
import { invitationLink, invite, startImport } from "../support/members";
import { NEW_PASSWORD, account, emailOf, fresh, site } from "../support/site";
import { expect, test } from "../support/test";

const base = site("northside");

test("a new school gets its first tutor: invited, accepted, in the catalogue", { tag: ["@no-script"] }, async ({ page, visitor }) => {
  const school = await foundSchool(page);
  const email = emailOf(fresh("Nora"));
  await invite(page, school.base, { email, name: "Nora New", roles: ["Tutor"], note: "Glad to have you." });
  await expect(page.getByRole("row", { name: new RegExp(email) })).toContainText("Tutor");
  const mail = await mailTo(page, email);
  expect(mail).toContain("Glad to have you.");

  const tutor = await visitor();
  await tutor.goto(invitationLink(mail));
  await expect(tutor.getByText("Alex Founder invites you as: Tutor.")).toBeVisible();
  await tutor.locator("input[name=password]").fill("short");
  await tutor.getByRole("button", { name: /^Join / }).click();
  await expect(tutor.getByText("at least 10 characters").first()).toBeVisible();
  await expect(tutor.getByLabel("Name")).toHaveValue("Nora New");
  await tutor.locator("input[name=password]").fill(NEW_PASSWORD);
  await tutor.getByRole("button", { name: /^Join / }).click();
  await expect(tutor).toHaveURL(`${school.base}/tutor`);
  await tutor.goto(`${school.base}/tutor/profile`);
  await expect(tutor.getByLabel("Name", { exact: true })).toHaveValue("Nora New");
  await tutor.goto(`${school.base}/tutor/offerings/new`);
  await expect(tutor.getByText("Your school has no subjects yet.")).toBeVisible();
  await tutor.goto(invitationLink(mail));
  await expect(tutor.getByRole("heading", { name: "This invitation is over" })).toBeVisible();
  await tutor.close();
  await page.reload();
  await expect(page.getByText("Nobody is waiting")).toBeVisible();

  // What is taught is the school's own list.
  await page.goto(`${school.base}/admin/subjects`);
  await page.getByLabel("New subject").fill("Maths");
  await page.getByRole("button", { name: "Add" }).first().click();
  await expect(page.getByRole("textbox", { name: "Name of Maths" })).toHaveValue("Maths");
  await page.getByLabel("New subject").fill("maths");
  await page.getByRole("button", { name: "Add" }).first().click();
  await expect(page.getByText("This is already in use. Choose another.").first()).toBeVisible();
});

test("a list of people is looked at, corrected and sent", { tag: ["@no-script"] }, async ({ page }) => {
  await signIn(page, account("northside", "admin"), base);
  const [one, two] = [emailOf(fresh("Ann")), emailOf(fresh("Ben"))];
  await startImport(page, base, `Ann, ${one}, tutor\nBen, ${two.replace("@", "")}, student\nEleni, ${account("northside", "tutor")}`);
  await expect(page.getByText("One person can be invited, 2 lines are left out")).toBeVisible();
  const row = (text: string) => page.getByRole("row").filter({ hasText: text });
  await expect(row(one)).toContainText("Ready");
  await expect(row(account("northside", "tutor"))).toContainText("is a member already");
  await page.getByLabel("One person a line").fill(`Ann, ${one}, tutor\nBen, ${two}, student`);
  await page.getByRole("button", { name: "Preview again" }).click();
  await page.getByRole("button", { name: "Invite 2 people" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The invitations are on their way." })).toBeVisible();
  await expect(row(one)).toContainText("Tutor");
  await expect(row(two)).toContainText("Student");
  // The same as a file, as a spreadsheet of another country writes it.
  await page.goto(`${base}/admin/members/import`);
  const three = emailOf(fresh("Cy"));
  await page.getByLabel("Or a file").setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(`Name;Email;Role\r\nCy;${three};tutor\r\n`) });
  await page.getByRole("button", { name: "Preview", exact: true }).last().click();
  await expect(page.getByRole("row").filter({ hasText: three })).toContainText("Ready");
});

test("staff see what their role says, and no link leads to a refusal", async ({ page }) => {
  await signIn(page, account("northside", "desk"), base);
  await expect(page).toHaveURL(/\/admin\/bookings$/);
  const menu = page.getByRole("navigation").filter({ hasText: "Bookings" }).first();
  await expect(menu.getByRole("link", { name: "Members" })).toBeVisible();
  for (const hidden of ["Overview", "Ledger", "Settings", "Audit log"]) await expect(page.getByRole("link", { name: hidden, exact: true })).toHaveCount(0);
  for (const closed of ["/admin", "/admin/ledger", "/admin/settings", "/admin/audit", "/admin/members/roles/new"]) {
    expect((await page.goto(`${base}${closed}`))!.status(), closed).toBe(404);
  }
  await page.goto(`${base}/admin/members?role=admin`);
  await page.getByRole("main").getByRole("table").getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: "Access" })).toHaveCount(0);
  for (const page_ of ["/admin/bookings", "/admin/orders", "/admin/members"]) {
    await page.goto(`${base}${page_}`);
    const hrefs = await page.getByRole("main").locator("a[href^='/admin']").evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute("href")!))]);
    for (const href of hrefs.slice(0, 12)) expect(await page.evaluate(async (href) => (await fetch(href)).status, href), `${page_} → ${href}`).toBe(200);
  }
});

test("a staff role is made, given and taken; somebody is suspended and let in again", async ({ page, visitor }) => {
  const school = await foundSchool(page);
  const email = emailOf(fresh("Sid"));
  await page.goto(`${school.base}/admin/members/roles`);
  await page.getByRole("main").getByRole("link", { name: "New staff role" }).first().click();
  await page.getByLabel("Name").fill("Bookkeeper");
  await page.getByRole("button", { name: "Save the role" }).click();
  await expect(page.getByText("Choose at least one.").first()).toBeVisible();
  await expect(page.getByLabel("Name")).toHaveValue("Bookkeeper");
  await page.getByLabel("See the ledger").check();
  await page.getByRole("button", { name: "Save the role" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Bookkeeper" })).toContainText("See orders");
  await invite(page, school.base, { email, name: "Sid Staff", roles: ["Student"] });
  const staff = await visitor();
  await staff.goto(invitationLink(await mailTo(page, email)));
  await staff.locator("input[name=password]").fill(NEW_PASSWORD);
  await staff.getByRole("button", { name: /^Join / }).click();
  await expect(staff).toHaveURL(`${school.base}/student`);

  await page.goto(`${school.base}/admin/members`);
  await page.getByRole("link", { name: /Sid Staff/ }).click();
  await page.getByLabel("Staff role").selectOption({ label: "Bookkeeper" });
  await page.getByRole("button", { name: "Save the roles" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The roles are saved." })).toBeVisible();
  expect((await staff.goto(`${school.base}/admin/ledger`))!.status()).toBe(200);

  await page.getByRole("main").getByRole("link", { name: "Suspend" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("On leave");
  await page.getByRole("dialog").getByRole("button", { name: "Suspend" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The member is suspended." })).toBeVisible();
  await staff.goto(`${school.base}/student`);
  await expect(staff).toHaveURL(/\/sign-in/);
  await fields(staff).email.fill(email);
  await fields(staff).password.fill(NEW_PASSWORD);
  await fields(staff).signIn.click();
  await expect(staff.getByText("Your membership is suspended.").first()).toBeVisible();
  await page.getByRole("button", { name: "Let in again" }).click();
  await fields(staff).password.fill(NEW_PASSWORD);
  await fields(staff).signIn.click();
  await expect(staff).toHaveURL(`${school.base}/student`);

  // To help, the admin sees what they see, and does nothing in their name that costs.
  await page.getByRole("main").getByRole("link", { name: "See the site as they do" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("Cannot find the ledger");
  await page.getByRole("dialog").getByRole("button", { name: "See the site as they do" }).click();
  await expect(page.getByText("You, Alex Founder, see the site as Sid Staff.")).toBeVisible();
  await page.goto(`${school.base}/account/security`);
  await expect(page.getByText("This they have to do themselves.").first()).toBeVisible();
  await staff.goto(`${school.base}/account/security`);
  await expect(staff.getByText("by Alex Founder to help you")).toBeVisible();
  await page.getByRole("button", { name: "Stop" }).click();
  await page.goto(`${school.base}/student`);
  await expect(page).toHaveURL(/\/sign-in/);
  await staff.close();
});
