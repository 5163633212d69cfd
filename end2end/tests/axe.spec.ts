// Accessibility: every page, for everybody who may see it, full and empty, in both themes.
import { violations } from "../support/axe";
import { setTheme } from "../support/cookies";
import { TOURS, missed } from "../support/pages";
import { expect, test } from "../support/test";

for (const tour of TOURS) {
  test(`axe finds nothing on the pages of the ${tour.who}`, async ({ page }) => {
    test.setTimeout(240_000);
    const stops = await tour.open(page);
    const found: string[] = [];
    for (const theme of ["light", "dark"] as const) {
      for (const host of new Set(stops.map((stop) => new URL(stop.url).origin))) await setTheme(page, host, theme);
      for (const stop of stops) {
        await page.goto(stop.url);
        await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
        for (const line of await violations(page)) found.push(`${stop.name}, ${theme}: ${line}`);
      }
    }
    expect(found).toEqual([]);
  });
}

test("the tours lead past every route", () => {
  expect(missed()).toEqual([]);
});
