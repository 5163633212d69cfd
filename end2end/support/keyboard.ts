// Walking through a page with the keyboard alone.
import { expect, type Locator, type Page } from "@playwright/test";

/** Presses Tab until the element has the focus. */
export async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  await expect(target).toBeVisible();
  for (let step = 0; step < most; step++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${most} times Tab do not lead to ${target}`);
}

/** Tab to the element, then Enter. */
export async function enter(page: Page, target: Locator, most = 60): Promise<void> {
  await tabTo(page, target, most);
  await page.keyboard.press("Enter");
}

/** Tab to the field, then type. */
export async function type(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.type(text);
}
