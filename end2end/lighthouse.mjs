// Lighthouse over the pages that matter most, as a table. It ends with an error only when a page cannot be
// measured: the figures are for people to read.
import { existsSync } from "node:fs";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import desktopConfig from "lighthouse/core/config/desktop-config.js";
import { chromium } from "playwright";

const origin = new URL(process.env.WEMASTER_ORIGIN ?? "http://localhost:3000");
const site = `${origin.protocol}//northside.${origin.host}`;
const PASSWORD = "demo-password-1";
const executablePath = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find(existsSync);
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

/** DevTools' "Fast 4G", and a phone that is four times slower than this machine. */
const fast4g = { rttMs: 60, throughputKbps: 9 * 1024, requestLatencyMs: 165, downloadThroughputKbps: 8.1 * 1024, uploadThroughputKbps: 1.35 * 1024, cpuSlowdownMultiplier: 4 };
const CONFIGS = {
  desktop: desktopConfig,
  phone: { extends: "lighthouse:default", settings: { throttling: fast4g } },
};
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

/** The addresses, and the cookies of a student who signed in as everybody does. */
async function prepare() {
  const browser = await chromium.launch({ executablePath, args: flags });
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/London" });
  const page = await context.newPage();
  await page.goto(`${site}/tutors`);
  const slot = await page.locator("a[href*='slot=']").first().getAttribute("href");
  const tutor = await page.getByRole("heading", { level: 3 }).getByRole("link").first().getAttribute("href");
  await page.goto(`${site}/sign-in`);
  await page.getByLabel("Email").fill("student@northside.example");
  await page.locator("input[name=password]").fill(PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`${site}/student`);
  const cookies = (await context.cookies(site)).map(({ name, value }) => `${name}=${value}`).join("; ");
  await browser.close();
  return [
    { name: "landing", url: `${site}/` },
    { name: "catalogue", url: `${site}/tutors` },
    { name: "tutor profile", url: `${site}${tutor}` },
    { name: "booking", url: `${site}${slot}` },
    { name: "student dashboard", url: `${site}/student`, cookies },
  ];
}

/** One page by one configuration; a browser of its own, so that nothing is left in a cache. */
async function measure({ url, cookies }, config) {
  const chrome = await launch({ chromePath: executablePath, chromeFlags: ["--headless=new", ...flags], logLevel: "silent" });
  try {
    const extraHeaders = cookies ? { Cookie: cookies } : undefined;
    const result = await lighthouse(url, { port: chrome.port, onlyCategories: CATEGORIES, extraHeaders, output: "json", logLevel: "error" }, config);
    if (!result || result.lhr.runtimeError) throw new Error(result?.lhr.runtimeError?.message ?? "no result");
    return result.lhr;
  } finally {
    await chrome.kill();
  }
}

/** What keeps a category below 95: the audits that failed, the heaviest first. */
function reasons(lhr) {
  const low = Object.values(lhr.categories).filter((category) => category.score < 0.95);
  return low.flatMap((category) =>
    category.auditRefs
      .map((ref) => ({ ...ref, audit: lhr.audits[ref.id] }))
      .filter(({ weight, audit }) => weight > 0 && audit.score !== null && audit.score < 0.9)
      .sort((a, b) => b.weight * (1 - b.audit.score) - a.weight * (1 - a.audit.score))
      .map(({ audit }) => `${category.id}: ${audit.title}${audit.displayValue ? ` (${audit.displayValue})` : ""}`),
  );
}

const wanted = process.argv.slice(2);
const pages = await prepare();
const notes = [];
let failed = false;
console.log("| screen | page | performance | accessibility | best practices | SEO | LCP | CLS |");
console.log("|---|---|--:|--:|--:|--:|--:|--:|");
for (const [screen, config] of Object.entries(CONFIGS)) {
  if (wanted.length > 0 && !wanted.includes(screen)) continue;
  for (const page of pages) {
    try {
      const lhr = await measure(page, config);
      const score = (id) => Math.round((lhr.categories[id].score ?? 0) * 100);
      const lcp = (lhr.audits["largest-contentful-paint"].numericValue / 1000).toFixed(2);
      const cls = lhr.audits["cumulative-layout-shift"].numericValue.toFixed(3);
      console.log(`| ${screen} | ${page.name} | ${CATEGORIES.map(score).join(" | ")} | ${lcp} s | ${cls} |`);
      for (const reason of reasons(lhr)) notes.push(`${screen}, ${page.name}: ${reason}`);
    } catch (error) {
      failed = true;
      console.log(`| ${screen} | ${page.name} | cannot be measured: ${error.message.split("\n")[0]} |`);
    }
  }
}
if (notes.length > 0) console.log(`\nBelow 95:\n${notes.map((note) => `- ${note}`).join("\n")}`);
process.exit(failed ? 1 : 0);
