// The list of tutors.
import { expect, type Locator, type Page, type TestInfo } from "@playwright/test";
import { demoTutor, type School } from "./site";

export class Catalogue {
  readonly results: Locator;
  readonly status: Locator;
  readonly search: Locator;
  readonly names: Locator;

  constructor(readonly page: Page) {
    this.results = page.getByRole("region", { name: /^(Results|Resultados)$/ });
    this.status = page.getByRole("main").getByRole("status").first();
    this.search = page.getByRole("searchbox").first();
    this.names = this.results.getByRole("heading", { level: 3 }).getByRole("link");
  }

  async open(query = "", base = ""): Promise<this> {
    await this.page.goto(`${base}/tutors${query}`);
    await expect(this.names.first()).toBeVisible();
    return this;
  }

  /** Opens a tutor's page by a click on the name. */
  async choose(slug: string): Promise<void> {
    await this.results.locator(`a[href="/tutors/${slug}"]`).click();
  }

  /** The prices shown, in minor units, in the order of the list. */
  async prices(): Promise<number[]> {
    const texts = await this.results.getByRole("listitem").filter({ has: this.page.getByRole("heading", { level: 3 }) }).locator(".price .strong").allInnerTexts();
    return texts.map((text) => Number(text.replace(/\D/g, "")));
  }
}

const taken = new Map<string, number>();

/** A number that is the same for the same text. */
const hash = (text: string) => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);

/**
 * The slug of a tutor with free times whom no test that runs at the same time books: tutors are
 * divided among the workers by their names. Demo tutors belong to tests of their own.
 */
export async function pickTutor(page: Page, school: School, info: TestInfo, base = ""): Promise<string> {
  const catalogue = await new Catalogue(page).open("", base);
  const rows = catalogue.results.getByRole("listitem").filter({ has: page.locator("a[href*='slot=']") });
  const links = await rows.getByRole("heading", { level: 3 }).getByRole("link").evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  const mine = links
    .map((href) => href.split("/").pop() ?? "")
    .filter((slug) => slug !== demoTutor(school) && hash(slug) % info.config.workers === info.parallelIndex % info.config.workers)
    .sort();
  const turn = taken.get(school) ?? 0;
  taken.set(school, turn + 1);
  expect(mine.length, "tutors with free times").toBeGreaterThan(0);
  return mine[turn % mine.length];
}
