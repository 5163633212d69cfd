// Signing up, in and out, and who may enter what.
import { fields, fillSignUp, signIn, signUp } from "../support/accounts";
import { PASSWORD, account, emailOf, fresh, site } from "../support/site";
import { expect, test } from "../support/test";

test.use({ baseURL: site("northside") });

test("a new student signs up, is signed in, and signs out", { tag: ["@phone", "@no-script"] }, async ({ page, narrow }) => {
  await page.goto("/");
  await page.getByRole("banner").getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("main").getByRole("link", { name: "Create an account" }).click();
  const name = fresh("Robin");
  await fillSignUp(page, { name, email: emailOf(name) });
  await expect(page).toHaveURL(/\/$/);

  await page.goto("/student");
  await expect(page.getByRole("heading", { level: 2, name: "No lessons ahead" }).or(page.getByText("No lessons ahead"))).toBeVisible();
  if (narrow) await page.getByRole("link", { name: "More" }).click();
  await page.getByText("Account menu").locator("xpath=ancestor::summary").click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/$/);
  await page.goto("/student");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});

test("what was typed stays when signing up is refused", { tag: ["@phone", "@no-script"] }, async ({ page }) => {
  await page.goto("/sign-up?next=%2Fprices");
  const form = fields(page);
  await fillSignUp(page, { name: "Maya Again", email: account("northside", "student") });
  // The password of the demo account is the one typed: signing up again is signing in.
  await expect(page).toHaveURL(/\/prices$/);
  await page.context().clearCookies();

  await page.goto("/sign-up?next=%2Fprices");
  await form.name.fill("Maya Again");
  await form.email.fill(account("northside", "student"));
  await form.password.fill("quite another one");
  await form.signUp.click();
  await expect(page.getByRole("alert")).toContainText("There is already an account with this email. Sign in instead.");
  await expect(form.email).toHaveAttribute("aria-invalid", "true");
  await expect(form.email).toHaveAccessibleDescription(/already an account/);
  await expect(form.name).toHaveValue("Maya Again");
  await expect(form.email).toHaveValue(account("northside", "student"));
  await expect(form.password, "passwords are not sent back").toHaveValue("");

  // The next try leads to where the reader was going.
  const name = fresh("Robin");
  await fillSignUp(page, { name, email: emailOf(name) });
  await expect(page).toHaveURL(/\/prices$/);
});

test("a refusal is shown at the page's own address, and names each field", async ({ page }) => {
  await page.goto("/sign-up");
  const form = fields(page);
  // Past the browser's own checks, as a client that has none.
  await form.name.evaluate((input) => ((input as HTMLInputElement).form!.noValidate = true));
  await form.email.fill("nobody");
  await form.password.fill("short");
  await form.signUp.click();
  await expect(page).toHaveURL(/\/sign-up$/);
  const summary = page.getByRole("alert");
  await expect(summary).toBeFocused();
  await expect(summary).toContainText("There are problems with 3 fields");
  await summary.getByRole("link", { name: "Use at least 10 characters for the password." }).click();
  await expect(form.password).toBeFocused();
  await expect(form.email).toHaveValue("nobody");
});

test("signing in tells nobody whether an account exists", { tag: ["@no-script"] }, async ({ page }) => {
  const answers: string[] = [];
  for (const email of [account("northside", "student"), "nobody@northside.example"]) {
    await page.goto("/sign-in");
    const form = fields(page);
    await form.email.fill(email);
    await form.password.fill("not the password");
    await form.signIn.click();
    await expect(page.getByRole("alert")).toContainText("The email or the password is wrong.");
    await expect(form.email).toHaveValue(email);
    answers.push(await page.getByRole("alert").innerText());
  }
  expect(answers[0]).toBe(answers[1]);
});

test("a guarded page leads to signing in and back", { tag: ["@phone", "@no-script"] }, async ({ page }) => {
  await page.goto("/student/lessons?view=past");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fstudent%2Flessons%3Fview%3Dpast$/);
  const form = fields(page);
  await form.email.fill(account("northside", "student"));
  await form.password.fill(PASSWORD);
  await form.signIn.click();
  await expect(page).toHaveURL(/\/student\/lessons\?view=past$/);
  await expect(page.getByRole("link", { name: "Past" })).toHaveAttribute("aria-current", "page");
});

test("an address elsewhere is not followed after signing in", async ({ page }) => {
  await page.goto("/sign-in?next=%2F%2Fevil.example");
  const form = fields(page);
  await form.email.fill(account("northside", "new"));
  await form.password.fill(PASSWORD);
  await form.signIn.click();
  await expect(page).toHaveURL(`${site("northside")}/`);
});

test("each portal is there for its role alone", async ({ page, visitor }) => {
  const portals = { student: "/student", tutor: "/tutor", admin: "/admin" } as const;
  for (const role of ["student", "tutor", "admin"] as const) {
    const own = role === "student" ? page : await visitor();
    await signIn(own, account("northside", role));
    for (const [name, path] of Object.entries(portals)) {
      const answer = await own.goto(path);
      expect(answer?.status(), `${role} at ${path}`).toBe(name === role ? 200 : 404);
      if (name !== role) await expect(own.getByRole("heading", { level: 1, name: "There is nothing here" })).toBeAttached();
    }
  }
});

test("an account works at one school until it joins another", async ({ page }) => {
  const student = await signUp(page);
  await page.goto(`${site("codelab")}/sign-in`);
  const form = fields(page);
  await form.email.fill(student.email);
  await form.password.fill(PASSWORD);
  await form.signIn.click();
  await expect(page.getByRole("alert")).toContainText("The email or the password is wrong.");
  await page.goto(`${site("codelab")}/sign-up`);
  await fillSignUp(page, student);
  await expect(page).toHaveURL(`${site("codelab")}/`);
});
