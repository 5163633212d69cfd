// A school at a domain of its own.
import { foundSchool } from "../support/founding";
import { nameServer } from "../support/names";
import { browser, origin } from "../support/site";
import { expect, test } from "../support/test";

const HOST = "learn.example";
const own = new URL(origin);
own.hostname = HOST;

// The browser finds the domain here, and trusts it as if it spoke TLS.
test.use({
  launchOptions: {
    ...browser,
    args: [...browser.args, `--host-resolver-rules=MAP ${HOST} 127.0.0.1`, `--unsafely-treat-insecure-origin-as-secure=${own.origin}`],
  },
});

// One after the other: there is one name server.
test.describe.configure({ mode: "default" });

test("a school's mails come from its own address once the domain has its key", async ({ page }) => {
  const school = await foundSchool(page);
  const names = await nameServer();
  await page.goto(`${school.base}/admin/settings/mail`);
  await page.getByLabel("Where answers go").fill("desk@school.example");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.locator("dd", { hasText: /^desk@school.example$/ })).toBeVisible();

  await page.getByLabel("Address", { exact: true }).fill("Lessons@School.example");
  await page.getByRole("button", { name: "Use this address" }).click();
  await expect(page.getByText("Waits for its record")).toBeVisible();
  await page.getByRole("button", { name: "Look now" }).click();
  await expect(page.getByText("No record found")).toBeVisible();
  const [, record, value] = await page.getByRole("region", { name: "An address of your own" }).locator("code").allTextContents();
  names.txt.set(record, [value]);
  await page.getByRole("button", { name: "Look now" }).click();
  await expect(page.getByText("In use", { exact: true })).toBeVisible();
  await expect(page.getByText(`${school.name} <lessons@school.example>`)).toBeVisible();
  await page.getByRole("button", { name: "Use the platform’s address" }).click();
  await expect(page.getByRole("button", { name: "Use this address" })).toBeVisible();
  await names.close();
});

test("a school proves a domain, and moves there", async ({ page, visitor }) => {
  const school = await foundSchool(page);
  const names = await nameServer();
  await page.goto(`${school.base}/admin/settings`);
  await page.getByRole("link", { name: "Domains" }).click();
  await page.getByLabel("Domain", { exact: true }).fill("northside.localhost");
  await page.getByRole("button", { name: "Add the domain" }).click();
  await expect(page.getByText("This address is the platform’s.").last()).toBeVisible();
  await expect(page.getByLabel("Domain", { exact: true })).toHaveValue("northside.localhost");
  await page.getByLabel("Domain", { exact: true }).fill(`https://${HOST.toUpperCase()}/`);
  await page.getByRole("button", { name: "Add the domain" }).click();

  const card = page.getByRole("region", { name: HOST });
  await expect(card.getByText("Not proven yet")).toBeVisible();
  await card.getByRole("button", { name: "Look at" }).click();
  await expect(card.getByText("No record found")).toBeVisible();
  await expect(card.getByText("Not reached over https")).toBeVisible();

  const [, record, value] = await card.locator("code").allTextContents();
  names.txt.set(record, ["v=spf1 -all", value]);
  await card.getByRole("button", { name: "Look at" }).click();
  await expect(card.getByText("Proven", { exact: true })).toBeVisible();
  await expect(card.getByRole("link", { name: "Make it the main address" })).toHaveCount(0);
  names.a.set(HOST, "127.0.0.1");
  await card.getByRole("button", { name: "Look at" }).click();
  await expect(card.getByText("Yes", { exact: true })).toBeVisible();

  await card.getByRole("link", { name: "Make it the main address" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make it the main address" }).click();
  // Who is signed in stays; everybody else is led there. (Nobody can sign in there: a browser keeps the login over TLS
  // only, and the tests speak none.)
  await expect(card.getByText("Main address", { exact: true })).toBeVisible();

  const student = await visitor();
  await student.goto(`${school.base}/tutors`);
  await expect(student).toHaveURL(`${own.origin}/tutors`);
  await expect(student.getByRole("link", { name: school.name }).first()).toBeVisible();
  await names.close();
});
