// Operators of the platform: invited by the server's own program, as the first one is.
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, type Page } from "@playwright/test";
import { NEW_PASSWORD, emailOf, fresh, origin } from "./site";
import { switchOn } from "./totp";

/** The link that `wemaster operator` prints for an address. */
export function operatorLink(email: string): string {
  const program = process.env.WEMASTER_PROGRAM;
  expect(program, "scripts/end2end names the server's program").toBeTruthy();
  return execFileSync(program!, ["operator", email], { cwd: resolve(import.meta.dirname, "../.."), encoding: "utf8" }).trim();
}

/** A new operator, signed in on the platform's host with two-step verification. */
export async function newOperator(page: Page): Promise<{ name: string; email: string }> {
  const name = fresh("Olga");
  const email = emailOf(name);
  await page.goto(operatorLink(email));
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.locator("input[name=password]").fill(NEW_PASSWORD);
  await page.getByRole("main").getByRole("button").last().click();
  await expect(page).toHaveURL(`${origin}/operator`);
  await expect(page.getByRole("heading", { name: "Switch two-step verification on first" })).toBeVisible();
  await switchOn(page, origin);
  await page.getByRole("main").getByRole("button").last().click();
  await page.goto(`${origin}/operator`);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  return { name, email };
}
