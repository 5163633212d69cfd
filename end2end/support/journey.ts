// The way to a held time, for tests that begin there.
import type { Page, TestInfo } from "@playwright/test";
import { signUp, type Student } from "./accounts";
import { BookingPanel, type Chosen } from "./booking";
import { pickTutor } from "./catalogue";
import { Checkout } from "./checkout";
import type { School } from "./site";

export type Held = { student: Student; slug: string; chosen: Chosen; checkout: Checkout };

/** A new student who holds a time at least so many days away, on the page where it is paid. */
export async function holdTime(page: Page, info: TestInfo, school: School, daysAway = 1): Promise<Held> {
  const student = await signUp(page);
  const slug = await pickTutor(page, school, info);
  const panel = await new BookingPanel(page).open(slug);
  const chosen = await panel.choose(daysAway);
  await panel.hold.click();
  const checkout = await new Checkout(page).isOpen();
  return { student, slug, chosen, checkout };
}
