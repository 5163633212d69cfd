// The tutor's portal: hours, offerings and their approval, the profile.
import { signIn } from "../support/accounts";
import { BookingPanel } from "../support/booking";
import { account, demoTutor, fresh, site, type School } from "../support/site";
import { expect, test, type Page } from "../support/test";

// These change the demo tutor: one after the other, and without a script at another school.
test.describe.configure({ mode: "default" });

const school = (javaScript: boolean | undefined): School => (javaScript === false ? "codelab" : "northside");

test.describe("tutor", { tag: ["@no-script"] }, () => {
  let tenant: School;
  let base: string;

  test.beforeEach(async ({ page, javaScriptEnabled }) => {
    tenant = school(javaScriptEnabled);
    base = site(tenant);
    await signIn(page, account(tenant, "tutor"), base);
  });

  const done = (page: Page, text: string) => expect(page.getByRole("status").filter({ hasText: text })).toBeVisible();

  test("hours are edited: rows come and go, an error keeps what was typed, saving changes the free times", async ({ page }) => {
    await page.goto(`${base}/tutor/availability`);
    const day = page.getByRole("group", { name: "Saturday" });
    await day.getByRole("button", { name: "Add hours on Saturday" }).click();
    await expect(page.getByText("These changes are not saved yet.")).toBeVisible();
    await day.getByLabel("Saturday, from").last().fill("10:00");
    await day.getByLabel("Saturday, to").last().fill("10:00");
    await page.getByLabel("Bookable ahead").fill("61");
    await page.getByRole("button", { name: "Save hours" }).first().click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(day.getByLabel("Saturday, from").last()).toHaveAttribute("aria-invalid", "true");
    await expect(day.getByLabel("Saturday, from").last()).toHaveValue("10:00");
    await expect(page.getByLabel("Bookable ahead")).toHaveValue("61");
    await day.getByLabel("Saturday, to").last().fill("12:00");
    await page.getByRole("button", { name: "Save hours" }).first().click();
    await done(page, "Hours saved");

    // A student sees Saturdays now.
    const panel = new BookingPanel(page);
    await panel.open(demoTutor(tenant), "", base);
    await expect(panel.freeDays.filter({ hasText: /Saturday/ }).first()).toBeVisible();

    await page.goto(`${base}/tutor/availability`);
    await day.getByRole("button", { name: "Remove Saturday 10:00–12:00" }).last().click();
    await page.getByRole("button", { name: "Save hours" }).first().click();
    await done(page, "Hours saved");
    await expect(day).toContainText("Closed");
  });

  test("a day that differs is added and removed", async ({ page }) => {
    await page.goto(`${base}/tutor/availability`);
    const days = page.getByRole("region", { name: "Days that differ" });
    // A weekday about two months from now.
    const date = new Date(Date.now() + 58 * 86_400_000);
    while ([0, 6].includes(date.getUTCDay())) date.setUTCDate(date.getUTCDate() + 1);
    const label = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" }).format(date);
    await days.getByLabel("Date").fill(date.toISOString().slice(0, 10));
    await days.getByLabel("Other hours").check();
    await days.getByLabel("From").first().fill("14:00");
    await days.getByRole("button", { name: "Add day" }).click();
    await expect(days.getByRole("alert")).toContainText("Enter a time such as 17:30.");
    await expect(days.getByLabel("From").first()).toHaveValue("14:00");
    await expect(days.getByLabel("Other hours")).toBeChecked();
    await days.getByLabel("To", { exact: true }).first().fill("16:00");
    await days.getByRole("button", { name: "Add day" }).click();
    await done(page, "Day saved");
    await expect(days.getByRole("listitem").filter({ hasText: label })).toContainText("14:00–16:00");

    // The same day again replaces what was there.
    await days.getByLabel("Date").fill(date.toISOString().slice(0, 10));
    await days.getByLabel("Closed all day").check();
    await days.getByRole("button", { name: "Add day" }).click();
    await done(page, "Day saved");
    const row = days.getByRole("listitem").filter({ hasText: label });
    await expect(row).toContainText("Closed all day");
    await row.getByRole("button", { name: /^Remove / }).click();
    await done(page, "The weekly hours hold on that day again");
    await expect(row).toHaveCount(0);
  });

  test("an offering is written, sent back, changed, approved, and then public", async ({ page, visitor }) => {
    const title = fresh("Proofs for");
    await page.goto(`${base}/tutor/offerings/new`);
    await page.getByLabel("Title").fill(title);
    await page.getByLabel("Description").fill("How to write a proof that an examiner believes, line by line.");
    await page.getByLabel("Subject").selectOption({ index: 1 });
    await page.locator("input[name='levels[]']").first().check();
    await page.locator("input[name='minutes[]']").first().fill("60");
    await page.locator("input[name='price[]']").first().fill("not a price");
    await page.getByRole("button", { name: "Save and send for review" }).click();
    await expect(page.getByRole("alert")).toContainText("Enter a price such as 32.00.");
    await expect(page.getByLabel("Title")).toHaveValue(title);
    await page.locator("input[name='price[]']").first().fill("41.50");
    await page.getByRole("button", { name: "Save and send for review" }).click();
    await done(page, "Sent for review");
    const editor = page.url().split("?")[0];

    // Not public yet.
    const reader = await visitor();
    await reader.goto(`${base}/tutors/${demoTutor(tenant)}`);
    await expect(reader.getByText(title)).toHaveCount(0);

    // The admin asks for a change.
    const admin = await visitor();
    await signIn(admin, account(tenant, "admin"), base);
    await admin.goto(`${base}/admin/approvals`);
    await admin.getByRole("link", { name: title }).click();
    await admin.getByLabel("What has to change").fill("Say which level it is for.");
    await admin.getByRole("button", { name: "Send back with this note" }).click();
    await done(admin, "The offering is back with its tutor.");

    await page.goto(editor);
    await expect(page.getByText("Say which level it is for.")).toBeVisible();
    await page.getByLabel("Description").fill("For the last year of school: how to write a proof that an examiner believes.");
    await page.getByRole("button", { name: "Save and send for review" }).click();
    await done(page, "Sent for review");

    await admin.goto(`${base}/admin/approvals`);
    await admin.getByRole("link", { name: title }).click();
    await expect(admin.getByText("What you asked for last time")).toBeVisible();
    await expect(admin.getByText("Say which level it is for.")).toBeVisible();
    await admin.getByRole("button", { name: "Approve and publish" }).click();
    await done(admin, "The offering is public now.");
    await reader.reload();
    await expect(reader.getByText(title).first()).toBeVisible();

    // A live offering can be taken away again.
    await page.goto(editor);
    await expect(page.getByText("Live", { exact: true }).first()).toBeVisible();
    await page.getByRole("link", { name: "Archive" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Archive offering" }).click();
    await done(page, "Offering archived");
    await reader.reload();
    await expect(reader.getByText(title)).toHaveCount(0);
  });

  test("the profile is edited and shows on the public page", async ({ page }) => {
    await page.goto(`${base}/tutor/profile`);
    const headline = page.getByRole("textbox", { name: "Headline" });
    const before = await headline.inputValue();
    const now = fresh("Patient teacher,");
    await headline.fill(now);
    await page.getByRole("button", { name: "Save profile" }).click();
    await done(page, "Profile saved");
    await page.getByRole("link", { name: "Public page" }).click();
    await expect(page.getByText(now).first()).toBeVisible();

    await page.goto(`${base}/tutor/profile`);
    const title = fresh("Diploma of");
    await page.getByRole("textbox", { name: "Qualification" }).fill(title);
    await page.getByLabel("From year").fill("2019");
    await page.getByLabel("To year").fill("2017");
    await page.getByRole("button", { name: "Add qualification" }).click();
    await expect(page.getByText("The end must not be before the start.").first()).toBeVisible();
    await page.getByLabel("To year").fill("2021");
    await page.getByRole("button", { name: "Add qualification" }).click();
    await done(page, "Qualification added");
    await page.getByRole("button", { name: `Remove ${title}` }).click();
    await done(page, "Qualification removed");
    await headline.fill(before);
    await page.getByRole("button", { name: "Save profile" }).click();
    await done(page, "Profile saved");
  });

  test("the calendar and the earnings show the tutor's own lessons", async ({ page }) => {
    await page.goto(`${base}/tutor/calendar`);
    const main = page.getByRole("main");
    await main.getByRole("link", { name: "Next week" }).click();
    await expect(page).toHaveURL(/week=\d{4}-\d\d-\d\d/);
    await main.getByRole("link", { name: "Agenda" }).click();
    await expect(page).toHaveURL(/view=agenda/);
    await main.getByRole("link", { name: "Today" }).click();
    await page.goto(`${base}/tutor/earnings`);
    await expect(main.getByText("Held for you")).toBeVisible();
    await expect(main.getByRole("table").locator("tbody").getByRole("row").first()).toBeVisible();
  });
});
