// The list of tutors: search, filters, order, pages. Every state has its address.
import { Catalogue } from "../support/catalogue";
import { site } from "../support/site";
import { expect, test } from "../support/test";

test.use({ baseURL: site("northside") });

test("a search forgives a typing error", { tag: ["@no-script"] }, async ({ page }) => {
  await page.goto("/");
  await page.getByRole("main").getByRole("searchbox").fill("chemsitry");
  await page.keyboard.press("Enter");
  const catalogue = new Catalogue(page);
  await expect(page).toHaveURL(/\/tutors\?q=chemsitry$/);
  await expect(catalogue.names.first()).toBeVisible();
  await expect(catalogue.search).toHaveValue("chemsitry");
  const found = await catalogue.names.allInnerTexts();
  await catalogue.open("?subject=chemistry");
  const chemists = await catalogue.names.allInnerTexts();
  expect(chemists).toContain(found[0]);
});

test("filters stand in the address, chips take them away", { tag: ["@no-script"] }, async ({ page }) => {
  const catalogue = await new Catalogue(page).open();
  const everyone = await catalogue.status.innerText();
  const rail = page.getByRole("form", { name: "Filters" });
  await rail.getByLabel("Subject").selectOption({ label: (await rail.getByLabel("Subject").locator("option", { hasText: /^Maths / }).innerText()).trim() });
  await rail.getByLabel(/^GCSE/).check();
  await rail.getByLabel("Offers a trial lesson").check();
  await rail.getByRole("button", { name: /^Apply/ }).click();
  await expect(page).toHaveURL(/subject=maths/);
  await expect(page).toHaveURL(/level=gcse/);
  await expect(page).toHaveURL(/trial=on/);
  await expect(page.getByRole("heading", { level: 1, name: "Maths tutors" })).toBeVisible();
  await expect(catalogue.status).not.toHaveText(everyone);
  await expect(catalogue.results.getByText("No trial")).toHaveCount(0);

  await page.getByRole("link", { name: "Remove filter GCSE" }).click();
  await expect(page).not.toHaveURL(/level=/);
  await expect(page).toHaveURL(/subject=maths/);
  await expect(rail.getByLabel(/^GCSE/)).not.toBeChecked();
  await page.getByRole("link", { name: "Remove filter Maths" }).click();
  await page.getByRole("link", { name: "Remove filter Offers a trial lesson" }).click();
  await expect(page).toHaveURL(/\/tutors$/);
  await expect(catalogue.status).toHaveText(everyone);
});

test("the price band is kept and shown", async ({ page }) => {
  const catalogue = await new Catalogue(page).open();
  const rail = page.getByRole("form", { name: "Filters" });
  await rail.getByLabel("Highest price").fill("30");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "Remove filter Up to £30.00" })).toBeVisible();
  for (const price of await catalogue.prices()) expect(price).toBeLessThanOrEqual(3000);
});

test("the order is chosen in a menu", { tag: ["@no-script"] }, async ({ page }) => {
  const catalogue = await new Catalogue(page).open("?subject=maths");
  await page.getByText("Best match").first().click();
  await page.getByRole("link", { name: "Price, low to high" }).click();
  await expect(page).toHaveURL(/sort=price/);
  await expect(page).toHaveURL(/subject=maths/);
  const prices = await catalogue.prices();
  expect(prices.length).toBeGreaterThan(3);
  expect(prices).toEqual([...prices].sort((a, b) => a - b));
});

test("further tutors are a page of their own, and the back button keeps the place", async ({ page }) => {
  const catalogue = await new Catalogue(page).open("?sort=price");
  const names = await catalogue.names.allInnerTexts();
  expect(names).toHaveLength(24);
  await page.getByRole("link", { name: /^Show \d+ more$/ }).click();
  await expect(page).toHaveURL(/after=/);
  await expect(page.getByText(/^25–48 of \d+$/)).toBeVisible();
  const more = await catalogue.names.allInnerTexts();
  expect(more.filter((name) => names.includes(name))).toEqual([]);

  const slug = (await catalogue.names.nth(3).getAttribute("href"))!.split("/").pop()!;
  await catalogue.choose(slug);
  await expect(page).toHaveURL(new RegExp(`/tutors/${slug}$`));
  await page.goBack();
  await expect(page).toHaveURL(/sort=price.*after=/);
  expect(await catalogue.names.allInnerTexts()).toEqual(more);
  await page.getByRole("link", { name: "Back to the first" }).click();
  await expect(page).toHaveURL(/\/tutors\?sort=price$/);
  expect(await catalogue.names.allInnerTexts()).toEqual(names);
});

test("nothing found says what to do", { tag: ["@no-script"] }, async ({ page }) => {
  await page.goto("/tutors?q=zzzzzzqqqq");
  await expect(page.getByText("No tutor fits all of this")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(/\/tutors$/);
  await expect(new Catalogue(page).names.first()).toBeVisible();
});

test("a free time in the list leads to that time on the tutor's page", async ({ page }) => {
  const catalogue = await new Catalogue(page).open();
  const slot = catalogue.results.locator("a[href*='slot=']").first();
  const time = (await slot.innerText()).trim();
  await slot.click();
  await expect(page.getByRole("button", { name: /^Hold .+ and pay$/ })).toHaveText(`Hold ${time} and pay`);
});
