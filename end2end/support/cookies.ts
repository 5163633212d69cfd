// The cookies that keep a reader's choices. Their names begin with `__Host-`, which a browser only
// accepts without a domain, so they are set through the browser itself.
import type { Page } from "@playwright/test";

/** Sets a cookie of the host at `url`. */
export async function setHostCookie(page: Page, url: string, name: string, value: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { success } = await session.send("Network.setCookie", { url, name: `__Host-${name}`, value, secure: true, path: "/" });
  await session.detach();
  if (!success) throw new Error(`the browser refuses the cookie ${name}`);
}

/** Light or dark on the host at `url`. */
export const setTheme = (page: Page, url: string, theme: "light" | "dark") => setHostCookie(page, url, "theme", theme);

/** A language on the host at `url`, such as a pseudo-locale. */
export const setLocale = (page: Page, url: string, locale: string) => setHostCookie(page, url, "locale", locale);
