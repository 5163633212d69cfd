// Signing up, in and out, and who may enter what.
import { fields, fillSignUp, mailTo, signIn, signUp, typeCode } from "../support/accounts";
import { NEW_PASSWORD, PASSWORD, account, emailOf, fresh, site } from "../support/site";
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

test("what was typed stays when signing up is refused, and the next try leads on", { tag: ["@phone", "@no-script"] }, async ({ page }) => {
  await page.goto("/sign-up?next=%2Fprices");
  const form = fields(page);
  const name = fresh("Robin");
  await form.name.fill(name);
  await form.email.fill(emailOf(name));
  await form.password.fill("password123");
  await form.agree.check();
  await form.signUp.click();
  await expect(page.getByRole("alert")).toContainText("This password is too easy to guess. Choose another.");
  await expect(form.password).toHaveAttribute("aria-invalid", "true");
  await expect(form.name).toHaveValue(name);
  await expect(form.email).toHaveValue(emailOf(name));
  await expect(form.password, "passwords are not sent back").toHaveValue("");
  await fillSignUp(page, { name, email: emailOf(name) });
  await expect(page).toHaveURL(/\/prices$/);
});

test("signing up tells nobody whether an account exists; its owner is told by mail", { tag: ["@no-script"] }, async ({ page }) => {
  const pages: string[] = [];
  const name = fresh("Robin");
  for (const email of [account("northside", "new"), emailOf(name)]) {
    await page.goto("/sign-up");
    const form = fields(page);
    await form.name.fill(name);
    await form.email.fill(email);
    await form.password.fill(NEW_PASSWORD);
    await form.agree.check();
    await form.signUp.click();
    await expect(page).toHaveURL(/\/sign-up\/confirm$/);
    pages.push((await page.getByRole("main").innerText()).replace(email, "…"));
  }
  expect(pages[0]).toBe(pages[1]);
  expect(await mailTo(page, account("northside", "new"))).toContain("You have one: sign in with your password.");
  await page.getByLabel("Code").fill("12 34");
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("alert")).toContainText("This is not the code that we sent. Check the eight digits.");
  await expect(page.getByLabel("Code")).toHaveValue("12 34");
});

test("a forgotten password is replaced by a mailed link, and other devices are signed out", { tag: ["@phone", "@no-script"] }, async ({
  page,
  visitor,
}) => {
  const student = await signUp(page);
  const other = await visitor();
  await other.goto("/sign-in");
  await other.getByRole("link", { name: "Forgot your password?" }).click();
  await other.getByLabel("Email").fill(student.email);
  await other.getByRole("button", { name: "Send the link" }).click();
  await expect(other.getByRole("main")).toContainText("If there is an account with this email, a link is on its way.");
  const link = /http\S+\/reset\?ticket=\S+/.exec(await mailTo(other, student.email))![0];
  await other.goto(link);
  await other.locator("input[name=password]").fill("sparrow window copper");
  await other.getByRole("button", { name: "Save the password" }).click();
  await expect(other).toHaveURL(/\/sign-in/);
  await expect(other.getByRole("status").filter({ hasText: "Your password is changed." })).toBeVisible();
  await signIn(other, student.email, "", "sparrow window copper");
  await page.goto("/student");
  await expect(page).toHaveURL(/\/sign-in/);
  await other.goto(link);
  await expect(other.getByRole("main")).toContainText("This link is too old or was used.");
});

test("one's devices are listed and signed out; the password is changed", { tag: ["@phone", "@no-script"] }, async ({ page, visitor }) => {
  const student = await signUp(page);
  const other = await visitor();
  await signIn(other, student.email, "", NEW_PASSWORD);
  await page.goto("/account/security");
  const devices = page.getByRole("region", { name: "Where you are signed in" });
  await expect(devices.getByRole("listitem")).toHaveCount(2);
  await expect(devices.getByText("This device")).toHaveCount(1);
  await devices.getByRole("button", { name: /^Sign out Chrome/ }).click();
  await expect(devices.getByRole("listitem")).toHaveCount(1);
  await other.goto("/student");
  await expect(other).toHaveURL(/\/sign-in/);
  await page.locator("input[name=old_password]").fill(NEW_PASSWORD);
  await page.locator("input[name=password]").fill("sparrow window copper");
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Your password is changed." })).toBeVisible();
  await signIn(other, student.email, "", "sparrow window copper");
});

test("a refusal is shown at the page's own address, and names each field", async ({ page }) => {
  await page.goto("/sign-up");
  const form = fields(page);
  // Past the browser's own checks, as a client that has none.
  await form.name.evaluate((input) => ((input as HTMLInputElement).form!.noValidate = true));
  await form.email.fill("nobody");
  await form.password.fill("short");
  await form.agree.check();
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
  const elsewhere = site("codelab");
  const form = fields(page);
  await page.goto(`${elsewhere}/sign-in`);
  await form.email.fill(student.email);
  await form.password.fill(NEW_PASSWORD);
  await form.signIn.click();
  await expect(page.getByRole("alert")).toContainText("The email or the password is wrong.");
  await page.goto(`${elsewhere}/sign-up`);
  await form.name.fill(student.name);
  await form.email.fill(student.email);
  await form.password.fill("sparrow window copper");
  await form.agree.check();
  await form.signUp.click();
  await typeCode(page, student.email);
  await expect(page.getByRole("status").filter({ hasText: "You joined." })).toBeVisible();
  await signIn(page, student.email, elsewhere, NEW_PASSWORD);
});
