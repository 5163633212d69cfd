// The pseudo-locales: longer words, and a page that reads from right to left. Nothing may stick out.
import { setLocale } from "../support/cookies";
import { TOURS } from "../support/pages";
import { expect, test, type Page } from "../support/test";

/** What sticks out of the page, if it scrolls sideways. */
async function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && (box.right > root.clientWidth + 1 || box.left < -1) && getComputedStyle(element).position !== "fixed";
    });
    const names = wide.slice(0, 4).map((element) => `${element.tagName.toLowerCase()}.${String(element.getAttribute("class") ?? "").split(" ").join(".")}`);
    return [`${root.scrollWidth} > ${root.clientWidth}: ${names.join(", ")}`];
  });
}

for (const tour of TOURS) {
  test(`no page of the ${tour.who} is wider than the screen, in longer words and from right to left`, async ({ page }) => {
    test.setTimeout(240_000);
    const stops = await tour.open(page);
    const found: string[] = [];
    for (const [locale, direction] of [["en-XA", "ltr"], ["ar-XB", "rtl"]] as const) {
      for (const host of new Set(stops.map((stop) => new URL(stop.url).origin))) await setLocale(page, host, locale);
      for (const stop of stops) {
        await page.setViewportSize({ width: 1440, height: 900 });
        await page.goto(stop.url);
        await expect(page.locator("html")).toHaveAttribute("lang", locale);
        await expect(page.locator("html")).toHaveAttribute("dir", direction);
        for (const width of [1440, 390]) {
          await page.setViewportSize({ width, height: 900 });
          for (const line of await overflow(page)) found.push(`${stop.name}, ${locale}, ${width} px: ${line}`);
        }
      }
    }
    expect(found).toEqual([]);
  });
}
