// The checkout of a held time, and what the buyer finds after paying.
import { expect, type Locator, type Page } from "@playwright/test";

export class Checkout {
  readonly left: Locator;
  readonly pay: Locator;
  readonly giveUp: Locator;
  readonly notPaid: Locator;

  constructor(readonly page: Page) {
    this.left = page.getByRole("region", { name: /^(Time left to pay|Tiempo que te queda para pagar)$/ });
    this.pay = page.getByRole("button", { name: /^(Pay|Pagar) .*\d/ }).filter({ visible: true });
    this.giveUp = page.getByRole("button", { name: /^(Give the slot back|Liberar el horario)$/ });
    this.notPaid = page.getByText(/^(Nothing has been charged yet|Todavía no se ha cobrado nada)$/);
  }

  async isOpen(): Promise<this> {
    await expect(this.page).toHaveURL(/\/checkout\/[0-9a-f-]{36}(\?.*)?$/);
    await expect(this.page.getByRole("heading", { level: 1, name: /^(Check and pay|Confirma y paga)$/ })).toBeVisible();
    return this;
  }

  /** The order's id, from the address. */
  order(): string {
    return /checkout\/([0-9a-f-]{36})/.exec(this.page.url())?.[1] ?? "";
  }

  /** The seconds that the countdown shows. */
  async seconds(): Promise<number> {
    const clock = this.left.getByText(/^\d+:\d\d$/);
    const [minutes, seconds] = (await clock.innerText()).split(":").map(Number);
    return minutes * 60 + seconds;
  }

  /** The lesson's time as the page tells it: the block with the zone. */
  get lesson(): Locator {
    return this.page.getByRole("region", { name: /^(Your lesson|Tu clase)$/ });
  }
}

export class Confirmation {
  readonly heading: Locator;
  readonly receipt: Locator;
  readonly lesson: Locator;

  constructor(readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1, name: /^(Your lesson is booked|Tu clase está reservada)$/ });
    this.lesson = page.getByRole("link", { name: /^(See your lesson|Ver tu clase)$/ });
    this.receipt = page.getByRole("region", { name: /^(Your lesson|Tu clase)$/ }).getByRole("link");
  }

  async isOpen(): Promise<this> {
    await expect(this.heading).toBeVisible();
    return this;
  }
}
