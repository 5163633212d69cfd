// A school of one's own, for tests that change one or need an empty one.
import { expect, type Page } from "@playwright/test";
import { typeCode } from "./accounts";
import { NEW_PASSWORD, emailOf, fresh, origin, site } from "./site";

export type Founded = { name: string; slug: string; base: string; admin: string };

/** Founds a school on the platform's page and signs its admin in. */
export async function foundSchool(page: Page): Promise<Founded> {
  const name = fresh("School");
  const slug = name.toLowerCase().replaceAll(" ", "-");
  const admin = `admin.${emailOf(name)}`;
  await page.goto(`${origin}/new`);
  await page.getByLabel("Name of the school").fill(name);
  await page.getByLabel("Currency").selectOption("GBP");
  await page.getByLabel("Name", { exact: true }).fill("Alex Founder");
  await page.getByLabel("Email").fill(admin);
  await page.locator("input[name=admin_password]").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Open the school" }).click();
  await typeCode(page, admin);
  const base = site(slug);
  await expect(page).toHaveURL(new RegExp(`^${base}/sign-in`));
  await expect(page.getByRole("status").filter({ hasText: "Your school is open" })).toBeVisible();
  await page.getByLabel("Email").fill(admin);
  await page.locator("input[name=password]").fill(NEW_PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(`${base}/admin`);
  return { name, slug, base, admin };
}
