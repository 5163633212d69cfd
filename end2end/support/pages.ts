// Every page of the route table, as those who may see it, with what it takes to get there.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, type Page } from "@playwright/test";
import { fields, mailTo, signIn, signUp } from "./accounts";
import { BookingPanel } from "./booking";
import { Checkout, Confirmation } from "./checkout";
import { atCampus, campusSchool, continueWithCampus } from "./elsewhere";
import { foundSchool } from "./founding";
import { duplicateOf, invitationLink, invite, startImport } from "./members";
import { newOperator } from "./operators";
import { CARDS, PaymentPage } from "./payment";
import { carefulSchool, guardianLink, publish, signUpMinor } from "./policies";
import { switchOn } from "./totp";
import { NEW_PASSWORD, account, demoTutor, emailOf, fresh, origin, site } from "./site";

/** A page: its route as in src/app.rs, a name for pictures, its whole address. */
export type Stop = { route: string; name: string; url: string };

/** Who looks at which pages; `open` signs them in and finds the addresses. */
export type Tour = { who: string; open: (page: Page) => Promise<Stop[]> };

const base = site("northside");

const stop = (route: string, name: string, url: string): Stop => ({ route, name, url });
const on = (host: string) => (route: string, name: string, path = route) => stop(route, name, `${host}${path}`);

/** Where the first link leads that looks like this, from the page at `path`. */
async function find(page: Page, path: string, href: RegExp, host = base): Promise<string> {
  await page.goto(`${host}${path}`);
  const hrefs = await page.getByRole("main").locator("a[href]").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  const found = hrefs.find((link) => href.test(link));
  expect(found, `a link like ${href} on ${path}`).toBeTruthy();
  return found!.split(/[?#]/)[0];
}

const UUID = "[0-9a-f-]{36}";

/** Nobody in particular, at a school with everything. */
const visitor: Tour = {
  who: "visitor",
  open: async (page) => {
    const at = on(base);
    const slug = demoTutor("northside");
    const slot = await page.goto(`${base}/tutors`).then(() => page.locator("a[href*='slot=']").first().getAttribute("href"));
    return [
      at("/", "landing"),
      at("/sign-in", "sign-in"),
      at("/sign-up", "sign-up"),
      at("/forgot", "forgot"),
      at("/reset", "reset-over", "/reset?ticket=none"),
      at("/invitation", "invitation-over", "/invitation?ticket=none"),
      at("/preferences", "preferences"),
      at("/tutors", "catalogue"),
      at("/tutors", "catalogue-filtered", "/tutors?subject=maths&level=gcse&trial=on"),
      at("/tutors", "catalogue-nothing", "/tutors?q=zzzzzzqqqq"),
      at("/tutors/:slug", "tutor", `/tutors/${slug}`),
      at("/tutors/:slug", "tutor-slot", slot!),
      at("/tutors/:slug", "tutor-week", `/tutors/${slug}?view=week`),
      at("/tutors/:slug/reviews", "reviews", `/tutors/${slug}/reviews`),
      at("/prices", "prices"),
      at("/policy", "policy"),
      at("/cookies", "cookies"),
      at("/terms", "terms"),
      at("/privacy-notice", "privacy-notice"),
      at("/guardian", "guardian-over", "/guardian?ticket=none"),
      at("/guardian", "guardian-told", "/guardian?told=given"),
      at("/_gallery", "gallery"),
      at("/_mailbox", "mailbox"),
      at("*", "not-found", "/nothing-is-here"),
    ];
  },
};

/** The platform's own host. */
const platform: Tour = {
  who: "platform",
  open: async () => [stop("/", "front", `${origin}/`), stop("/new", "new-school", `${origin}/new`), stop("/preferences", "preferences", `${origin}/preferences`)],
};

/** Somebody whose address waits for its code. */
const joiner: Tour = {
  who: "joiner",
  open: async (page) => {
    await page.goto(`${base}/sign-up`);
    const form = fields(page);
    const name = fresh("Robin");
    await form.name.fill(name);
    await form.email.fill(emailOf(name));
    await form.password.fill(NEW_PASSWORD);
    await form.agree.check();
    await form.signUp.click();
    await page.waitForURL(/\/sign-up\/confirm/);
    return [stop("/sign-up/confirm", "confirm", `${base}/sign-up/confirm`)];
  },
};

/** A student with a history. */
const student: Tour = {
  who: "student",
  open: async (page) => {
    await signIn(page, account("northside", "student"), base);
    const at = on(base);
    const lesson = await find(page, "/student/lessons", new RegExp(`^/student/lessons/${UUID}$`));
    const order = await find(page, "/student/orders", new RegExp(`^/student/orders/${UUID}$`));
    return [
      at("/student", "home"),
      at("/student/lessons", "lessons"),
      at("/student/lessons", "lessons-past", "/student/lessons?view=past"),
      at("/student/lessons/:booking", "lesson", lesson),
      at("/student/lessons/:booking/cancel", "cancel", `${lesson}/cancel`),
      at("/student/orders", "orders"),
      at("/student/orders/:order", "order", order),
      at("/student/settings", "settings"),
      at("/account/security", "security"),
    ];
  },
};

/** A student with nothing yet. */
const newStudent: Tour = {
  who: "new-student",
  open: async (page) => {
    await signIn(page, account("northside", "new"), base);
    const at = on(base);
    return [at("/student", "home"), at("/student/lessons", "lessons"), at("/student/lessons", "lessons-past", "/student/lessons?view=past"), at("/student/orders", "orders")];
  },
};

/** A student who pays for one lesson and holds another. */
const buyer: Tour = {
  who: "buyer",
  open: async (page) => {
    await signUp(page, base);
    const at = on(base);
    const panel = new BookingPanel(page, (page.viewportSize()?.width ?? 1440) < 720);
    const hold = async () => {
      await panel.open(demoTutor("northside"), "", base);
      await panel.chooseDay(8);
      await panel.chooseTime(-1);
      await panel.hold.click();
      return (await new Checkout(page).isOpen()).order();
    };
    const paid = await hold();
    await new Checkout(page).pay.click();
    await new PaymentPage(page).payWith(CARDS.good);
    await new Confirmation(page).isOpen();
    const given = await hold();
    await new Checkout(page).giveUp.click();
    await expect(page.getByRole("heading", { level: 1, name: "You gave the slot back" })).toBeVisible();
    const held = await hold();
    await page.goto(`${base}/_mailbox`);
    const mail = await find(page, "/_mailbox", new RegExp(`^/_mailbox/${UUID}$`));
    return [
      at("/checkout/:order", "checkout", `/checkout/${held}`),
      at("/checkout/:order", "given-back", `/checkout/${given}`),
      at("/checkout/:order/return", "confirmed", `/checkout/${paid}/return`),
      at("/student", "home-holding"),
      at("/_mailbox/:mail", "mail", mail),
    ];
  },
};

/** A tutor with a full week. */
const tutor: Tour = {
  who: "tutor",
  open: async (page) => {
    await signIn(page, account("northside", "tutor"), base);
    const at = on(base);
    const lesson = await find(page, "/tutor/calendar?view=agenda", new RegExp(`^/tutor/lessons/${UUID}$`));
    const offering = await find(page, "/tutor/offerings", new RegExp(`^/tutor/offerings/${UUID}$`));
    return [
      at("/tutor", "home"),
      at("/tutor/calendar", "calendar"),
      at("/tutor/calendar", "calendar-day", "/tutor/calendar?view=day"),
      at("/tutor/calendar", "calendar-agenda", "/tutor/calendar?view=agenda"),
      at("/tutor/calendar", "calendar-empty", "/tutor/calendar?view=agenda&week=2035-01-01"),
      at("/tutor/lessons/:lesson", "lesson", lesson),
      at("/tutor/availability", "availability"),
      at("/tutor/offerings", "offerings"),
      at("/tutor/offerings/new", "offering-new"),
      at("/tutor/offerings/:offering", "offering", offering),
      at("/tutor/profile", "profile"),
      at("/tutor/earnings", "earnings"),
    ];
  },
};

const ADMIN = [
  ["/admin", "home"],
  ["/admin/approvals", "approvals"],
  ["/admin/bookings", "bookings"],
  ["/admin/orders", "orders"],
  ["/admin/ledger", "ledger"],
  ["/admin/members", "members"],
  ["/admin/members/invite", "invite"],
  ["/admin/members/invitations", "invitations"],
  ["/admin/members/import", "import"],
  ["/admin/members/roles", "roles"],
  ["/admin/members/roles/new", "role-new"],
  ["/admin/subjects", "subjects"],
  ["/admin/audit", "audit"],
  ["/admin/settings", "settings"],
  ["/admin/settings/features", "features"],
  ["/admin/settings/domains", "domains"],
  ["/admin/settings/configuration", "configuration"],
  ["/admin/settings/mail", "mail"],
  ["/admin/settings/sign-in", "providers"],
  ["/admin/settings/policies", "policies"],
] as const;

/** An admin of a school with everything. */
const admin: Tour = {
  who: "admin",
  open: async (page) => {
    await signIn(page, account("northside", "admin"), base);
    const at = on(base);
    const approval = await find(page, "/admin/approvals", new RegExp(`^/admin/approvals/${UUID}$`));
    const booking = await find(page, "/admin/bookings", new RegExp(`^/admin/bookings/${UUID}$`));
    const order = await find(page, "/admin/orders?status=refunded", new RegExp(`^/admin/orders/${UUID}$`));
    const member = await find(page, "/admin/members?role=tutor", new RegExp(`^/admin/members/${UUID}$`));
    const role = await find(page, "/admin/members/roles", new RegExp(`^/admin/members/roles/${UUID}$`));
    const list = await startImport(page, base, `Maya Patel, ${emailOf(fresh("Maya"))}, tutor\nNobody, nowhere\nEleni, ${account("northside", "tutor")}, tutor`);
    return [
      ...ADMIN.map(([route, name]) => at(route, name)),
      at("/admin/orders", "orders-nothing", "/admin/orders?text=nobody"),
      at("/admin/approvals/:offering", "approval", approval),
      at("/admin/members/:member", "member", member),
      at("/admin/members/:member/erase", "erase", `${member}/erase`),
      at("/admin/members/:member/merge", "merge", `${member}/merge`),
      at("/admin/members/:member/merge", "merge-look", await duplicateOf(page, member)),
      at("/admin/members/roles/:role", "role", role),
      at("/admin/members/import/:import", "import-look", list),
      at("/admin/bookings/:booking", "booking", booking),
      at("/admin/orders/:order", "order", order),
    ];
  },
};

/** The front desk, and somebody whom it invited. */
const desk: Tour = {
  who: "desk",
  open: async (page) => {
    await signIn(page, account("northside", "desk"), base);
    const at = on(base);
    const email = emailOf(fresh("Nora"));
    await invite(page, base, { email, name: "Nora New", roles: ["Tutor"], note: "We would love to have you teach with us." });
    const link = invitationLink(await mailTo(page, email));
    return [at("/admin/bookings", "home"), at("/admin/members/invitations", "invitations"), stop("/invitation", "invitation", link)];
  },
};

/** A student who sets two-step verification up; the last pages are of the next sign-in. */
const careful: Tour = {
  who: "careful",
  open: async (page) => {
    await signUp(page, base);
    const at = on(base);
    await page.goto(`${base}/account/security`);
    await page.getByRole("button", { name: "Set it up" }).click();
    await page.waitForURL(/two-step$/);
    return [at("/account/verify", "verify"), at("/account/privacy", "privacy"), at("/account/security/two-step", "two-step"), at("/account/security/passkey", "passkey-over")];
  },
};

/** The same, with two-step verification on. */
const protectedStudent: Tour = {
  who: "protected",
  open: async (page) => {
    await signUp(page, base);
    const at = on(base);
    await switchOn(page, base);
    return [at("/account/security/recovery-codes", "recovery-codes"), at("/account/security", "security"), at("/account/verify", "verify"), at("/account/schools", "schools")];
  },
};

/** Somebody between the password and the second factor. */
const between: Tour = {
  who: "between",
  open: async (page) => {
    const student = await signUp(page, base);
    const at = on(base);
    await switchOn(page, base);
    await page.context().clearCookies();
    await page.goto(`${base}/sign-in`);
    const form = fields(page);
    await form.email.fill(student.email);
    await form.password.fill(NEW_PASSWORD);
    await form.signIn.click();
    await page.waitForURL(/second-factor/);
    return [at("/sign-in/second-factor", "second-factor"), at("/sign-in/passkey", "passkey")];
  },
};

/** An admin of a school that was just founded, and what its visitors see. */
const founder: Tour = {
  who: "founder",
  open: async (page) => {
    const school = await foundSchool(page);
    const at = on(school.base);
    return [at("/", "landing"), at("/tutors", "catalogue"), at("/prices", "prices"), at("/_mailbox", "mailbox"), ...ADMIN.map(([route, name]) => at(route, name))];
  },
};

/** An admin whose school has a provider to sign in at. */
const campus: Tour = {
  who: "campus",
  open: async (page) => {
    const school = await campusSchool(page);
    const at = on(school.base);
    const provider = await page.getByRole("link", { name: "Campus" }).getAttribute("href");
    return [
      at("/admin/settings/sign-in", "providers"),
      at("/admin/settings/sign-in/new", "provider-new"),
      at("/admin/settings/sign-in/new", "provider-new-apple", "/admin/settings/sign-in/new?kind=apple"),
      at("/admin/settings/sign-in/:provider", "provider", provider!),
      at("/account/security", "security-connect"),
    ];
  },
};

/** An operator of the platform, on its own host. */
const operator: Tour = {
  who: "operator",
  open: async (page) => {
    await newOperator(page);
    const at = on(origin);
    const school = await find(page, "/operator/schools?text=northside", new RegExp(`^/operator/schools/${UUID}$`), origin);
    const id = school.split("/").pop();
    return [
      at("/operator", "home"),
      at("/operator/schools", "schools"),
      at("/operator/schools", "schools-nothing", "/operator/schools?text=nothing-like-it"),
      at("/operator/schools/new", "school-new"),
      at("/operator/schools/:school", "school", school),
      at("/operator/schools/:school/visit", "visit", `/operator/schools/${id}/visit`),
      at("/operator/jobs", "jobs"),
      at("/operator/flags", "flags"),
      at("/operator/audit", "audit"),
      stop("/support", "support", `${base}/support?ticket=none`),
    ];
  },
};

/** Somebody who came from such a provider. */
const newcomer: Tour = {
  who: "newcomer",
  open: async (page) => {
    const school = await campusSchool(page);
    const at = on(school.base);
    await page.context().clearCookies();
    await continueWithCampus(page, school);
    await atCampus(page, emailOf(fresh("Maya")).split("@")[0]);
    await page.waitForURL(/elsewhere\/new$/);
    return [at("/sign-in", "sign-in"), at("/sign-in/elsewhere/new", "newcomer"), at("/sign-in/elsewhere", "elsewhere-over"), at("/sign-in/elsewhere/back/:provider", "back-over", "/sign-in/elsewhere/back/01930000-0000-7000-8000-000000000000")];
  },
};

/** A school with terms that asks guardians, and somebody young. */
const minor: Tour = {
  who: "minor",
  open: async (page) => {
    const school = await carefulSchool(page);
    const at = on(school.base);
    await publish(page, school.base, "Terms of service", "Be kinder.", true);
    await page.goto(`${school.base}/admin/settings/policies/terms`);
    await page.getByLabel("Text in English").fill("Be very kind.");
    await page.getByRole("button", { name: "Save the draft" }).click();
    await page.context().clearCookies();
    const young = await signUpMinor(page, school.base);
    const link = guardianLink(await mailTo(page, young.guardian));
    return [
      at("/sign-up", "sign-up-asked"),
      at("/account/agree", "agree-waiting"),
      at("/account/privacy", "privacy-waiting"),
      at("/terms", "terms"),
      at("/terms", "terms-earlier", "/terms?version=1"),
      stop("/guardian", "guardian", link),
    ];
  },
};

/** An admin who writes the terms, and has to agree to them too. */
const writer: Tour = {
  who: "writer",
  open: async (page) => {
    const school = await carefulSchool(page);
    const at = on(school.base);
    await page.goto(`${school.base}/admin/settings/policies/terms`);
    await page.getByLabel("Text in English").fill("Be very kind.");
    await page.getByRole("button", { name: "Save the draft" }).click();
    return [
      at("/admin/settings/policies", "policies"),
      at("/admin/settings/policies/:kind", "policy", "/admin/settings/policies/terms"),
      at("/admin/settings/policies/:kind", "policy-new", "/admin/settings/policies/privacy"),
      at("/account/agree", "agree"),
    ];
  },
};

/** Everybody. */
export const TOURS: Tour[] = [visitor, platform, joiner, student, newStudent, buyer, tutor, admin, desk, careful, protectedStudent, between, founder, campus, operator, newcomer, minor, writer];

/** The routes of src/app.rs that no tour leads past; "/account" only leads on. */
export function missed(): string[] {
  const read = (path: string) => readFileSync(resolve(import.meta.dirname, path), "utf8");
  const tours = read("pages.ts");
  return [...read("../../src/app.rs").matchAll(/path!\("([^"]+)"\)/g)].map((match) => match[1]).filter((route) => !tours.includes(`"${route}"`));
}
