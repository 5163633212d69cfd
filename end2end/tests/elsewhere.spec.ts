// Signing in elsewhere: at a real OpenID Connect provider.
import { fields, mailTo, signUp, typeCode } from "../support/accounts";
import { atCampus, campusSchool, continueWithCampus } from "../support/elsewhere";
import { emailOf, fresh, NEW_PASSWORD } from "../support/site";
import { expect, test } from "../support/test";

test("who is new proves an address, and is signed in by the button from then on", { tag: ["@no-script", "@phone"] }, async ({ page, visitor }) => {
  const school = await campusSchool(page);
  const login = emailOf(fresh("Maya")).split("@")[0];
  const student = await visitor();
  await continueWithCampus(student, school);
  await atCampus(student, login);
  await expect(student).toHaveURL(/\/sign-in\/elsewhere\/new$/);
  await expect(student.getByLabel("Email")).toHaveValue(`${login}@elsewhere.example`);
  const email = `${login}@home.example`;
  await student.getByLabel("Email").fill(email);
  await fields(student).signUp.click();
  await typeCode(student, email);
  await expect(student).toHaveURL(`${school.base}/tutors`);

  await student.context().clearCookies({ name: "__Host-login" });
  await continueWithCampus(student, school);
  await expect(student, "the provider knows them still").toHaveURL(`${school.base}/tutors`);
  await student.goto(`${school.base}/account/security`);
  await expect(student.getByText(`${login}@elsewhere.example`)).toBeVisible();
  // What changes how they get in asks for more than the provider's word.
  await student.getByRole("button", { name: "Disconnect Campus" }).click();
  await expect(student).toHaveURL(/\/account\/verify/);
  await student.getByRole("button", { name: "Send me the link" }).click();
  await expect(student.getByText(/link/).first()).toBeVisible();
  const link = /http:\S+\/reset\?\S+/.exec(await mailTo(student, email))![0];
  await student.goto(link);
  await student.locator("input[name=password]").fill(NEW_PASSWORD);
  await student.getByRole("main").getByRole("button").last().click();
  await expect(student).toHaveURL(/\/sign-in/);
  await fields(student).email.fill(email);
  await fields(student).password.fill(NEW_PASSWORD);
  await fields(student).signIn.click();
  await student.goto(`${school.base}/account/security`);
  await student.getByRole("button", { name: "Disconnect Campus" }).click();
  await expect(student.getByRole("status").filter({ hasText: "Disconnected." })).toBeVisible();
  expect(await mailTo(student, email)).toContain("does not sign you in here any more");
});

test("a member connects an account elsewhere and signs in with it", async ({ page, visitor }) => {
  const school = await campusSchool(page);
  const member = await visitor();
  const { email } = await signUp(member, school.base);
  await member.goto(`${school.base}/account/security`);
  await member.getByRole("button", { name: "Connect Campus" }).click();
  await atCampus(member, email.split("@")[0]);
  await expect(member.getByText(`Campus says that you are ${email.split("@")[0]}@elsewhere.example.`)).toBeVisible();
  await member.getByRole("button", { name: "Connect Campus" }).click();
  await expect(member.getByRole("status").filter({ hasText: "Connected." })).toBeVisible();
  expect(await mailTo(member, email)).toContain("whoever signs in there gets in here");
  const other = await visitor();
  await continueWithCampus(other, school);
  await atCampus(other, email.split("@")[0]);
  await expect(other).toHaveURL(`${school.base}/tutors`);
});

test("an address elsewhere opens nobody's account; its owner connects it", async ({ page, visitor }) => {
  const school = await campusSchool(page);
  const owner = await visitor();
  const { email } = await signUp(owner, school.base);
  const other = await visitor();
  await continueWithCampus(other, school);
  await atCampus(other, "attacker");
  await other.getByLabel("Email").fill(email);
  await fields(other).signUp.click();
  await expect(other).toHaveURL(/\/sign-up\/confirm/);
  expect(await mailTo(other, email)).not.toMatch(/\b\d{4} \d{4}\b/);
  await other.goto(`${school.base}/account`);
  await expect(other).toHaveURL(/\/sign-in/);
  // The owner, who came by the button first and has a password.
  await owner.context().clearCookies({ name: "__Host-login" });
  await continueWithCampus(owner, school);
  await atCampus(owner, email.split("@")[0]);
  await owner.getByRole("link", { name: "Sign in and connect Campus" }).click();
  await fields(owner).email.fill(email);
  await fields(owner).password.fill(NEW_PASSWORD);
  await fields(owner).signIn.click();
  await expect(owner).toHaveURL(/\/account\/security/);
  await owner.getByRole("button", { name: "Connect Campus" }).click();
  await expect(owner.getByRole("status").filter({ hasText: "Connected." })).toBeVisible();
});

test("an answer is worth something once, and in the browser that left", async ({ page, visitor }) => {
  const school = await campusSchool(page);
  const attacker = await visitor();
  await continueWithCampus(attacker, school);
  await expect(attacker.getByPlaceholder("Enter any login")).toBeVisible();
  // They keep what their browser was given, and have an answer that nobody used.
  const kept = (await attacker.context().cookies(school.base)).filter((cookie) => cookie.name === "__Host-challenge");
  expect(kept).toHaveLength(1);
  await attacker.context().clearCookies({ name: "__Host-challenge" });
  await atCampus(attacker, "attacker");
  await expect(attacker).toHaveURL(/code=/);
  const answer = attacker.url();
  const victim = await visitor();
  await victim.goto(answer);
  await expect(victim.getByText("Start again").first()).toBeVisible();
  await continueWithCampus(victim, school);
  await expect(victim.getByPlaceholder("Enter any login")).toBeVisible();
  await victim.goto(answer);
  await expect(victim.getByText("was not what we asked for")).toBeVisible();
  await attacker.context().addCookies(kept);
  await attacker.goto(answer);
  await expect(attacker).toHaveURL(/\/sign-in\/elsewhere\/new$/);
  await attacker.goto(answer);
  await expect(attacker.getByText("Start again").first()).toBeVisible();
});
