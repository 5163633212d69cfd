// Getting in by more, or by something else, than a password.
import { fields, mailTo, signIn, signUp } from "../support/accounts";
import { addAuthenticator } from "../support/authenticator";
import { NEW_PASSWORD, site } from "../support/site";
import { expect, test } from "../support/test";
import { totp } from "../support/totp";
import type { Page } from "@playwright/test";

const base = site("northside");

/** Types address and password. */
async function password(page: Page, email: string): Promise<void> {
  await page.goto(`${base}/sign-in`);
  await fields(page).email.fill(email);
  await fields(page).password.fill(NEW_PASSWORD);
  await fields(page).signIn.click();
}

/** Sets an app up for the one who is signed in: its key, and the recovery codes. */
async function setUp(page: Page): Promise<{ key: string; codes: string[] }> {
  await page.goto(`${base}/account/security`);
  await page.getByRole("button", { name: "Set it up" }).click();
  await expect(page.getByRole("img", { name: "QR code for your authenticator app" })).toBeVisible();
  const key = await page.locator("code").innerText();
  await page.getByRole("textbox", { name: "Code" }).fill("000000");
  await page.getByRole("button", { name: "Switch it on" }).click();
  await expect(page.getByText("This code is wrong or was used.").first()).toBeVisible();
  await page.getByRole("textbox", { name: "Code" }).fill(totp(key, -1));
  await page.getByRole("button", { name: "Switch it on" }).click();
  await expect(page.getByRole("heading", { name: "Keep these recovery codes" })).toBeVisible();
  const codes = await page.getByRole("main").getByRole("listitem").allInnerTexts();
  expect(codes).toHaveLength(10);
  await page.reload();
  expect(await page.getByRole("main").getByRole("listitem").allInnerTexts()).toEqual(codes);
  await page.getByRole("button", { name: "I have kept them" }).click();
  await expect(page.getByText("10 recovery codes left")).toBeVisible();
  return { key, codes };
}

test("an app's code is asked for after the password, and each code works once", { tag: ["@no-script", "@phone"] }, async ({ page, visitor }) => {
  const student = await signUp(page, base);
  const { key, codes } = await setUp(page);
  expect(await mailTo(page, student.email)).toContain("Two-step verification was switched on");

  const other = await visitor();
  await password(other, student.email);
  await expect(other).toHaveURL(/\/sign-in\/second-factor/);
  await other.goto(`${base}/student`);
  await expect(other, "the password alone opens nothing").toHaveURL(/\/sign-in/);
  await password(other, student.email);
  const code = totp(key);
  await other.getByLabel("Code").fill(code);
  await other.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(other).toHaveURL(/\/student$/);

  const thief = await visitor();
  await password(thief, student.email);
  await thief.getByLabel("Code").fill(code);
  await thief.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(thief.getByText("This code is wrong or was used.").first()).toBeVisible();
  await thief.getByLabel("Code").fill(codes[0].toUpperCase().replaceAll("-", " "));
  await thief.getByLabel(/Do not ask again/).check();
  await thief.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(thief).toHaveURL(/\/student$/);
  // Trusted now: the password alone is enough in this browser.
  await thief.context().clearCookies({ name: "__Host-login" });
  await password(thief, student.email);
  await expect(thief).toHaveURL(/\/student$/);
  await thief.goto(`${base}/account/security`);
  await expect(thief.getByText("9 recovery codes left")).toBeVisible();
  await thief.getByRole("button", { name: "Switch it off" }).click();
  // A trusted browser showed the password alone: this asks for more.
  await expect(thief).toHaveURL(/\/account\/verify\?next=/);
  await thief.locator("input[name=password]").fill(NEW_PASSWORD);
  await thief.getByRole("textbox", { name: "Code" }).fill(codes[1]);
  await thief.getByRole("button", { name: "Continue" }).click();
  await expect(thief).toHaveURL(/\/account\/security\?done=/);
  await expect(thief.getByText("please do it again")).toBeVisible();
  await thief.getByRole("button", { name: "Switch it off" }).click();
  await expect(thief.getByText("Two-step verification is off.").first()).toBeVisible();
  await other.goto(`${base}/student`);
  await expect(other, "other devices are signed out").toHaveURL(/\/sign-in/);
});

test("a passkey signs in without a password, on its own host alone", async ({ page }) => {
  const authenticator = await addAuthenticator(page);
  const student = await signUp(page, base);
  await page.goto(`${base}/account/security`);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByLabel("Name").fill("Laptop");
  await page.getByRole("button", { name: "Create the passkey" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Laptop" })).toContainText("northside.localhost");
  await page.context().clearCookies();

  await page.goto(`${base}/sign-in?next=/student/orders`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page).toHaveURL(`${base}/student/orders`);
  await page.goto(`${base}/account/security`);
  await expect(page.getByRole("listitem").filter({ hasText: "Laptop" })).toContainText("Last used");

  // Locked, it says nothing.
  await page.context().clearCookies();
  await authenticator.unlock(false);
  await page.goto(`${base}/sign-in`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByText("The passkey could not be used.").first()).toBeVisible({ timeout: 20_000 });
  await authenticator.unlock(true);

  // Another school's site has no passkey of this one.
  await page.goto(`${site("codelab")}/sign-in`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page.getByText("The passkey could not be used.").first()).toBeVisible({ timeout: 20_000 });

  // As the second factor, and to show again who it is.
  await signIn(page, student.email, base, NEW_PASSWORD);
  await setUp(page);
  await page.context().clearCookies();
  await password(page, student.email);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page).toHaveURL(/\/student$/);
  await page.goto(`${base}/account/verify?next=/student/orders`);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect(page).toHaveURL(`${base}/student/orders`);
  await page.goto(`${base}/account/security`);
  await page.getByRole("button", { name: "Remove Laptop" }).click();
  await expect(page.getByText("The passkey is removed.").first()).toBeVisible();
});

test("an answer to one challenge is nothing for another", async ({ page }) => {
  await addAuthenticator(page);
  await signUp(page, base);
  await page.goto(`${base}/account/security`);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByLabel("Name").fill("Laptop");
  await page.getByRole("button", { name: "Create the passkey" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Laptop" })).toBeVisible();
  await page.context().clearCookies();
  await page.goto(`${base}/sign-in`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  // What was signed goes to the server later, under another challenge.
  let kept = "";
  await page.route("**/api/accounts/passkey_sign_in", async (route) => {
    kept ||= route.request().postData() ?? "";
    await route.abort();
  });
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await expect.poll(() => kept).not.toBe("");
  await page.unroute("**/api/accounts/passkey_sign_in");
  await page.goto(`${base}/sign-in`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByRole("button", { name: "Use a passkey" })).toBeVisible();
  await page.evaluate((credential) => {
    const form = document.querySelector<HTMLFormElement>("form[data-passkey]")!;
    (form.elements.namedItem("credential") as HTMLInputElement).value = credential;
    form.requestSubmit();
  }, new URLSearchParams(kept).get("credential")!);
  await expect(page.getByText("The passkey could not be used.").first()).toBeVisible();
  await page.goto(`${base}/student`);
  await expect(page).toHaveURL(/\/sign-in/);
});
