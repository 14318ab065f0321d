// What processes say to each other about the fleet, besides what everybody hears: short words that ride on the same commit.
import type { Fix } from './store-fleet.ts';

/** Fixes that another process took in, packed. */
export const FIXES = 'fleet-fixes';
/** A vehicle whose order or shift another process changed. */
export const VEHICLE = 'fleet-vehicle';
/** An alarm that another process leaves to the owner of the fleet. */
export const WORK = 'fleet-work';

// id, latitude and longitude in millionths of a degree, instant in milliseconds
const BYTES = 16 + 4 + 4 + 8;
/** What a notification of PostgreSQL holds, less the topic. */
const MOST = Math.floor((7900 * 3) / 4 / BYTES);
const MICRO = 1e6;

/** Fixes as words that fit a notification each. */
export function pack(fixes: readonly Pick<Fix, 'vehicle' | 'lat' | 'lon' | 'at'>[]): string[] {
  const words: string[] = [];
  for (let from = 0; from < fixes.length; from += MOST) {
    const part = fixes.slice(from, from + MOST);
    const bytes = Buffer.alloc(part.length * BYTES);
    part.forEach((fix, n) => {
      const at = n * BYTES;
      bytes.write(fix.vehicle.replaceAll('-', ''), at, 'hex');
      bytes.writeInt32BE(Math.round(fix.lat * MICRO), at + 16);
      bytes.writeInt32BE(Math.round(fix.lon * MICRO), at + 20);
      bytes.writeDoubleBE(fix.at, at + 24);
    });
    words.push(bytes.toString('base64url'));
  }
  return words;
}

/** The fixes in a word. */
export function unpack(word: string): Pick<Fix, 'vehicle' | 'lat' | 'lon' | 'at'>[] {
  const bytes = Buffer.from(word, 'base64url');
  return Array.from({ length: Math.floor(bytes.length / BYTES) }, (_, n) => {
    const at = n * BYTES;
    const id = bytes.toString('hex', at, at + 16);
    return {
      vehicle: [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-'),
      lat: bytes.readInt32BE(at + 16) / MICRO,
      lon: bytes.readInt32BE(at + 20) / MICRO,
      at: bytes.readDoubleBE(at + 24),
    };
  });
}
