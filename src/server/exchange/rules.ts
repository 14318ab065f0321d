// Rules of the exchange between States: who looks after peers, what a key and its fingerprint look like, when to try again, what is too late.
import { createHash } from 'node:crypto';

/** The States’ own path: `in.` and two letters. */
export const STATE = /^[a-z]+\.[a-z]{2}$/;
const KEY_LENGTH = 32;

/** Who may begin what: an administrator proposes and ends; a post of the State’s may confirm with one. */
export type Asks = 'propose' | 'confirm';
const MAY: Record<Asks, readonly string[]> = { propose: ['administrator'], confirm: ['administrator', 'state'] };

/** Why an actor may not look after peers. @returns `not-your-power` or undefined */
export const whyNotManage = (who: { kind: string; post_kind?: string }, asks: Asks): 'not-your-power' | undefined =>
  who.kind === 'officer' && MAY[asks].includes(who.post_kind ?? '') ? undefined : 'not-your-power';

/**
 * Why a key of a peer may not be confirmed: it takes a second post, held by another officer, and the fingerprint as the peer reads it out.
 * @param typed as it was heard, digits with anything between them
 */
export function whyNotConfirm(
  key: { proposed_by: string; proposer: string; fingerprint: string; over: boolean },
  who: { post: string; officer: string },
  typed: string,
): 'wrong-state' | 'second-post-needed' | 'fingerprint-differs' | undefined {
  if (key.over) return 'wrong-state';
  if (key.proposed_by === who.post || key.proposer === who.officer) return 'second-post-needed';
  return typed.replace(/\D/g, '') === key.fingerprint.replace(/\D/g, '') ? undefined : 'fingerprint-differs';
}

/** How many keys of one house may be good at once: the one that goes and the one that comes. */
export const MOST_KEYS = 2;

/** The public keys of a house: who it is, which generation, what checks its signatures, what is sealed to. */
export type PublicKeys = { state: string; generation: number; sign_key: Buffer; seal_key: Buffer };

const raw = ({ sign_key, seal_key }: PublicKeys): Buffer => Buffer.concat([sign_key, seal_key]);
/** Keys as they are handed to another house’s administrator: one line. */
export const keyText = (keys: PublicKeys): string =>
  `itsso-exchange+${keys.state}+${keys.generation}+${raw(keys).toString('base64')}`;
/** Keys from their line; undefined when it is none. */
export function keysFrom(text: string): PublicKeys | undefined {
  const [, state = '', generation = '', base64 = ''] =
    /^itsso-exchange\+([a-z]+\.[a-z]{2})\+([1-9]\d{0,5})\+([A-Za-z0-9+/]{86}==)$/.exec(text.replace(/\s/g, '')) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length === 2 * KEY_LENGTH
    ? {
        state,
        generation: Number(generation),
        sign_key: bytes.subarray(0, KEY_LENGTH),
        seal_key: bytes.subarray(KEY_LENGTH),
      }
    : undefined;
}
const DIGITS = 30;
/** Thirty digits, a hundred bits of SHA-256 over state, generation and keys, in groups of five: read out over the telephone in any language. */
export function fingerprintOf(keys: PublicKeys): string {
  const hash = createHash('sha256')
    .update(`itsso-exchange\n${keys.state}\n${keys.generation}\n`)
    .update(raw(keys))
    .digest();
  const digits = (BigInt(`0x${hash.toString('hex')}`) % 10n ** BigInt(DIGITS)).toString().padStart(DIGITS, '0');
  return digits.replace(/(\d{5})(?=\d)/g, '$1 ');
}

/** How far the clocks of two houses may be apart, and for how long an opened envelope is remembered. */
export const FRESH: Temporal.DurationLike = { minutes: 15 };
export const REMEMBERED: Temporal.DurationLike = { minutes: 31 };
/** Whether an envelope was written just now. */
export const isFresh = (sent_at: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now.subtract(FRESH), sent_at) <= 0 && Temporal.Instant.compare(sent_at, now.add(FRESH)) <= 0;

const WAITS = [
  { seconds: 20 },
  { minutes: 1 },
  { minutes: 5 },
  { minutes: 15 },
  { minutes: 30 },
  { hours: 1 },
] as const satisfies Temporal.DurationLike[];
/** How long to wait after so many tries that failed, from 1: at most an hour, because somebody waits. */
export const waitAfter = (attempts: number): Temporal.DurationLike =>
  WAITS[Math.min(Math.max(attempts, 1), WAITS.length) - 1] ?? { hours: 1 };
/** How long a try may hang before another one is made. */
export const LEASE: Temporal.DurationLike = { minutes: 12 };
/** After so long without a receipt the post that holds the file hears of it, and the one above. */
export const LATE: Temporal.DurationLike = { hours: 6 };
/** How often a peer’s list of stations is read again. */
export const LIST_EVERY: Temporal.DurationLike = { hours: 24 };
/** How soon after it could not be. */
export const LIST_AGAIN: Temporal.DurationLike = { hours: 1 };

/** What the other house answers that no further try can mend: the file is free again for its station. */
export const FOR_GOOD: readonly string[] = ['no-such-station', 'letter-not-understood', 'parcel-differs'];
/** The same of a part: what is refused as a file there stays here alone. */
export const PART_FOR_GOOD: readonly string[] = [
  'part-unknown',
  'part-differs',
  'not-this-type',
  'file-too-large',
  'two-things-in-one',
  'file-cut-off',
  'malware-found',
  'picture-too-large',
  'file-damaged',
];

/** Whether a peer may have this address. @param practice the practice system may speak plainly with its own machine */
export function isAddress(text: string, practice: boolean): boolean {
  if (!URL.canParse(text) || text.length > 300) return false;
  const url = new URL(text);
  if (url.username || url.password || url.hash || url.search || url.pathname !== '/') return false;
  return (
    url.protocol === 'https:' ||
    (practice && url.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(url.hostname))
  );
}
