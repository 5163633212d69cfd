// What the portals show of a booking: to the student, the tutor and the admin.
import { expect, type Locator, type Page } from "@playwright/test";

/** An amount of money in minor units, from what a page shows; 0 for an empty cell. */
export const minor = (text: string) => Number(text.replace(/\D/g, "") || "0") * (/[-−]/.test(text) ? -1 : 1);

/** The mail with this subject to this address, opened. Mails are written by jobs, so it may take a moment. */
export async function openMail(page: Page, to: string, subject: RegExp, base = ""): Promise<void> {
  const mail = page.getByRole("listitem").filter({ hasText: to }).getByRole("link", { name: subject });
  await expect(async () => {
    await page.goto(`${base}/_mailbox`);
    await expect(mail.first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await mail.first().click();
  await expect(page.getByRole("heading", { level: 1, name: subject })).toBeVisible();
}

/** The tutor's lesson with this student, opened from the week of that day. */
export async function openTutorsLesson(page: Page, student: string, start: string, base = ""): Promise<void> {
  await page.goto(`${base}/tutor/calendar?view=agenda&week=${start.slice(0, 10)}`);
  await page.getByRole("main").getByRole("link", { name: student }).click();
  await expect(page).toHaveURL(/\/tutor\/lessons\//);
}

export class AdminOrders {
  readonly rows: Locator;

  constructor(readonly page: Page) {
    this.rows = page.getByRole("main").getByRole("table").locator("tbody").getByRole("row");
  }

  /** Looks a student's orders up, through the filter's form. */
  async find(text: string, base = ""): Promise<void> {
    await this.page.goto(`${base}/admin/orders`);
    const filter = this.page.getByRole("search");
    await filter.getByRole("searchbox").fill(text);
    await filter.getByRole("button", { name: "Apply" }).click();
    await expect(this.page).toHaveURL(/[?&]text=/);
  }

  /** Opens the first order in the list. */
  async open(): Promise<void> {
    // The link covers the whole row.
    await this.rows.first().click();
    await expect(this.page).toHaveURL(/\/admin\/orders\/[0-9a-f-]{36}/);
  }

  /** Debit minus credit of the order's movements, and how many movements there are. */
  async movements(): Promise<{ difference: number; lines: number }> {
    const table = this.page.getByRole("region", { name: "Movements in the ledger" }).getByRole("table");
    await expect(table).toBeVisible();
    const cells = await table.locator("tbody tr:has(td)").evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll("td")].map((cell) => cell.innerText)));
    const difference = cells.reduce((sum, [, debit, credit]) => sum + minor(debit) - minor(credit), 0);
    return { difference, lines: cells.length };
  }
}
