// A passkey's home in the browser: Chromium's virtual authenticator, which unlocks itself.
import type { Page } from "@playwright/test";

export async function addAuthenticator(page: Page): Promise<{ unlock: (yes: boolean) => Promise<void> }> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return { unlock: async (yes) => void (await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: yes })) };
}
