// The platform's own host: the directory, and opening a school.
import { foundSchool } from "../support/founding";
import { origin, site } from "../support/site";
import { expect, test } from "../support/test";

test("the directory leads to every school's own site", async ({ page }) => {
  await page.goto("/");
  const schools = page.getByRole("region", { name: "Schools on WeMaster" });
  for (const name of ["Northside", "Lingua", "Codelab"]) await expect(schools.getByRole("link", { name })).toBeVisible();
  await schools.getByRole("link", { name: "Northside" }).click();
  await expect(page).toHaveURL(`${site("northside")}/`);
});

test("a new school works at its address at once", { tag: ["@phone", "@no-script"] }, async ({ page, visitor }) => {
  const school = await foundSchool(page);
  await page.goto(`${school.base}/admin`);
  await expect(page.getByRole("heading", { level: 1, name: "Overview" })).toBeVisible();
  const reader = await visitor();
  await reader.goto(school.base);
  await expect(reader.getByRole("banner")).toContainText(school.name);
  await expect(reader.getByText("No tutors yet")).toBeVisible();
  // The directory has it once its admin says so.
  await reader.goto(origin);
  await expect(reader.getByRole("link", { name: school.name })).toHaveCount(0);
  await page.goto(`${school.base}/admin/settings`);
  await page.getByLabel("Show the school in the platform's directory").check();
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect(page.getByRole("status").first()).toBeVisible();
  await reader.goto(origin);
  await expect(reader.getByRole("link", { name: school.name })).toHaveAttribute("href", school.base);
});

test("a refused school keeps what was typed", { tag: ["@no-script"] }, async ({ page }) => {
  await page.goto("/new");
  await page.getByLabel("Name of the school").fill("Another Northside");
  await page.getByLabel("Address").fill("northside");
  await page.getByLabel("Name", { exact: true }).fill("Alex Founder");
  await page.getByLabel("Email").fill("alex@example.com");
  await page.locator("input[name=admin_password]").fill("copper window sparrow");
  await page.getByRole("button", { name: "Open the school" }).click();
  await expect(page.getByRole("alert")).toContainText("This address is already in use. Choose another.");
  await expect(page.getByLabel("Name of the school")).toHaveValue("Another Northside");
  await expect(page.getByLabel("Email")).toHaveValue("alex@example.com");
});

test("an unknown host gets a page of its own and no information", async ({ page }) => {
  const answer = await page.goto(site("nobody-is-here"));
  expect(answer?.status()).toBe(404);
  expect(answer?.headers()["content-type"]).toContain("text/html");
  expect(await answer!.text()).toContain("There is no site at this address");
  expect(Object.keys(answer!.headers())).not.toContain("set-cookie");
});

test("pages of the platform are not pages of a school", async ({ page }) => {
  expect((await page.goto(`${site("northside")}/new`))?.status()).toBe(404);
  expect((await page.goto(`${origin}/tutors`))?.status()).toBe(404);
  expect((await page.goto(`${origin}/admin`))?.status()).toBe(404);
});
