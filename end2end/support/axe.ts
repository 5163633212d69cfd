// Accessibility by axe: WCAG 2.2 A and AA, and axe's best practices.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/** What axe finds on the page, one line each: rule, element, and what is wrong with it. */
export async function violations(page: Page): Promise<string[]> {
  // Colours in the middle of a transition are not the page's. What never ends (a spinner) is not waited for.
  await page.evaluate(() => {
    // One that follows scrolling ends with that alone.
    const ends = (animation: Animation) => animation.timeline instanceof DocumentTimeline && animation.effect?.getComputedTiming().iterations !== Infinity;
    return Promise.all(document.getAnimations().filter(ends).map((animation) => animation.finished.catch(() => null)));
  });
  // A frame without scripts cannot answer axe, so it is taken out of the page; its name is looked at here.
  const nameless = await page.locator("iframe[sandbox]").evaluateAll((frames) => {
    const found = frames.filter((frame) => !frame.getAttribute("title")).map(() => "frame-title: a frame has no title");
    frames.forEach((frame) => frame.remove());
    return found;
  });
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const lines = violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")} — ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? rule.help}`),
  );
  return [...nameless, ...lines];
}
