// Inviting people and taking invitations up.
import { expect, type Page } from "@playwright/test";

export type Invitation = { email: string; name?: string; roles: string[]; note?: string };

/** Invites somebody, from the form of the school at `base`. Exactly these roles are ticked. */
export async function invite(page: Page, base: string, invitation: Invitation): Promise<void> {
  await page.goto(`${base}/admin/members/invite`);
  await page.getByLabel("Email").fill(invitation.email);
  if (invitation.name) await page.getByLabel("Name", { exact: true }).fill(invitation.name);
  for (const box of await page.getByRole("group", { name: "Roles" }).getByRole("checkbox").all()) await box.uncheck();
  for (const role of invitation.roles) await page.getByRole("group", { name: "Roles" }).getByLabel(role).check();
  if (invitation.note) await page.getByRole("textbox", { name: "Message" }).fill(invitation.note);
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The invitation is on its way." })).toBeVisible();
}

/** The link in an invitation's mail. */
export function invitationLink(mail: string): string {
  return /https?:\/\/\S+\/invitation\?ticket=[\w-]+/.exec(mail)![0];
}

/** Pastes a list of people; the answer is the page that looks at it. */
export async function startImport(page: Page, base: string, rows: string): Promise<string> {
  await page.goto(`${base}/admin/members/import`);
  await page.getByLabel("One person a line").fill(rows);
  await page.getByRole("button", { name: "Preview", exact: true }).first().click();
  await expect(page).toHaveURL(/\/import\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

/** The page that looks at merging the member at `path` with somebody whom a search finds. */
export async function duplicateOf(page: Page, path: string): Promise<string> {
  await page.goto(`${new URL(page.url()).origin}${path}/merge?text=new@`);
  return (await page.getByRole("main").getByRole("listitem").getByRole("link").first().getAttribute("href"))!;
}
