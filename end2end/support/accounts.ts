// Signing up, in and out.
import { expect, type Page } from "@playwright/test";
import { PASSWORD, emailOf, fresh } from "./site";

export type Student = { name: string; email: string };

/** The fields of both forms. */
export const fields = (page: Page) => ({
  name: page.getByLabel(/^(Name|Nombre)$/),
  email: page.getByLabel(/^(Email|Correo electrónico)$/),
  password: page.locator("input[name=password]"),
  signUp: page.getByRole("main").getByRole("button", { name: /^(Create account|Crear cuenta)$/ }),
  signIn: page.getByRole("main").getByRole("button", { name: /^(Sign in|Entrar)$/ }),
});

/** Signs a new student up on this page's site, from the form on the current page. */
export async function fillSignUp(page: Page, student: Student): Promise<void> {
  const form = fields(page);
  await form.name.fill(student.name);
  await form.email.fill(student.email);
  await form.password.fill(PASSWORD);
  await form.signUp.click();
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

/** Signs in somebody who is there already. */
export async function signIn(page: Page, email: string, base = ""): Promise<void> {
  await page.goto(`${base}/sign-in`);
  const form = fields(page);
  await form.email.fill(email);
  await form.password.fill(PASSWORD);
  await form.signIn.click();
  await expect(page).toHaveURL(/\/$/);
}
