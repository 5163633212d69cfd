// What can happen between a held time and its payment.
import { BookingPanel } from "../support/booking";
import { Checkout, Confirmation } from "../support/checkout";
import { holdTime } from "../support/journey";
import { CARDS, PaymentPage } from "../support/payment";
import { signUp } from "../support/accounts";
import { pickTutor } from "../support/catalogue";
import { site } from "../support/site";
import { expect, test, type Page } from "../support/test";

test.use({ baseURL: site("northside") });

/** How many orders the signed-in student has. */
async function orderCount(page: Page): Promise<number> {
  await page.goto("/student/orders");
  const table = page.getByRole("main").getByRole("table");
  await expect(table).toBeVisible();
  return table.locator("tbody").getByRole("row").count();
}

test("a declined card can be followed by a good one", { tag: ["@no-script"] }, async ({ page }, info) => {
  const { checkout } = await holdTime(page, info, "northside");
  await checkout.pay.click();
  const payment = new PaymentPage(page);
  await payment.payWith(CARDS.declined);
  await expect(payment.alert).toHaveText("Your card was declined. Try a different card.");
  await payment.payWith(CARDS.poor);
  await expect(payment.alert).toHaveText("Your card has insufficient funds. Try a different card.");
  await payment.payWith(CARDS.good);
  await new Confirmation(page).isOpen();
  expect(await orderCount(page)).toBe(1);
});

test("3-D Secure that fails charges nothing, and completes the next time", async ({ page }, info) => {
  const { checkout } = await holdTime(page, info, "northside");
  await checkout.pay.click();
  const payment = new PaymentPage(page);
  await payment.payWith(CARDS.secure);
  await payment.fail.click();
  await expect(payment.alert).toHaveText("Your bank could not confirm that it is you. Try again or use a different card.");
  await payment.payWith(CARDS.secure);
  await payment.complete.click();
  await new Confirmation(page).isOpen();
});

test("leaving the payment page keeps the time, and paying can go on", { tag: ["@no-script"] }, async ({ page }, info) => {
  const { checkout, chosen } = await holdTime(page, info, "northside");
  const order = checkout.order();
  await checkout.pay.click();
  const payment = await new PaymentPage(page).isOpen();
  await payment.back.click();
  await checkout.isOpen();
  expect(checkout.order()).toBe(order);
  await expect(checkout.notPaid).toBeVisible();

  // The dashboard reminds of it, and leads back.
  await page.goto("/student");
  await page.getByRole("main").getByRole("link", { name: `Continue to pay ${chosen.price}` }).click();
  await checkout.isOpen();
  await checkout.pay.click();
  await payment.payWith(CARDS.good);
  await new Confirmation(page).isOpen();
  expect(await orderCount(page)).toBe(1);
});

test("the back button after paying neither pays nor asks again", async ({ page }, info) => {
  const { checkout } = await holdTime(page, info, "northside");
  const order = checkout.order();
  await checkout.pay.click();
  const payment = new PaymentPage(page);
  await payment.payWith(CARDS.good);
  await new Confirmation(page).isOpen();
  await page.goBack();
  await page.goto(`/checkout/${order}`);
  await new Confirmation(page).isOpen();
  expect(await orderCount(page)).toBe(1);
});

test("the back button after holding shows the calendar without the held time, and forward leads back", async ({ page }, info) => {
  const { checkout, chosen, slug } = await holdTime(page, info, "northside");
  const order = checkout.order();
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/tutors/${slug}`));
  const panel = new BookingPanel(page);
  await expect(panel.period).toBeVisible();
  await expect(panel.root.locator(`a[href*="slot=${encodeURIComponent(chosen.start)}"]`)).toHaveCount(0);
  await page.goForward();
  await checkout.isOpen();
  expect(checkout.order()).toBe(order);
  expect(await orderCount(page)).toBe(1);
});

test("a double click on holding and on paying makes one order and one payment", async ({ page }, info) => {
  await signUp(page);
  const slug = await pickTutor(page, "northside", info);
  const panel = await new BookingPanel(page).open(slug);
  await panel.choose();
  await panel.hold.dblclick();
  const checkout = await new Checkout(page).isOpen();
  await checkout.pay.dblclick();
  const payment = new PaymentPage(page);
  await payment.fill(CARDS.good);
  await payment.pay.dblclick();
  await new Confirmation(page).isOpen();
  expect(await orderCount(page)).toBe(1);
  await page.getByRole("main").getByRole("link").first().click();
  await expect(page.getByRole("article").getByRole("heading", { name: /^Receipt / })).toBeVisible();
});

test("a time that is given back is free again", { tag: ["@no-script"] }, async ({ page }, info) => {
  const { checkout, chosen } = await holdTime(page, info, "northside");
  const order = checkout.order();
  await checkout.giveUp.click();
  await expect(page.getByRole("heading", { level: 1, name: "You gave the slot back" })).toBeVisible();
  const again = page.getByRole("button", { name: /^Hold .+ again$/ });
  await expect(again).toContainText(chosen.time);
  await again.click();
  await checkout.isOpen();
  expect(checkout.order()).not.toBe(order);
});

test("the second buyer of a time is told that it is taken", { tag: ["@no-script"] }, async ({ page, visitor }, info) => {
  const slug = await pickTutor(page, "northside", info);
  const other = await visitor();
  await signUp(page);
  await signUp(other);
  const [first, second] = [await new BookingPanel(page).open(slug), await new BookingPanel(other).open(slug)];
  const chosen = await first.choose();
  expect((await second.choose()).start).toBe(chosen.start);
  await first.hold.click();
  await new Checkout(page).isOpen();
  await second.hold.click();
  await expect(second.refused).toContainText("This time was not held");
  await expect(second.refused).toContainText("Someone else has just taken this time. Choose another.");
  await expect(second.root.locator(`a[href*="slot=${encodeURIComponent(chosen.start)}"]`)).toHaveCount(0);
  // Another time is one click away.
  await second.choose();
  await second.hold.click();
  await new Checkout(other).isOpen();
});
