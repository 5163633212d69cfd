// A reader in Kathmandu, a quarter of an hour off everybody else, without summer time.
import { signIn, signUp } from "../support/accounts";
import { BookingPanel } from "../support/booking";
import { pickTutor } from "../support/catalogue";
import { Checkout, Confirmation } from "../support/checkout";
import { CARDS, PaymentPage } from "../support/payment";
import { openTutorsLesson } from "../support/portals";
import { account, demoTutor, site, tutorAccount } from "../support/site";
import { clock, nextChange, plus } from "../support/time";
import { expect, test } from "../support/test";

const HERE = "Asia/Kathmandu";
test.use({ timezoneId: HERE });

/** The zones that the demo tenants' tutors teach in, by the city that the pages name. */
const ZONES: Record<string, string> = { London: "Europe/London", Dublin: "Europe/Dublin", Paris: "Europe/Paris", Kolkata: "Asia/Kolkata", Athens: "Europe/Athens" };

test.describe("at Northside", () => {
  test.use({ baseURL: site("northside") });

  test("a reader in Kathmandu sees every time on their own clock, and the tutor's beside it", async ({ page, visitor }, info) => {
    await signUp(page);
    const slug = await pickTutor(page, "northside", info);
    await expect(page.getByText("Next free times, Kathmandu (UTC+5:45)").first()).toBeVisible();
    const panel = await new BookingPanel(page).open(slug);
    const chosen = await panel.choose(2);
    expect(chosen.time).toBe(clock(chosen.start, HERE));
    await expect(panel.root.getByRole("link", { name: "Times are in Kathmandu (UTC+5:45). Change the time zone" })).toBeVisible();
    const theirs = await panel.tutorTime.innerText();
    await panel.hold.click();

    const checkout = await new Checkout(page).isOpen();
    await expect(checkout.lesson).toContainText("Kathmandu (UTC+5:45)");
    const line = await checkout.lesson.getByText(/^For .+ that is /).innerText();
    const [, time, city] = /(\d\d:\d\d)–\d\d:\d\d, (\w+) \(/.exec(line) ?? [];
    expect(time).toBe(clock(chosen.start, ZONES[city]));
    expect(theirs).toContain(time);
    await checkout.pay.click();
    await new PaymentPage(page).payWith(CARDS.good);
    await (await new Confirmation(page).isOpen()).lesson.click();
    await expect(page.getByRole("main")).toContainText(`${chosen.time}–`);
    await expect(page.getByRole("main")).toContainText("Kathmandu (UTC+5:45)");

    // For the tutor it is the time of their own clock.
    const tutor = await visitor({ timezoneId: ZONES[city] });
    await signIn(tutor, tutorAccount("northside", slug));
    const student = (await page.getByRole("group").last().innerText()).split("\n")[0];
    await openTutorsLesson(tutor, student, chosen.start);
    await expect(tutor.getByRole("main")).toContainText(`${time}–`);
  });
});

test.describe("across a change of the clock", () => {
  test.use({ baseURL: site("lingua") });

  test("the tutor keeps the wall time, the reader's time shifts", async ({ page, visitor }) => {
    const zone = "Europe/Madrid";
    const change = nextChange(zone);
    const slug = demoTutor("lingua");

    // The tutor opens the calendar far enough, in the portal.
    const tutor = await visitor({ timezoneId: zone });
    await signIn(tutor, account("lingua", "tutor"));
    await tutor.goto("/tutor/availability");
    await tutor.getByLabel("Bookable ahead").fill(String(change.daysAhead + 20));
    await tutor.getByRole("button", { name: "Save hours" }).first().click();
    await expect(tutor.getByRole("status").filter({ hasText: "Hours saved" })).toBeVisible();

    // The student goes there month by month.
    const student = await signUp(page);
    const panel = await new BookingPanel(page).open(slug);
    const day = (date: string) => panel.freeDays.and(page.locator(`[href*="day=${date}"]`));
    for (let month = 0; (await day(change.after).count()) === 0 && month < 9; month++) {
      const shown = await panel.period.innerText();
      await panel.next.click();
      await expect(panel.period).not.toHaveText(shown);
    }
    await day(change.after).click();
    await expect(day(change.after)).toHaveAttribute("aria-current", "true");
    const after = await panel.chooseTime();
    const wall = /\d\d:\d\d/.exec(await panel.tutorTime.innerText())?.[0] ?? "";
    expect(wall).toBe(clock(after.start, zone));
    expect(after.time).toBe(clock(after.start, HERE));

    // A week before, the same wall time is another time for the reader.
    if ((await day(change.before).count()) === 0) {
      await panel.root.getByRole("link", { name: "Previous month" }).click();
    }
    await day(change.before).click();
    await expect(day(change.before)).toHaveAttribute("aria-current", "true");
    await panel.times.filter({ hasText: plus(after.time, change.forward) }).click();
    await expect(panel.tutorTime).toContainText(wall);

    await page.goto(`/tutors/${slug}?month=${change.after.slice(0, 7)}&day=${change.after}&slot=${encodeURIComponent(after.start)}`);
    await panel.hold.click();
    await (await new Checkout(page).isOpen()).pay.click();
    await new PaymentPage(page).payWith(CARDS.good);
    await new Confirmation(page).isOpen();
    await expect(page.getByText(new RegExp(`^For .+ that is .*${wall}–`))).toBeVisible();

    await openTutorsLesson(tutor, student.name, after.start);
    await expect(tutor.getByRole("main")).toContainText(`${wall}–`);
  });
});
