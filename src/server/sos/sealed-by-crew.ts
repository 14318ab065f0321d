// What a crew's phone keeps while it has no network it seals to the house: whoever finds the phone reads nothing of it, and neither does the
// crew's own page. Sealed anew each time to a key that the page draws and forgets.
import { hkdfSync } from 'node:crypto';
import { keys, log, openWith } from '#foundation';

const PUBLIC = 32;

/** The key that the crew's page seals to. */
export const crewKey = (): string => keys.agreesWith('crew-page').toString('base64');

/**
 * Opens what the page of a vehicle has sealed: X25519, HKDF-SHA-256, AES-256-GCM.
 * @returns undefined where it does not open, or was sealed by the page of another vehicle
 */
export function openFromCrew(vehicle: string, sealed: string): unknown {
  const bytes = Buffer.from(sealed, 'base64');
  const drawn = bytes.subarray(0, PUBLIC);
  try {
    const key = Buffer.from(hkdfSync('sha256', keys.agree('crew-page', drawn), drawn, 'crew-page', 32));
    return JSON.parse(openWith(key, `crew-page|${vehicle}`, bytes.subarray(PUBLIC)).toString('utf8'));
  } catch {
    log.warn({ vehicle }, 'what a crew had kept does not open');
    return undefined;
  }
}
