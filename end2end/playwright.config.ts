import { defineConfig, devices } from "@playwright/test";
import { browser, origin, provider } from "./support/site";

// Tests tagged @phone and @no-script also run there; everything runs on the desktop.
const desktop = { ...devices["Desktop Chrome"], viewport: { width: 1440, height: 900 }, launchOptions: browser };
const phone = { ...devices["Pixel 7"], viewport: { width: 390, height: 844 }, launchOptions: browser };

export default defineConfig({
  testDir: "tests",
  // By port, so that runs against two servers do not clear each other away.
  outputDir: `test-results/${new URL(origin).port || "server"}`,
  forbidOnly: !!process.env.CI,
  // A shared machine stutters; what fails twice more is broken. The report names what was flaky.
  retries: process.env.CI ? 2 : 0,
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list", { printSteps: false }]],
  use: {
    baseURL: origin,
    locale: "en-GB",
    timezoneId: "Europe/London",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
  webServer: provider,
  projects: [
    { name: "desktop", use: desktop },
    { name: "phone", use: phone, grep: /@phone/ },
    { name: "no-script", use: { ...desktop, javaScriptEnabled: false }, grep: /@no-script/ },
  ],
});
