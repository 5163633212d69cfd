// Two members who are one person become one.
import { fields, fillSignUp, mailTo, signUp } from "../support/accounts";
import { foundSchool } from "../support/founding";
import { NEW_PASSWORD } from "../support/site";
import { expect, test } from "../support/test";

test("a duplicate is found, looked at and merged, and told where to sign in", { tag: ["@no-script", "@phone"] }, async ({ page, visitor }) => {
  const school = await foundSchool(page);
  const [first, second] = [await visitor(), await visitor()];
  const student = await signUp(first, school.base);
  const twin = { name: "Robin Again", email: student.email.replace("@", "+again@") };
  await second.goto(`${school.base}/sign-up`);
  await fillSignUp(second, twin);
  await expect(second).toHaveURL(`${school.base}/`);

  await page.goto(`${school.base}/admin/members`);
  await page.getByRole("link", { name: student.name }).click();
  await page.getByRole("link", { name: "Merge a duplicate" }).click();
  // The same mailbox is suggested; everybody else is searched for.
  const people = page.getByRole("main").getByRole("listitem");
  await expect(people).toHaveCount(1);
  await page.getByRole("searchbox", { name: "Search for the duplicate" }).fill("nobody at all");
  await page.getByRole("main").getByRole("button", { name: "Search" }).click();
  await expect(page.getByText("Nobody else has this in their name or email.")).toBeVisible();
  await page.getByRole("searchbox", { name: "Search for the duplicate" }).fill(twin.email);
  await page.getByRole("main").getByRole("button", { name: "Search" }).click();
  await people.getByRole("link", { name: twin.name }).click();

  // Who stays can be swapped.
  await expect(page.getByRole("heading", { level: 1, name: `Merge a duplicate into ${student.name}` })).toBeVisible();
  await page.getByRole("link", { name: "Keep the other one" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Merge a duplicate into ${twin.name}` })).toBeVisible();
  await page.getByRole("link", { name: "Keep the other one" }).click();
  await expect(page.getByRole("heading", { name: `What moves to ${student.name}` })).toBeVisible();
  await expect(page.getByText(`${twin.email} signs in to nothing at this school any more`)).toBeVisible();
  await page.getByLabel("Reason").fill("asked by phone");
  await page.getByRole("button", { name: "Merge", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "The two are one now." })).toBeVisible();
  await expect(page.getByText(twin.email)).toBeVisible();

  // The one who went is out, and whoever knows the password is told why.
  await second.goto(`${school.base}/student`);
  await expect(second).toHaveURL(/\/sign-in/);
  await fields(second).email.fill(twin.email);
  await fields(second).password.fill(NEW_PASSWORD);
  await fields(second).signIn.click();
  await expect(second.getByText("You have another account at this school").first()).toBeVisible();
  await expect(async () => expect(await mailTo(second, twin.email)).toContain("sign in with your other email there")).toPass();
  // The one who stays is signed in as before.
  await first.goto(`${school.base}/student`);
  await expect(first).toHaveURL(`${school.base}/student`);
  await page.goto(`${school.base}/admin/audit`);
  await expect(page.getByText("Merged a duplicate into a member").filter({ visible: true }).first()).toBeVisible();
  await first.close();
  await second.close();
});
