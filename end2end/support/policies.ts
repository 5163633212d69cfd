// A school's own documents, and guardians of the young.
import { expect, type Page } from "@playwright/test";
import { fields, typeCode } from "./accounts";
import { type Founded, foundSchool } from "./founding";
import { NEW_PASSWORD, emailOf, fresh } from "./site";

/** Publishes the next version of a document; members are asked again or not. The first asks everybody. */
export async function publish(page: Page, base: string, document: "Terms of service" | "Privacy notice", text: string, again = false): Promise<void> {
  await page.goto(`${base}/admin/settings/policies`);
  await page.getByRole("link", { name: document }).click();
  await page.getByLabel("Text in English").fill(text);
  await page.getByRole("button", { name: "Save the draft" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The draft is saved." })).toBeVisible();
  if (again) await page.getByLabel("Ask members again").check();
  await page.getByRole("link", { name: /^Publish version / }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^Publish version / }).click();
  await expect(page.getByRole("status").filter({ hasText: "Published." })).toBeVisible();
}

/** A school with terms that asks the guardians of who is younger than 16. */
export async function carefulSchool(page: Page): Promise<Founded> {
  const school = await foundSchool(page);
  await publish(page, school.base, "Terms of service", "## Rules\n\nBe *kind*.");
  await page.getByLabel("Ask a guardian").selectOption({ label: "Of students younger than 16" });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
  return school;
}

export type Minor = { name: string; email: string; guardian: string };

/** Somebody younger, who signs up at such a school. */
export async function signUpMinor(page: Page, base: string): Promise<Minor> {
  const name = fresh("Robin");
  const minor = { name, email: emailOf(name), guardian: `guardian.${emailOf(name)}` };
  await page.goto(`${base}/sign-up`);
  const form = fields(page);
  await form.name.fill(minor.name);
  await form.email.fill(minor.email);
  await form.password.fill(NEW_PASSWORD);
  await page.getByLabel("I am younger than 16").check();
  await page.getByLabel("Name of your parent or guardian").fill("Gail Guardian");
  await page.getByLabel("Their email").fill(minor.guardian);
  await form.agree.check();
  await form.signUp.click();
  await typeCode(page, minor.email);
  await expect(page).toHaveURL(`${base}/`);
  return minor;
}

/** The link in a mail to a guardian. */
export function guardianLink(mail: string): string {
  return /https?:\/\/\S+\/guardian\?ticket=[\w-]+/.exec(mail)![0];
}
