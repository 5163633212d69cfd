// The admin's portal: the figures, bookings and orders, the ledger, the school's own settings.
import { readFileSync } from "node:fs";
import { signIn } from "../support/accounts";
import { foundSchool } from "../support/founding";
import { AdminOrders, minor } from "../support/portals";
import { account, site } from "../support/site";
import { expect, test } from "../support/test";

const base = site("northside");

test.describe("at a school with history", { tag: ["@no-script"] }, () => {
  test.use({ baseURL: base });
  test.beforeEach(async ({ page }) => signIn(page, account("northside", "admin")));

  test("the overview shows figures, charts and recent orders", async ({ page }) => {
    await page.goto("/admin");
    const main = page.getByRole("main");
    for (const figure of ["Sales", "Commission", "Bookings", "Hours booked", "Refunded"]) await expect(main.getByText(figure, { exact: true }).first()).toBeVisible();
    await expect(main.getByRole("img", { name: /^Sales per day/ })).toBeVisible();
    // A chart can be read as a table.
    await main.getByText("Show as table").first().click();
    await expect(main.getByRole("table").first()).toBeVisible();
    await main.getByRole("link", { name: "All orders" }).click();
    await expect(page).toHaveURL(/\/admin\/orders$/);
  });

  test("bookings are filtered by what stands in the address", async ({ page }) => {
    await page.goto("/admin/bookings");
    const filter = page.getByRole("search");
    await filter.getByLabel("Status").selectOption({ label: "Cancelled" });
    await filter.getByRole("button", { name: "Apply" }).click();
    await expect(page).toHaveURL(/status=cancelled/);
    const rows = page.getByRole("main").getByRole("table").locator("tbody").getByRole("row");
    for (const row of await rows.all()) await expect(row).toContainText("Cancelled");
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page).toHaveURL(/status=cancelled.*after=/);
    await page.getByRole("link", { name: "First page" }).click();
    await rows.first().getByRole("link").first().click();
    await expect(page.getByText(/cancelled this lesson on/)).toBeVisible();
    await page.goBack();
    await filter.getByRole("searchbox").fill("nobody of this name");
    await filter.getByRole("button", { name: "Apply" }).click();
    await expect(page.getByText("Nothing matches these filters")).toBeVisible();
    await page.getByRole("main").getByRole("link", { name: "Clear filters" }).first().click();
    await expect(page).toHaveURL(/\/admin\/bookings$/);
  });

  test("an order shows every penny that moved for it", async ({ page }) => {
    await page.goto("/admin/orders");
    await page.getByRole("search").getByLabel("Status").selectOption({ label: "Refunded" });
    await page.getByRole("search").getByRole("button", { name: "Apply" }).click();
    const orders = new AdminOrders(page);
    await orders.open();
    const { difference, lines } = await orders.movements();
    expect(difference).toBe(0);
    expect(lines).toBeGreaterThanOrEqual(9);
  });

  test("the ledger's two sides agree, in every list and by every account", async ({ page }) => {
    await page.goto("/admin/ledger");
    await expect(page.getByText("Both sides agree: difference £0.00")).toBeVisible();
    const balance = page.getByRole("region", { name: "Balances, GBP" }).getByRole("table");
    const sums = await balance.getByRole("row").filter({ hasText: "Sum" }).getByRole("cell").allInnerTexts();
    expect(minor(sums[1])).toBe(minor(sums[2]));
    expect(minor(sums[1])).toBeGreaterThan(0);
    await page.getByRole("navigation", { name: "Transactions by account" }).getByRole("link", { name: "Stripe's fees" }).click();
    await expect(page).toHaveURL(/account=stripe_fees/);
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page).toHaveURL(/account=stripe_fees.*after=/);
    await page.getByRole("region", { name: "Transactions" }).getByRole("link", { name: /^NS/ }).first().click();
    await expect(page).toHaveURL(/\/admin\/orders\//);
  });

  test("members are found by name and by role", async ({ page }) => {
    await page.goto("/admin/members");
    await page.getByRole("search").getByRole("searchbox").fill("marangou");
    await page.getByRole("search").getByLabel("Role").selectOption({ label: "Tutor" });
    await page.getByRole("search").getByRole("button", { name: "Apply" }).click();
    const rows = page.getByRole("main").getByRole("table").locator("tbody").getByRole("row");
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText("Eleni Marangou");
  });
});

test("a colour is seen while it is chosen, and a faint one is mended", async ({ page }) => {
  const school = await foundSchool(page);
  await page.goto(`${school.base}/admin/settings`);
  const brand = page.getByLabel("Brand colour", { exact: true });
  const shown = () => page.locator("#brand-look .btn-primary").first().evaluate((button) => getComputedStyle(button).backgroundColor);
  const before = await shown();
  await brand.fill("#ffd54a");
  await expect.poll(shown).not.toBe(before);
  await page.getByRole("link", { name: "Use #af9232 instead" }).click();
  await expect(brand).toHaveValue("#af9232");
  await expect(page.getByText("hard to find on a white page")).toHaveCount(0);
  await expect(page.getByLabel("Pick a colour")).toHaveValue("#af9232");
});

test("settings move from one school to another as a file", { tag: ["@no-script"] }, async ({ page }) => {
  const school = await foundSchool(page);
  await page.goto(`${school.base}/admin/settings/configuration`);
  const begun = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download the file" }).click();
  const file = await begun;
  expect(file.suggestedFilename()).toMatch(/-settings\.json$/);
  const settings = JSON.parse(readFileSync(await file.path(), "utf8"));
  settings.school.tagline = "Taken in";
  settings.mail.reply_to = "nobody";
  const text = page.locator("textarea[name=configuration]");
  const look = page.getByRole("button", { name: "See what would change" });
  await text.fill("{");
  await look.click();
  await expect(page.getByText("This cannot be read").first()).toBeVisible();
  await expect(text).toHaveValue("{");
  await text.fill(JSON.stringify(settings));
  await look.click();
  await expect(page.getByRole("heading", { name: "2 settings would change" })).toBeVisible();
  await expect(page.getByText("Some of it cannot be taken")).toBeVisible();
  settings.mail.reply_to = "";
  await text.fill(JSON.stringify(settings));
  await look.click();
  await page.getByRole("button", { name: "Import these settings" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The settings were imported." })).toBeVisible();
  await page.goto(school.base);
  await expect(page.getByRole("heading", { level: 1, name: "Taken in" })).toBeVisible();
});

test("the school's colour and terms change at once, an unusable one is refused", { tag: ["@no-script"] }, async ({ page }) => {
  const school = await foundSchool(page);
  await page.goto(`${school.base}/admin/settings`);
  const brand = page.getByLabel("Brand colour");
  await brand.fill("teal");
  await page.getByLabel("Tagline").fill("Lessons worth the walk");
  await page.getByRole("button", { name: "Save the school's details" }).click();
  await expect(page.getByRole("alert")).toContainText("Enter a colour such as #1f7a4d.");
  await expect(brand).toHaveValue("teal");
  await expect(page.getByLabel("Tagline")).toHaveValue("Lessons worth the walk");
  await brand.fill("#7a1f4d");
  await page.getByRole("button", { name: "Save the school's details" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The school's details are saved." })).toBeVisible();
  await page.goto(school.base);
  const colour = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--brand").trim());
  expect(await colour()).toBe("#7a1f4d");
  await expect(page.getByRole("heading", { level: 1, name: "Lessons worth the walk" })).toBeVisible();

  await page.goto(`${school.base}/admin/settings`);
  await page.getByLabel("Commission").fill("12.5");
  await page.getByLabel("Step 1: hours before the lesson").fill("48");
  await page.getByRole("button", { name: "Save the terms" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The terms are saved." })).toBeVisible();
  await expect(page.getByLabel("Commission")).toHaveValue("12.5");
  await page.goto(`${school.base}/policy`);
  await expect(page.getByText(/Up to (48 hours|2 days) before the lesson: all of the price comes back\./)).toBeVisible();
});
