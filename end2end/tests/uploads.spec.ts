// Pictures that people send: a school's logo, a tutor's photo.
import { signIn } from "../support/accounts";
import { foundSchool } from "../support/founding";
import { png } from "../support/picture";
import { site, tutorAccount } from "../support/site";
import { expect, test } from "../support/test";

test("a school's logo stands in its header, from the host that knows nobody", { tag: ["@no-script"] }, async ({ page }) => {
  const school = await foundSchool(page);
  await page.goto(`${school.base}/admin/settings`);
  const logo = page.locator("input[type=file]");
  await logo.setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: Buffer.from("no picture at all") });
  await page.getByRole("button", { name: "Upload" }).click();
  await expect(page.getByText(/JPEG, PNG or WebP/).first()).toBeVisible();
  await expect(page.locator(".err").first()).toBeVisible();
  await logo.setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: png(200, [200, 40, 40]) });
  await page.getByRole("button", { name: "Upload" }).click();
  const shown = page.locator("header img, .brand img").first();
  await expect(async () => {
    await page.goto(school.base);
    await expect(shown).toBeVisible({ timeout: 500 });
  }).toPass();
  expect(new URL((await shown.getAttribute("src"))!).hostname).toMatch(/^files\./);
  expect(await shown.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBeGreaterThan(0);
  await page.goto(`${school.base}/admin/settings`);
  await page.getByRole("button", { name: /Remove/ }).first().click();
  await page.goto(school.base);
  await expect(page.locator("header img")).toHaveCount(0);
});

test("a tutor's photo is shown to those who look for one", { tag: ["@phone"] }, async ({ page, visitor }) => {
  const base = site("codelab");
  const slug = "priya-raman";
  await signIn(page, tutorAccount("codelab", slug), base);
  await page.goto(`${base}/tutor/profile`);
  await page.locator("input[type=file]").setInputFiles({ name: "me.png", mimeType: "image/png", buffer: png(600, [40, 90, 200]) });
  await page.getByRole("button", { name: "Upload" }).click();
  const other = await visitor();
  await expect(async () => {
    await other.goto(`${base}/tutors/${slug}`);
    const photo = other.locator("img[src*='//files.']").first();
    await expect(photo).toBeVisible({ timeout: 500 });
    expect(await photo.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBeGreaterThan(0);
  }).toPass();
});
