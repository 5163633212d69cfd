// `test` with a watch over every page: an error in the console, an exception, a breach of the
// content security policy or an answer that should not be fails the test.
import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from "@playwright/test";

/** What went wrong in the pages of a test. */
export class Watch {
  readonly problems: string[] = [];
  #contexts = new WeakSet<BrowserContext>();

  /** Listens to every page of the context, also those to come. */
  over(context: BrowserContext): void {
    if (this.#contexts.has(context)) return;
    this.#contexts.add(context);
    context.on("console", (message) => {
      // The browser's own words about an answer; answers are looked at below.
      if (message.text().startsWith("Failed to load resource")) return;
      // A mail's frame allows no script, not even the test's own.
      if (/^Blocked script execution in '[^']+\/_mailbox\/[^']+\/html'/.test(message.text())) return;
      if (message.type() === "error" || /Content Security Policy|Could not find WASM/.test(message.text())) {
        this.problems.push(`console: ${message.text()} (${message.page()?.url()})`);
      }
    });
    context.on("weberror", (error) => {
      // A page left while it was still being drawn.
      if (/^Transition was (skipped|aborted)/.test(error.error().message)) return;
      this.problems.push(`exception: ${error.error().message} (${error.page()?.url()})`);
    });
    context.on("response", (response) => {
      // A page may say no (401 to 422); what a page needs may not be missing.
      const page = response.request().isNavigationRequest();
      if (response.status() >= (page ? 500 : 400)) this.problems.push(`${response.status()} ${response.url()}`);
    });
  }
}

type Fixtures = {
  watch: Watch;
  /** A page of somebody else, in a browser of their own. */
  visitor: (options?: BrowserContextOptions) => Promise<Page>;
  /** Whether the screen is a phone's. */
  narrow: boolean;
};

export const test = base.extend<Fixtures>({
  watch: [
    async ({}, use) => {
      const watch = new Watch();
      await use(watch);
      expect(watch.problems, "problems in the browser").toEqual([]);
    },
    { auto: true },
  ],
  context: async ({ context, watch }, use) => {
    watch.over(context);
    await use(context);
  },
  visitor: async ({ browser, watch }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      watch.over(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
  narrow: async ({ viewport }, use) => use((viewport?.width ?? 1440) < 720),
});

export { expect, type Page };
