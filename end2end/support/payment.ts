// The payment page of the Stripe emulator.
import { expect, type Locator, type Page } from "@playwright/test";

export const CARDS = {
  good: "4242 4242 4242 4242",
  declined: "4000 0000 0000 0002",
  poor: "4000 0000 0000 9995",
  secure: "4000 0025 0000 3155",
} as const;

export class PaymentPage {
  readonly alert: Locator;
  readonly pay: Locator;
  readonly back: Locator;
  readonly complete: Locator;
  readonly fail: Locator;

  constructor(readonly page: Page) {
    this.alert = page.getByRole("alert");
    this.pay = page.getByRole("button", { name: /^(Pay|Pagar) / });
    this.back = page.getByRole("link", { name: /(Back to|Volver a) / });
    this.complete = page.getByRole("button", { name: /^(Complete|Completar)$/ });
    this.fail = page.getByRole("button", { name: /^(Fail|Fallar)$/ });
  }

  field(name: "number" | "expiry" | "cvc" | "name"): Locator {
    return this.page.locator(`input[name=${name}]`);
  }

  async isOpen(): Promise<this> {
    await expect(this.page).toHaveURL(/\/c\/pay\//);
    return this;
  }

  async fill(card: string): Promise<void> {
    await this.isOpen();
    await this.field("number").fill(card);
    await this.field("expiry").fill("12 / 34");
    await this.field("cvc").fill("123");
    await this.field("name").fill("Robin Example");
  }

  /** Types the card and pays. */
  async payWith(card: string): Promise<void> {
    await this.fill(card);
    await this.pay.click();
  }
}
