// Photographs of every page; `make shots` runs it. Not a test: it only fails where a page cannot be shown.
import { defineConfig, devices } from "@playwright/test";
import { browser, provider } from "./support/site";

export default defineConfig({
  testDir: "shots",
  testMatch: "photographs.ts",
  outputDir: "test-results/shots",
  fullyParallel: true,
  workers: 2,
  timeout: 300_000,
  reporter: [["line"]],
  webServer: provider,
  globalTeardown: "./shots/index.ts",
  use: { ...devices["Desktop Chrome"], locale: "en-GB", timezoneId: "Europe/London", launchOptions: browser, contextOptions: { reducedMotion: "reduce" } },
});
