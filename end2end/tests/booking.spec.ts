// The main job: a student books and pays for a lesson, from the front page to the books.
import { signIn, signUp, fillSignUp } from "../support/accounts";
import { BookingPanel } from "../support/booking";
import { Catalogue, pickTutor } from "../support/catalogue";
import { Checkout, Confirmation } from "../support/checkout";
import { CARDS, PaymentPage } from "../support/payment";
import { AdminOrders, minor, openMail, openTutorsLesson } from "../support/portals";
import { account, emailOf, fresh, site, tutorAccount } from "../support/site";
import { expect, test } from "../support/test";

test.use({ baseURL: site("northside") });

test("a student books and pays, the tutor and the admin see it", { tag: ["@phone", "@no-script"] }, async ({ page, visitor, narrow, javaScriptEnabled }, info) => {
  // Nobody yet: the time is chosen first, signing up comes on the way.
  const slug = await pickTutor(page, "northside", info);
  await page.goto("/");
  await page.getByRole("main").getByRole("button", { name: "Find a tutor" }).click();
  const catalogue = new Catalogue(page);
  await expect(catalogue.names.first()).toBeVisible();
  await catalogue.choose(slug);
  const panel = new BookingPanel(page, narrow);
  await panel.show();
  const chosen = await panel.choose();
  await panel.hold.click();
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByRole("main").getByRole("link", { name: "Create an account" }).click();
  const name = fresh("Robin");
  const student = { name, email: emailOf(name) };
  await fillSignUp(page, student);

  // Back at the chosen time.
  await expect(page).toHaveURL(new RegExp(`/tutors/${slug}\\?.*slot=`));
  expect((await panel.chosen()).start).toBe(chosen.start);
  await panel.hold.click();
  const checkout = await new Checkout(page).isOpen();
  await expect(checkout.left).toContainText(chosen.when.split("–")[0]);
  await expect(checkout.lesson).toContainText(chosen.time);
  if (javaScriptEnabled === false) {
    await expect(checkout.left).toContainText(/until \d\d:\d\d/);
  } else {
    const left = await checkout.seconds();
    expect(left).toBeGreaterThan(560);
    expect(left).toBeLessThanOrEqual(600);
    await expect.poll(() => checkout.seconds(), "the countdown runs").toBeLessThan(left);
  }
  await expect(checkout.pay).toHaveText(`Pay ${chosen.price}`);
  const order = checkout.order();
  await checkout.pay.click();
  await new PaymentPage(page).payWith(CARDS.good);

  // Confirmed, with a receipt and a mail.
  const confirmation = await new Confirmation(page).isOpen();
  await expect(page.getByRole("main")).toContainText(student.email);
  await confirmation.receipt.click();
  await expect(page).toHaveURL(new RegExp(`/student/orders/${order}`));
  const receipt = page.getByRole("article");
  await expect(receipt.getByRole("heading", { name: /^Receipt / })).toBeVisible();
  await expect(receipt).toContainText(student.name);
  await expect(receipt).toContainText("Visa 4242");
  await expect(receipt).toContainText(chosen.price);
  await page.goto("/student/lessons");
  await expect(page.getByRole("main").getByRole("listitem").filter({ hasText: chosen.time })).toBeVisible();
  await openMail(page, student.email, /^Booked: /);
  await expect(page.getByRole("main")).toContainText("BEGIN:VCALENDAR");
  await expect(page.frameLocator("iframe").getByText(chosen.price).first()).toBeVisible();

  // The tutor finds the lesson in the calendar.
  const tutor = await visitor();
  await signIn(tutor, tutorAccount("northside", slug));
  await openTutorsLesson(tutor, student.name, chosen.start);
  await expect(tutor.getByRole("main")).toContainText(`Student paid${chosen.price}`, { useInnerText: false });

  // The admin finds the order, and its money in the ledger.
  const admin = await visitor();
  await signIn(admin, account("northside", "admin"));
  const orders = new AdminOrders(admin);
  await orders.find(student.name);
  await expect(orders.rows).toHaveCount(1);
  await orders.open();
  await expect(admin).toHaveURL(new RegExp(order));
  // Payment: clearing, escrow, commission; Stripe's fee: fees, clearing.
  expect(await orders.movements()).toEqual({ difference: 0, lines: 5 });
  await admin.goto("/admin/ledger");
  await expect(admin.getByText("Both sides agree: difference £0.00")).toBeVisible();
});

test.describe("in Spanish", () => {
  test.use({ baseURL: site("lingua"), locale: "es-ES", timezoneId: "Europe/Madrid" });

  test("a student books and pays in Spanish", async ({ page }, info) => {
    const student = await signUp(page);
    await expect(page.locator("html")).toHaveAttribute("lang", "es");
    const slug = await pickTutor(page, "lingua", info);
    const panel = await new BookingPanel(page).open(slug);
    const chosen = await panel.choose();
    expect(chosen.price).toMatch(/^\d+,\d\d\s€$/);
    await panel.hold.click();
    const checkout = await new Checkout(page).isOpen();
    await checkout.pay.click();
    const payment = new PaymentPage(page);
    await expect(page.getByRole("button", { name: /^Pagar/ })).toBeVisible();
    await payment.payWith(CARDS.good);
    const confirmation = await new Confirmation(page).isOpen();
    await confirmation.receipt.click();
    await expect(page.getByRole("article").getByRole("heading", { name: /^Recibo / })).toBeVisible();
    await openMail(page, student.email, /^Reserva/);
    await expect(page.frameLocator("iframe").getByRole("heading", { name: "Tu clase está reservada" })).toBeVisible();
  });
});

test("cancelling in time gives all of the money back", async ({ page, visitor }, info) => {
  const student = await signUp(page);
  const slug = await pickTutor(page, "northside", info);
  const panel = await new BookingPanel(page).open(slug);
  const chosen = await panel.choose(3);
  await panel.hold.click();
  await (await new Checkout(page).isOpen()).pay.click();
  await new PaymentPage(page).payWith(CARDS.good);
  const confirmation = await new Confirmation(page).isOpen();
  await confirmation.lesson.click();
  await expect(page.getByText(`Cancel now and ${chosen.price} comes back to your card.`)).toBeVisible();
  await page.getByRole("link", { name: "Cancel lesson" }).click();
  await page.getByRole("button", { name: `Cancel lesson and refund ${chosen.price}` }).click();
  await expect(page.getByRole("status").filter({ hasText: "The lesson is cancelled." })).toBeVisible();
  await expect(page.getByText(`${chosen.price} goes back to your card.`)).toBeVisible();

  // The order shows the refund, sent once Stripe has it.
  await page.getByRole("main").getByRole("definition").getByRole("link").first().click();
  await expect(page).toHaveURL(/\/student\/orders\//);
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("article").getByText(/^Sent on /)).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await expect(page.getByRole("article")).toContainText(`After refunds£0.00`, { useInnerText: false });
  await openMail(page, student.email, /is on its way back to you$/);
  await openMail(page, student.email, /^Cancelled: /);

  // The time is free for others.
  await panel.open(slug, `?month=${chosen.start.slice(0, 7)}&day=${chosen.start.slice(0, 10)}`);
  await expect(panel.root.locator(`a[href*="slot=${encodeURIComponent(chosen.start)}"]`)).toBeVisible();

  // The books: payment and fee, the refund promised and sent; both sides agree.
  const admin = await visitor();
  await signIn(admin, account("northside", "admin"));
  const orders = new AdminOrders(admin);
  await orders.find(student.name);
  await orders.open();
  expect(await orders.movements()).toEqual({ difference: 0, lines: 10 });
  const refunds = admin.getByRole("region", { name: "Refunds" }).getByRole("table");
  await expect(refunds).toContainText("Cancelled by the student");
  expect(minor(chosen.price)).toBeGreaterThan(0);
});
