// Every page for everybody who sees it, at the width of a desk and of a phone, light and dark.
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "@playwright/test";
import { setTheme } from "../support/cookies";
import { TOURS } from "../support/pages";

const folder = resolve(import.meta.dirname, "../../shots");
const WIDTHS = [1440, 390];

for (const tour of TOURS) {
  test(tour.who, async ({ page }) => {
    mkdirSync(folder, { recursive: true });
    await page.setViewportSize({ width: 1440, height: 900 });
    const stops = await tour.open(page);
    for (const theme of ["light", "dark"] as const) {
      for (const host of new Set(stops.map((stop) => new URL(stop.url).origin))) await setTheme(page, host, theme);
      for (const width of WIDTHS) {
        const height = width === 390 ? 844 : 900;
        await page.setViewportSize({ width, height });
        for (const stop of stops) {
          await page.goto(stop.url, { waitUntil: "load" });
          await page.evaluate(() => document.fonts.ready);
          // What is fixed to the bottom of a phone stands at the bottom of the picture; an open sheet fills the screen.
          const sheet = width === 390 && (await page.locator(".is-open").count()) > 0;
          if (width === 390 && !sheet) {
            const whole = await page.evaluate(() => document.documentElement.scrollHeight);
            await page.setViewportSize({ width, height: Math.min(Math.max(whole, height), 8000) });
          }
          await page.screenshot({ path: `${folder}/${tour.who}.${stop.name}.${width}.${theme}.png`, fullPage: !sheet });
          await page.setViewportSize({ width, height });
        }
      }
    }
  });
}
