// Signing in elsewhere: at the provider of `provider.mjs`.
import { expect, type Page } from "@playwright/test";
import { type Founded, foundSchool } from "./founding";
import { issuer } from "./site";

/** A school whose members may sign in at the provider. */
export async function campusSchool(page: Page): Promise<Founded> {
  const school = await foundSchool(page);
  await page.goto(`${school.base}/admin/settings`);
  await page.getByRole("link", { name: "Signing in" }).click();
  await page.getByRole("link", { name: "Add OpenID Connect" }).click();
  await page.getByLabel("Name on the button").fill("Campus");
  await page.getByLabel("Issuer").fill(`${issuer}/elsewhere`);
  await page.getByLabel("Client ID").fill("wemaster");
  await page.getByLabel("Client secret", { exact: true }).fill("a secret of the tests");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toContainText("did not pass the check");
  await expect(page.getByLabel("Client ID")).toHaveValue("wemaster");
  await page.getByLabel("Issuer").fill(issuer);
  await page.getByLabel("Client secret", { exact: true }).fill("a secret of the tests");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("link", { name: "Campus" })).toBeVisible();
  return school;
}

/** Signs in at the provider as `login`, from the page with its button. */
export async function atCampus(page: Page, login: string): Promise<void> {
  await page.getByPlaceholder("Enter any login").fill(login);
  await page.getByPlaceholder("and password").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

export async function continueWithCampus(page: Page, school: Founded): Promise<void> {
  await page.goto(`${school.base}/sign-in?next=/tutors`);
  await page.getByRole("button", { name: "Continue with Campus" }).click();
}
