// An authenticator app: what it shows for a key, as RFC 6238 says.
import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";

function base32(text: string): Buffer {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...text.replaceAll(/\s/g, "").toUpperCase()].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

/** The code at `steps` half minutes from now. */
export function totp(key: string, steps = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac("sha1", base32(key)).update(counter).digest();
  const offset = hash[19] & 15;
  return ((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).toString().padStart(6, "0");
}

/** Switches two-step verification on for the one who is signed in on the site at `base`; the app's key. */
export async function switchOn(page: Page, base = ""): Promise<string> {
  await page.goto(`${base}/account/security`);
  await page.getByRole("button", { name: "Set it up" }).click();
  const key = await page.locator("code").innerText();
  await page.getByRole("textbox", { name: "Code" }).fill(totp(key));
  await page.getByRole("button", { name: "Switch it on" }).click();
  await page.waitForURL(/recovery-codes$/);
  return key;
}
