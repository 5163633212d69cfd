// Signing up, in and out.
import { expect, type Page } from "@playwright/test";
import { NEW_PASSWORD, PASSWORD, emailOf, fresh } from "./site";

export type Student = { name: string; email: string };

/** The fields of both forms. */
export const fields = (page: Page) => ({
  name: page.getByLabel(/^(Name|Nombre)$/),
  email: page.getByLabel(/^(Email|Correo electrónico)$/),
  password: page.locator("input[name=password]"),
  /** At a school that published its terms. */
  agree: page.locator("input[name=agree]"),
  signUp: page.getByRole("main").getByRole("button", { name: /^(Create account|Crear cuenta)$/ }),
  signIn: page.getByRole("main").getByRole("button", { name: /^(Sign in|Entrar)$/ }),
});

/** Signs a new student up on this page's site, from the form on the current page, by the code that is mailed. */
export async function fillSignUp(page: Page, student: Student): Promise<void> {
  const form = fields(page);
  await form.name.fill(student.name);
  await form.email.fill(student.email);
  await form.password.fill(NEW_PASSWORD);
  if (await form.agree.count()) await form.agree.check();
  await form.signUp.click();
  await typeCode(page, student.email);
}

/** Types the code that was mailed to `email` into the page that waits for it. */
export async function typeCode(page: Page, email: string): Promise<void> {
  await expect(page).toHaveURL(/\/sign-up\/confirm/);
  const text = await mailTo(page, email);
  await page.getByLabel(/^(Code|Código)$/).fill(/\b\d{4} \d{4}\b/.exec(text)![0]);
  await page.getByRole("button", { name: /^(Confirm|Confirmar)$/ }).click();
}

/** The text of the last mail to `email`, from the mailbox of this page's site. */
export async function mailTo(page: Page, email: string): Promise<string> {
  const tab = await page.context().newPage();
  const mailbox = `${new URL(page.url()).origin}/_mailbox`;
  const mail = tab.getByRole("main").getByRole("listitem").filter({ hasText: email }).first();
  await expect(async () => {
    await tab.goto(mailbox);
    await mail.getByRole("link").click({ timeout: 500 });
    await expect(tab).toHaveURL(/_mailbox\/./);
  }).toPass();
  const text = await tab.locator("pre.mail-text").first().innerText();
  await tab.close();
  return text;
}

/** A new student, signed in on the site at `base`. */
export async function signUp(page: Page, base = ""): Promise<Student> {
  const name = fresh("Robin");
  const student = { name, email: emailOf(name) };
  await page.goto(`${base}/sign-up`);
  await fillSignUp(page, student);
  await expect(page).toHaveURL(/\/$/);
  return student;
}

/** Signs in somebody who is there already: a demo account, unless the password says otherwise. */
export async function signIn(page: Page, email: string, base = "", password = PASSWORD): Promise<void> {
  await page.goto(`${base}/sign-in`);
  const form = fields(page);
  await form.email.fill(email);
  await form.password.fill(password);
  await form.signIn.click();
  await expect(page).toHaveURL(/\/(student|tutor|admin(\/bookings)?)$/);
}
