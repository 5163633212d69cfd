// Islands: each one that is served comes to life, and a page without one loads no WASM.
import { TOURS } from "../support/pages";
import { expect, test } from "../support/test";

for (const tour of TOURS) {
  test(`pages of the ${tour.who} load what their islands need, and no more`, async ({ page }) => {
    test.setTimeout(120_000);
    const stops = await tour.open(page);
    let asked: string[] = [];
    page.on("request", (request) => {
      if (/\/pkg\/.*\.(js|wasm)$/.test(request.url())) asked.push(new URL(request.url()).pathname);
    });
    for (const stop of stops) {
      asked = [];
      await page.goto(stop.url, { waitUntil: "networkidle" });
      const islands = await page.locator("leptos-island[data-component]").evaluateAll((all) => all.map((island) => island.getAttribute("data-component") ?? ""));
      if (islands.length === 0) {
        expect(asked, stop.name).toEqual([]);
        continue;
      }
      expect(asked.some((path) => path.endsWith(".wasm")), `${stop.name} loads WASM`).toBe(true);
      const exports = await page.evaluate(async () => Object.keys(await import(document.querySelector<HTMLLinkElement>("link[rel=modulepreload]")!.href)));
      for (const island of islands) expect(exports, stop.name).toContain(island);
    }
  });
}
