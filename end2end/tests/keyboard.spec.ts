// Booking and paying with the keyboard alone.
import { BookingPanel } from "../support/booking";
import { Catalogue, pickTutor } from "../support/catalogue";
import { Checkout, Confirmation } from "../support/checkout";
import { enter, tabTo, type } from "../support/keyboard";
import { CARDS, PaymentPage } from "../support/payment";
import { fields, mailTo } from "../support/accounts";
import { NEW_PASSWORD, emailOf, fresh, site } from "../support/site";
import { expect, test } from "../support/test";

test.use({ baseURL: site("northside") });

test("a lesson is booked and paid with Tab, arrows and Enter", async ({ page }, info) => {
  const slug = await pickTutor(page, "northside", info);
  await page.goto("/sign-up");
  const name = fresh("Robin");
  const form = fields(page);
  await type(page, form.name, name);
  await type(page, form.email, emailOf(name));
  await type(page, form.password, NEW_PASSWORD);
  await tabTo(page, form.agree, 10);
  await page.keyboard.press("Space");
  await enter(page, form.signUp, 10);
  const code = /\b\d{4} \d{4}\b/.exec(await mailTo(page, emailOf(name)))![0];
  await type(page, page.getByLabel("Code"), code);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/$/);

  // The skip link comes first and leads past the header.
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await page.keyboard.press("Enter");
  const words = page.getByRole("main").getByRole("searchbox");
  await type(page, words, slug.replace("-", " "));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/tutors\?q=/);
  await enter(page, new Catalogue(page).results.locator(`a[href="/tutors/${slug}"]`), 120);

  // One day alone is in the order of the Tab key; the arrows walk.
  const panel = new BookingPanel(page);
  const stop = panel.root.getByRole("table").locator("[tabindex='0']");
  await expect(stop).toHaveCount(1);
  await tabTo(page, stop, 120);
  const focused = panel.root.getByRole("table").locator(":focus");
  const first = await focused.innerText();
  await page.keyboard.press("ArrowRight");
  await expect(focused).not.toHaveText(first, { useInnerText: true });
  await page.keyboard.press("ArrowLeft");
  await expect(focused).toHaveText(first, { useInnerText: true });
  await page.keyboard.press("Tab");
  await expect(panel.root.getByRole("table").locator(":focus"), "one Tab leaves the month").toHaveCount(0);
  await page.keyboard.press("Shift+Tab");
  await expect(focused).toHaveText(first, { useInnerText: true });

  // The next month, and its first free day by arrows.
  const shown = await panel.period.innerText();
  await page.keyboard.press("PageDown");
  await expect(panel.period).not.toHaveText(shown);
  await expect(focused).toHaveCount(1);
  await page.keyboard.press("PageUp");
  await expect(panel.period).toHaveText(shown);
  await expect(focused).toHaveCount(1);
  for (let step = 0; step < 45 && !/, \d+ free times?$/.test(await focused.innerText()); step++) {
    const was = await focused.innerText();
    await page.keyboard.press("ArrowRight");
    await expect(focused).not.toHaveText(was, { useInnerText: true });
  }
  await page.keyboard.press("Enter");
  await expect(focused).toHaveAttribute("aria-current", "true");
  await enter(page, panel.times.first());
  const chosen = await panel.chosen();
  await enter(page, panel.hold);

  const checkout = await new Checkout(page).isOpen();
  await enter(page, checkout.pay);
  const payment = await new PaymentPage(page).isOpen();
  await type(page, payment.field("number"), CARDS.good);
  await type(page, payment.field("expiry"), "12 / 34");
  await type(page, payment.field("cvc"), "123");
  await type(page, payment.field("name"), name);
  await page.keyboard.press("Enter");
  await new Confirmation(page).isOpen();
  await expect(page.getByRole("main")).toContainText(chosen.time);
});
