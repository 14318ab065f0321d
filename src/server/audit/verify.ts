// Recomputes everything: the leaves, the tree, every checkpoint, and every row against its last trace. Constant memory, however long the log.
import { house, type Reading, read } from '#foundation';
import { marksOfDatabase, marksOfFile, type Mark, merged } from './marks.ts';
import { type Growing, growing, wholeParts } from './merkle.ts';
import { leavesIn, type Passing } from './packed.ts';
import { CHECKERS, NOT_TRACED, PACK, SLACK_S } from './rules.ts';
import { copiesAt, knownKeys } from './sequencer.ts';
import * as store from './store.ts';
import { hashesOver, rootOf } from './tree.ts';

/** Something that is not as it was recorded. `name` and `key`: table and row; `index`: where in the log. */
export type Fault = { what: string; name: string; key: string; index: number | null };
export type Verified = { size: number; faults: Fault[]; took_ms: number; whole: boolean };

const WIDTH = 256;
const HASH = 32;
// one wrong row is enough; a list without end would only fill the memory
const MOST_FAULTS = 10_000;
const MILLION = 1_000_000;
/** Rows of a long table that are checked at a time, and how many such stretches at once. */
const STRETCH = 20_000;
const LANES = 2;

type Found = { readonly faults: Fault[]; add: (what: string, about?: Partial<Fault>) => void };
function nothingFound(): Found {
  const faults: Fault[] = [];
  return {
    faults,
    add(what, about = {}) {
      if (faults.length < MOST_FAULTS) faults.push({ what, name: '', key: '', index: null, ...about });
    },
  };
}
// a copy may bear the signatures of witnesses beside the log's own
const textOf = (note: string): string => note.slice(0, note.lastIndexOf('\n\n'));

/** Follows the transactions of the log: each has a line in the ledger, or it was no act. */
function transactionsOf(found: Found): { see: (leaf: Passing) => void; end: () => void } {
  let [xid, index, act] = [-1, -1, true];
  const end = () => {
    if (!act) found.add('without-an-act', { index });
  };
  return {
    end,
    see(leaf) {
      if (leaf.xid !== xid) {
        end();
        ({ xid, index, act } = leaf);
      }
      act ||= leaf.act;
    },
  };
}

type Checkpoints = {
  /** the next checkpoint that the tree has not reached */
  readonly next: Mark | undefined;
  /** seconds: when the last one that was reached was signed */
  readonly last_at: number;
  /** Looks at every checkpoint of the size that the tree has now. */
  reach: (tree: Growing) => Promise<void>;
  /** Whatever is larger than the log: what the log had once. */
  rest: (size: number) => Promise<void>;
};
/** Compares the tree with the checkpoints on its way through the log. */
async function checkpointsOf(marks: AsyncGenerator<Mark>, found: Found): Promise<Checkpoints> {
  let next: Mark | undefined;
  let last_at = 0;
  let notes = { size: -1, seen: new Set<string>() };
  let forked = false;
  let good = 0;
  const move = async () => {
    const { value, done } = await marks.next();
    next = done ? undefined : (value as Mark);
  };
  function judge({ from, size, says, note, fault }: Mark, root: Buffer): void {
    if (fault) {
      found.add(fault, { index: size, name: 'audit.checkpoint' });
      return;
    }
    if (notes.size !== size) notes = { size, seen: new Set() };
    if (from === 'database') notes.seen.add(textOf(note));
    if (!says?.root.equals(root)) {
      // everything after the first difference differs: said once, with the stretch in which it lies
      if (!forked) found.add('tree-changed', { name: 'audit.leaf', key: `${good}-${size - 1}`, index: size });
      forked = true;
      return;
    }
    if (from === 'copy' && !notes.seen.has(textOf(note)))
      found.add('checkpoint-deleted', { name: 'audit.checkpoint', index: size });
    if (!forked) good = size;
    last_at = Math.max(last_at, says.at);
  }
  await move();
  return {
    get next() {
      return next;
    },
    get last_at() {
      return last_at;
    },
    async reach(tree) {
      let root: Buffer | undefined;
      for (; next && next.size <= tree.size; await move()) {
        root ??= tree.root();
        judge(next, root);
      }
    },
    async rest(size) {
      let cut: Mark | undefined;
      for (; next; await move()) {
        if (next.fault) found.add(next.fault, { name: 'audit.checkpoint', index: next.size });
        else cut = next;
      }
      if (cut) found.add('tail-cut', { name: 'audit.leaf', key: `${size}-${cut.size - 1}`, index: cut.size });
    },
  };
}

async function checkLog(r: Reading, from: number, files: readonly string[], found: Found): Promise<number> {
  const keys = knownKeys();
  const { head } = await store.headOf(r);
  const size = Math.max(await store.leafCount(r), 0);
  const marks = await checkpointsOf(
    merged([marksOfDatabase(r, keys, from), ...files.map((file) => marksOfFile(file, keys, from))]),
    found,
  );
  const tree = growing(from, from > 0 ? await hashesOver(r, wholeParts([0, from])) : []);
  const transactions = transactionsOf(found);
  await marks.reach(tree);
  // the next piece is read while this one is hashed
  const piece = (lo: number) => Promise.all([store.packedBetween(r, lo, lo + PACK), keptHashes(r, lo, lo + PACK)]);
  let coming = piece(from);
  for (let lo = from; lo < size; lo += PACK) {
    const hi = Math.min(size, lo + PACK);
    const [bytes, kept] = await coming;
    if (hi < size) coming = piece(hi);
    const leaves = leavesIn(bytes);
    for (let index = lo, n = 0; index < hi; index++) {
      const leaf = leaves[n]?.index === index ? leaves[n++] : undefined;
      const stood = kept(index);
      if (!leaf) found.add('leaf-missing', { name: 'audit.leaf', index });
      else if (!stood?.equals(leaf.hash))
        found.add(stoodIn(kept, lo, hi, leaf.hash) ? 'order-changed' : 'leaf-changed', { index });
      if (leaf) {
        transactions.see(leaf);
        const at = leaf.recorded_us / MILLION;
        if (at < marks.last_at - SLACK_S || (marks.next?.says && at > marks.next.says.at + SLACK_S))
          found.add('dated-back', { index });
      }
      tree.push(stood ?? leaf?.hash ?? Buffer.alloc(HASH));
      if (marks.next && marks.next.size <= tree.size) await marks.reach(tree);
    }
  }
  transactions.end();
  await nameRows(r, found.faults);
  await marks.rest(size);
  if (head && head.size < size) found.add('beyond-the-last-checkpoint', { name: 'audit.leaf', index: head.size });
  const kept = await rootOf(r, size).catch(() => undefined);
  if (!kept?.equals(tree.root())) found.add('tiles-changed', { name: 'audit.tile' });
  return size;
}

/** Says of entries of the log which row each is about. */
async function nameRows(r: Reading, faults: Fault[]): Promise<void> {
  const unnamed = faults.filter(({ name, index }) => name === '' && index !== null);
  const rows = new Map(
    (
      await store.rowsAt(
        r,
        unnamed.map(({ index }) => index!),
      )
    ).map((row) => [row.index, row]),
  );
  for (const fault of unnamed) Object.assign(fault, rows.get(fault.index!));
}

type Kept = (index: number) => Buffer | undefined;
/** The hashes of leaves as the tree has them. */
async function keptHashes(r: Reading, lo: number, hi: number): Promise<Kept> {
  const first = Math.floor(lo / WIDTH);
  const wanted = Array.from({ length: Math.ceil(hi / WIDTH) - first }, (_, n) => [0, first + n] as const);
  const tiles = new Map((await store.tilesOf(r, wanted)).map(({ n, hashes }) => [n, hashes]));
  return (index) => {
    const at = (index % WIDTH) * HASH;
    const hash = tiles.get(Math.floor(index / WIDTH))?.subarray(at, at + HASH);
    return hash?.length === HASH ? hash : undefined;
  };
}
function stoodIn(kept: Kept, lo: number, hi: number, hash: Buffer): boolean {
  for (let index = lo; index < hi; index++) if (kept(index)?.equals(hash)) return true;
  return false;
}

/** Every table that has or had rows, a long one in stretches of its keys. */
async function stretches(r: Reading, every: number): Promise<{ name: string; lo: string | null; hi: string | null }[]> {
  const all = [];
  for (const name of await store.tablesToCheck(r)) {
    const cuts = [null, ...(await store.rowBounds(r, name, every)), null];
    for (let n = 1; n < cuts.length; n++) all.push({ name, lo: cuts[n - 1]!, hi: cuts[n]! });
  }
  return all;
}

async function checkRows(found: Found, stretch: number): Promise<void> {
  const look = <T>(work: (r: Reading) => Promise<T>) => read(house(), 'audit.verify', work);
  const waiting = await look((r) => stretches(r, stretch));
  const lane = () =>
    look(async (r) => {
      for (let next = waiting.shift(); next; next = waiting.shift())
        for (const fault of await store.rowFaults(r, next.name, SLACK_S, next.lo, next.hi))
          found.add(fault.what, { ...fault, name: next.name });
    });
  await Promise.all(Array.from({ length: LANES }, lane));
  await look(async (r) => {
    const checkers = new Map((await store.checkersOf(r, Object.keys(CHECKERS))).map(({ name, hash }) => [name, hash]));
    for (const [name, hash] of Object.entries(CHECKERS))
      if (checkers.get(name) !== hash) found.add('function-changed', { name });
    for (const name of await store.uncovered(r, Object.keys(NOT_TRACED))) found.add('not-traced', { name });
    for (const left of await store.leftWaiting(r, SLACK_S)) found.add('left-waiting', left);
  });
}

/**
 * Checks the whole log, or its rows and what has come since a size that was found good.
 * @param options.copies files of checkpoints that were kept elsewhere, beside the house's own
 * @param options.stretch rows of a long table that are checked at a time
 * @param options.from the size to go on from; the whole log when absent
 */
export async function verifyLog(
  options: { copies?: readonly string[]; from?: number; stretch?: number } = {},
): Promise<Verified> {
  const own = copiesAt();
  const files = [...(own ? [own] : []), ...(options.copies ?? [])];
  const found = nothingFound();
  const started = performance.now();
  const from = options.from ?? 0;
  // side by side: the log, and the tables
  const [size] = await Promise.all([
    read(house(), 'audit.verify', (r) => checkLog(r, from, files, found)),
    checkRows(found, options.stretch ?? STRETCH),
  ]);
  const by = ({ name, index, key }: Fault) => `${name} ${String(index ?? '').padStart(12)} ${key}`;
  found.faults.sort((a, b) => (by(a) < by(b) ? -1 : 1));
  return { size, faults: found.faults, took_ms: Math.round(performance.now() - started), whole: from === 0 };
}
