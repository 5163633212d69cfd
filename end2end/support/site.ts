// Where the site is, and who is there: the demo tenants with their accounts.
import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** The platform's address; scripts/end2end sets it. */
export const origin = process.env.WEMASTER_ORIGIN ?? "http://localhost:3000";

/** The payment page's address. */
export const emulator = process.env.WEMASTER_EMULATOR ?? "http://127.0.0.1:3010";

/** The provider where members sign in elsewhere: `support/provider.mjs`. */
export const issuer = process.env.WEMASTER_ISSUER ?? "http://127.0.0.1:3020";

/** Where the server asks for DNS records, and who a test may be: `support/names.ts`. */
export const names = process.env.WEMASTER_NAMES ?? "127.0.0.1:3030";

/** That provider, for Playwright to start: a real one, by OpenID Connect's reference library. */
export const provider = {
  command: `node ${resolve(import.meta.dirname, "provider.mjs")}`,
  url: `${issuer}/.well-known/openid-configuration`,
  env: { WEMASTER_ISSUER: issuer },
  stdout: "ignore" as const,
  stderr: "ignore" as const,
};

/** How Chromium starts: the system's where there is one. */
export const browser = {
  executablePath: ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync),
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

export type School = "northside" | "lingua" | "codelab";

/** A tenant's address. */
export function site(slug: string): string {
  const url = new URL(origin);
  url.hostname = `${slug}.${url.hostname}`;
  return url.origin;
}

/** The password of every demo account. */
export const PASSWORD = "demo-password-1";

/** The password of everybody who is made by a test: long enough, and nobody's first idea. */
export const NEW_PASSWORD = "copper window sparrow";

/** The tutor behind `tutor@…` of each demo tenant. */
const DEMO_TUTORS: Record<School, string> = { northside: "eleni-marangou", lingua: "carmen-villalba", codelab: "priya-raman" };

/** The demo tutor's page. */
export const demoTutor = (school: School) => DEMO_TUTORS[school];

/** The address of a demo account. `new` is a student without any history. */
export const account = (school: School, who: "student" | "tutor" | "admin" | "desk" | "new") => `${who}@${school}.example`;

/** The address of the tutor whose page has this slug. */
export const tutorAccount = (school: School, slug: string) =>
  slug === DEMO_TUTORS[school] ? account(school, "tutor") : `${slug.replaceAll("-", ".")}@${school}.example`;

/** A name that nobody has yet: "Robin Tavomikeru". */
export function fresh(prefix: string): string {
  const letter = (of: string) => of[Math.floor(Math.random() * of.length)];
  const syllables = Array.from({ length: 6 }, () => letter("bdfgklmnprstvz") + letter("aeiou")).join("");
  return `${prefix} ${syllables[0].toUpperCase()}${syllables.slice(1)}`;
}

/** The address that goes with a name. */
export const emailOf = (name: string) => `${name.toLowerCase().replaceAll(" ", ".")}@example.com`;
