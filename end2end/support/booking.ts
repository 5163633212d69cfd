// A tutor's page with the booking calendar, in English and Spanish.
import { expect, type Locator, type Page } from "@playwright/test";

/** What was chosen. */
export type Chosen = {
  /** The instant, as in the address. */
  start: string;
  /** The time on the button. */
  time: string;
  /** "Tue 24 Nov, 17:00–18:00". */
  when: string;
  /** "£32.00". */
  price: string;
};

export class BookingPanel {
  readonly root: Locator;
  readonly freeDays: Locator;
  readonly times: Locator;
  readonly hold: Locator;
  readonly period: Locator;
  readonly next: Locator;
  readonly refused: Locator;
  readonly tutorTime: Locator;

  constructor(
    readonly page: Page,
    readonly narrow = false,
  ) {
    this.root = page.getByRole("region", { name: /^(Book a lesson|Reserva una clase)$/ });
    this.freeDays = this.root.getByRole("table").getByRole("link", { name: /, \d+ (free times?|horas? libres?)$/ });
    this.times = this.root.getByRole("group", { name: /^(Free times|Horas libres), / }).getByRole("link");
    this.hold = this.root.getByRole("button", { name: /^(Hold .+ and pay|Reservar las .+ y pagar)$/ });
    this.period = this.root.locator("#book-period");
    this.next = this.root.getByRole("link", { name: /^(Next month|Mes siguiente)$/ });
    this.refused = this.root.getByRole("alert");
    this.tutorTime = this.root.getByText(/ (for|para) \p{Lu}/u);
  }

  async open(slug: string, query = "", base = ""): Promise<this> {
    await this.page.goto(`${base}/tutors/${slug}${query}`);
    await this.show();
    return this;
  }

  /** On a phone the panel is a sheet, which a button at the bottom opens. */
  async show(): Promise<void> {
    const button = this.page.getByRole("link", { name: /^(Choose a time|Elegir hora)$/ });
    if (this.narrow && !(await this.hold.isVisible())) await button.click();
    await expect(this.period).toBeVisible();
  }

  /** Chooses the first free day that is at least so many days away, in this month or a later one. */
  async chooseDay(daysAway = 0): Promise<void> {
    const from = new Date(Date.now() + daysAway * 86_400_000).toISOString().slice(0, 10);
    for (let month = 0; month < 8; month++) {
      const dates = await this.freeDays.evaluateAll((days) => days.map((day) => new URL((day as HTMLAnchorElement).href).searchParams.get("day") ?? ""));
      const at = dates.findIndex((date) => date >= from);
      if (at >= 0) {
        await this.freeDays.nth(at).click();
        await expect(this.freeDays.nth(at)).toHaveAttribute("aria-current", "true");
        await expect(this.times.first()).toBeVisible();
        return;
      }
      const shown = await this.period.innerText();
      await this.next.click();
      await expect(this.period).not.toHaveText(shown);
    }
    throw new Error(`no free day after ${from}`);
  }

  /** Chooses one of the chosen day's times; from the end when negative. */
  async chooseTime(nth = 0): Promise<Chosen> {
    const time = this.times.nth(nth);
    await time.click();
    await expect(this.hold).toBeVisible();
    return this.chosen();
  }

  /** The chosen time, as the panel shows it. */
  async chosen(): Promise<Chosen> {
    const current = this.times.and(this.page.locator("[aria-current=true]"));
    await expect(current).toBeVisible();
    const start = new URL(await current.evaluate((link) => (link as HTMLAnchorElement).href)).searchParams.get("slot") ?? "";
    await expect(this.root.locator("input[name=start]")).toHaveValue(start);
    const when = this.root.getByText(/^\p{L}+\.?,? \d+ .*\d\d:\d\d–\d\d:\d\d/u).first();
    const price = this.root.getByText(/^(£|€|\$)?\d+[.,]\d\d(\s(€|£|\$))?$/).last();
    return { start, time: (await current.innerText()).trim(), when: await when.innerText(), price: (await price.innerText()).trim() };
  }

  /** Day, time: the first that is at least so many days away. */
  async choose(daysAway = 1): Promise<Chosen> {
    await this.chooseDay(daysAway);
    return this.chooseTime();
  }
}
