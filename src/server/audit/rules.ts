// What leaves traces, what a leaf consists of, how often the log is signed, and the short form of a hash that can be read aloud.
import { sha256 } from './merkle.ts';

/**
 * Tables whose rows leave no traces, each with the reason. Every other table of the house does, one that comes tomorrow too.
 * What is derived is checked against what it is derived from, not against the log.
 */
export const NOT_TRACED: Readonly<Record<string, string>> = {
  'foundation.clock': 'practice only: the clock is moved by hand',
  'foundation.house_secret': 'wrapped anew before anybody acts; each change of a key stands in foundation.key_change',
  'foundation.round': 'a heartbeat',
  'foundation.idempotency': 'keys of repeated requests, erased after a while; what they made is traced',
  'posts.session': 'touched with every request; whose act it was stands in the ledger',
  'signin.challenge': 'lives five minutes',
  'signin.choice': 'lives five minutes',
  'signin.journey': 'lives ten minutes',
  'signin.passkey': 'counts its uses outside acts; enrolment and end stand in the ledger',
  'notify.part': 'handles of gateways for parts of a message; the message is traced',
  'notify.receipt': 'what a gateway said last; the message is traced',
  'notify.way': 'a heartbeat',
  'notify.sandbox_sent': 'practice only',
  'deadlines.wake': 'derived from deadline and rung',
  'deadlines.sweep_mark': 'how far a sweep has come',
  'deadlines.desk': 'derived from the files of casework',
  'casework.line': 'derived from file, step, delay and deadline',
  'casework.desk_try': 'forgotten after 26 hours; the tries stand in the ledger',
  'casework.feed': 'notes each fetching; made and revoked stands in the ledger',
  'casework.diary_draft': 'unsaid until it is written into the diary',
  'intake.failure': 'kept for an hour to brake guessing',
  'intake.track_code': 'lives ten minutes',
  'intake.draft': 'hers alone, erased without a trace when she does not send it',
  'evidence.held': 'hers alone until she sends it',
  'evidence.left_behind': 'work for the next sweep',
  'sealed.name_mark': 'how far a sweep has come',
  'hearing.seat': 'who sits in a room now; erased when it ends',
  'hearing.signal': 'lives two minutes',
  'hearing.piece': 'pieces on their way into the evidence, which is traced',
  'clients.use': 'counts of knocks',
  'clients.token': 'last use is noted outside acts; made and ended stands in the ledger',
  'clients.delivery': 'tried until it is taken; what it tells of is traced',
  'cctns.balance': 'figures as others have published them',
  'cctns.batch': 'how far a file is read',
  'cctns.fir': 'copies of another system; what a copy said before stands in cctns.fir_history',
  'cctns.fir_history': 'copies of another system',
  'cctns.rejection': 'copies of another system',
  'cctns.unread': 'copies of another system',
  'sos.position': 'a heartbeat of vehicles',
  'sos.track': 'erased on schedule, several rows a minute',
  'sos.fix': 'sealed, erased on schedule; the alarm and what happened to it are traced',
  'sos.timer': 'fires once; what it does is traced',
  'sos.code': 'lives minutes',
  'sos.pace': 'learnt from runs that are traced',
  'sos.beat': 'a heartbeat',
  'sos.at_board': 'a heartbeat',
  'operations.erasing': 'a heartbeat',
  'notify.block_try': 'kept for a day to brake pumping',
  'notify.spent': 'a count of the day; each message it counts is traced',
};

/**
 * What makes traces and what checks them, by the SHA-256 of the text each was made with: who owns the database could put others in their
 * place. A migration that changes one changes its line here.
 */
export const CHECKERS: Readonly<Record<string, string>> = {
  'audit.trace': '351fdb0e0319b27e04ed148301cc06803850c8a83771a74afba98132a8df90ba',
  'audit.cover_table': '968f25d7b80137893d4f5f88a763fcbdf269b1f387bb815b5704d31073a37428',
  'audit.commitment': '16c2a9565d2815632df5d0689d7eba708326ec17a950b1298f85d363a70f34bd',
  'audit.packed': '0c6264097786a8e99233d4690b07f230515906d41e33c8183e88c4367ab4b036',
  'audit.take': '6e479d3b228285f63a8801a78bcf109bfd2cf986e2c3073c3bbfa553d7631c08',
  'audit.row_bounds': 'aa0b85b8ad28f7d97beeac37d4970931af7421d9a1cbe54e013d584d50ad6684',
  'audit.row_faults': '748ba2f236ff96b26e6dd1814ba05758935ad2a206dfc2ef2eddc3c37b69847a',
  'audit.to_check': 'a40ed96f194f99fe17a35fc9934177bd93da5666738cec38c58ad1b1ec2f6d09',
  'audit.uncovered': '3fa407deaba14599999ec526ae20dbaba69d6162a2b53cc1091865eebf37aa0a',
};

/** So many leaves travel together between the database and the program. */
export const PACK = 4096;

/** While something happens the log is signed at most so often; while nothing does, once a minute. In milliseconds of real time. */
export const SIGN_EVERY_MS = 4000;
export const SIGN_IDLE_MS = 60_000;

/** A trace in the log: the row it is about, its commitment to that row, when the database made it (µs since 1970). */
export type Leaf = {
  index: number;
  id: number;
  xid: string;
  name: string;
  op: string;
  key: string;
  commitment: Buffer;
  recorded_us: number;
};

const LENGTH = 4;
/** Parts with their lengths before them (32 bits, big-endian): no two lists of parts have the same bytes. */
export function withLengths(...parts: (string | Uint8Array)[]): Buffer {
  const sizes = parts.map((part) => (typeof part === 'string' ? Buffer.byteLength(part) : part.length));
  const whole = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + LENGTH + size, 0));
  let at = 0;
  parts.forEach((part, n) => {
    at = whole.writeUInt32BE(sizes[n]!, at);
    if (typeof part === 'string') whole.write(part, at);
    else whole.set(part, at);
    at += sizes[n]!;
  });
  return whole;
}

/** Which row and which version a leaf is about, hashed: the salt in the commitment hides it. */
export const aboutOf = (leaf: Omit<Leaf, 'index' | 'recorded_us'>): Buffer =>
  sha256(withLengths(leaf.commitment, leaf.name, leaf.op, leaf.key, leaf.xid, String(leaf.id)));

const VERSION = 'itsso-log/1';
// before the hash at its end: the lengths and the version are the same for every leaf
const EMPTY_LEAF = withLengths(VERSION, Buffer.alloc(8), Buffer.alloc(32));
/** Where in the bytes of a leaf its instant and its hash lie. */
export const LEAF_AT = { length: EMPTY_LEAF.length, instant: EMPTY_LEAF.length - 44, about: EMPTY_LEAF.length - 32 };
/**
 * The bytes of a leaf: version, instant, {@link aboutOf}. All of it may be public.
 * @param recorded_us microseconds since 1970, as 64 bits
 */
export function leafBytes(recorded_us: number, about: Buffer): Buffer {
  const bytes = Buffer.from(EMPTY_LEAF);
  bytes.writeBigInt64BE(BigInt(recorded_us), LEAF_AT.instant);
  bytes.set(about, LEAF_AT.about);
  return bytes;
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The first 60 bits of a hash as 12 characters in three groups, without letters that sound or look alike (Crockford's base 32). */
export function fingerprint(hash: Buffer): string {
  let bits = hash.readBigUInt64BE(0) >> 4n;
  let text = '';
  for (let n = 0; n < 12; n++) {
    text = `${CROCKFORD[Number(bits & 31n)]}${n > 0 && n % 4 === 0 ? '-' : ''}${text}`;
    bits >>= 5n;
  }
  return text;
}

/** How far the times of a row, its trace and the checkpoint after it may lie apart, in seconds: as long as an act may take. */
export const SLACK_S = 600;
/** The hour in India in which the log is checked, and the day of the week on which it is read from the beginning. */
export const NIGHT_HOUR = 3;
export const SUNDAY = 7;

/** The kinds of post that read the ledger, and those that are told when the log does not agree with what is recorded. */
export const READS_LEDGER: readonly string[] = ['auditor'];
export const TOLD_OF_FAULTS: readonly string[] = ['auditor', 'administrator'];
