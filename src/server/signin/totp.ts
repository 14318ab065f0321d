// Codes by time (RFC 6238 over RFC 4226): SHA-1, thirty seconds, six digits, which is what every code app can do. Pure; told the time.
import { createHmac, timingSafeEqual } from 'node:crypto';

const STEP_S = 30;
const DIGITS = 6;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The step of an instant: how many times thirty seconds have passed since 1970. */
export const stepAt = (at: Temporal.Instant): number => Math.floor(at.epochMilliseconds / 1000 / STEP_S);

/** The code of one step (RFC 4226, 5.3). */
export function codeOf(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const at = mac[mac.length - 1]! & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 10 ** DIGITS).padStart(DIGITS, '0');
}

/**
 * The step to which a code belongs: this one, the one before or the one after, and later than the last that was taken.
 * @param secret 20 bytes
 * @param at real time, as the app's clock has it
 * @param last the last step that was taken
 * @returns undefined when the code is none of these
 */
export function stepOfCode(secret: Uint8Array, code: string, at: Temporal.Instant, last: number): number | undefined {
  const now = stepAt(at);
  const said = Buffer.from(code.padEnd(DIGITS).slice(0, DIGITS));
  // all three are compared, whichever it is: how long it takes tells nothing
  const hits = [now - 1, now, now + 1].filter((step) => timingSafeEqual(Buffer.from(codeOf(secret, step)), said));
  return hits.find((step) => step > last);
}

/** Bytes in base32 (RFC 4648, without filling), as code apps take them when there is no camera. */
export function base32(bytes: Uint8Array): string {
  let [bits, kept, text] = [0, 0, ''];
  for (const byte of bytes) {
    kept = (kept << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += BASE32[(kept >> (bits - 5)) & 31];
    kept &= (1 << bits) - 1;
  }
  return bits > 0 ? text + BASE32[(kept << (5 - bits)) & 31] : text;
}

/** What the square for a code app says. `name` is the officer's; the app shows it beside the code. */
export const appAddress = (secret: Uint8Array, house: string, name: string): string =>
  `otpauth://totp/${encodeURIComponent(house)}:${encodeURIComponent(name)}?secret=${base32(secret)}&issuer=${encodeURIComponent(house)}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_S}`;
