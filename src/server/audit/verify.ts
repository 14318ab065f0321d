// Recomputes everything: the leaves, the tree, every checkpoint, and every row against its last trace. Constant memory, however long the log.
import { house, type Reading, read } from '#foundation';
import { marksOfDatabase, marksOfFile, type Mark, merged } from './marks.ts';
import { Growing, wholeParts } from './merkle.ts';
import { type Leaf, NOT_TRACED, SLACK_S } from './rules.ts';
import { copiesAt, hashOfLeaf, knownKeys } from './sequencer.ts';
import * as store from './store.ts';
import { hashesOver, rootOf } from './tree.ts';

/** Something that is not as it was recorded. `name` and `key`: table and row; `index`: where in the log. */
export type Fault = { what: string; name: string; key: string; index: number | null };
export type Verified = { size: number; faults: Fault[]; took_ms: number; whole: boolean };

const CHUNK = 4096;
const WIDTH = 256;
const HASH = 32;
// one wrong row is enough; a list without end would only fill the memory
const MOST_FAULTS = 10_000;
const ACTS = new Set(['foundation.ledger', 'house.migration']);
const MILLION = 1_000_000;

class Found {
  readonly faults: Fault[] = [];
  add(what: string, about: Partial<Fault> = {}): void {
    if (this.faults.length < MOST_FAULTS) this.faults.push({ what, name: '', key: '', index: null, ...about });
  }
}
// a copy may bear the signatures of witnesses beside the log's own
const textOf = (note: string): string => note.slice(0, note.lastIndexOf('\n\n'));
const place = ({ name, key, index }: Leaf) => ({ name, key, index });

/** Follows the transactions of the log: each has a line in the ledger, or it was no act. */
class Transactions {
  #first: Leaf | undefined;
  #act = false;
  readonly #found: Found;
  constructor(found: Found) {
    this.#found = found;
  }
  see(leaf: Leaf): void {
    if (leaf.xid !== this.#first?.xid) {
      this.end();
      [this.#first, this.#act] = [leaf, false];
    }
    this.#act ||= ACTS.has(leaf.name) || leaf.op === 'b';
  }
  end(): void {
    if (this.#first && !this.#act) this.#found.add('without-an-act', place(this.#first));
  }
}

/** Compares the tree with the checkpoints on its way through the log. */
class Checkpoints {
  next: Mark | undefined;
  last_at = 0;
  #notes = { size: -1, seen: new Set<string>() };
  #forked = false;
  #good = 0;
  readonly #marks: AsyncGenerator<Mark>;
  readonly #found: Found;
  constructor(marks: AsyncGenerator<Mark>, found: Found) {
    [this.#marks, this.#found] = [marks, found];
  }
  async move(): Promise<void> {
    const { value, done } = await this.#marks.next();
    this.next = done ? undefined : (value as Mark);
  }
  /** Looks at every checkpoint of the size that the tree has now. */
  async reach(tree: Growing): Promise<void> {
    let root: Buffer | undefined;
    for (; this.next && this.next.size <= tree.size; await this.move()) {
      const { from, size, says, note, fault } = this.next;
      if (fault) {
        this.#found.add(fault, { index: size, name: 'audit.checkpoint' });
        continue;
      }
      if (this.#notes.size !== size) this.#notes = { size, seen: new Set() };
      if (from === 'database') this.#notes.seen.add(textOf(note));
      root ??= tree.root();
      if (!says?.root.equals(root)) {
        // everything after the first difference differs: said once, with the stretch in which it lies
        if (!this.#forked)
          this.#found.add('tree-changed', { name: 'audit.leaf', key: `${this.#good}-${size - 1}`, index: size });
        this.#forked = true;
        continue;
      }
      if (from === 'copy' && !this.#notes.seen.has(textOf(note)))
        this.#found.add('checkpoint-deleted', { name: 'audit.checkpoint', index: size });
      if (!this.#forked) this.#good = size;
      this.last_at = Math.max(this.last_at, says.at);
    }
  }
  /** Whatever is larger than the log: what the log had once. */
  async rest(size: number): Promise<void> {
    let cut: Mark | undefined;
    for (; this.next; await this.move()) {
      if (this.next.fault) this.#found.add(this.next.fault, { name: 'audit.checkpoint', index: this.next.size });
      else cut = this.next;
    }
    if (cut) this.#found.add('tail-cut', { name: 'audit.leaf', key: `${size}-${cut.size - 1}`, index: cut.size });
  }
}

async function checkLog(r: Reading, from: number, files: readonly string[], found: Found): Promise<number> {
  const keys = knownKeys();
  const { head } = await store.headOf(r);
  const size = Math.max(await store.leafCount(r), 0);
  const marks = new Checkpoints(
    merged([marksOfDatabase(r, keys, from), ...files.map((file) => marksOfFile(file, keys, from))]),
    found,
  );
  const tree = new Growing(from, from > 0 ? await hashesOver(r, wholeParts([0, from])) : []);
  const transactions = new Transactions(found);
  await marks.move();
  await marks.reach(tree);
  for (let lo = from; lo < size; lo += CHUNK) {
    const hi = Math.min(size, lo + CHUNK);
    const leaves = new Map((await store.leavesBetween(r, lo, hi)).map((leaf) => [leaf.index, leaf]));
    const kept = await keptHashes(r, lo, hi);
    for (let index = lo; index < hi; index++) {
      const leaf = leaves.get(index);
      const stood = kept.get(index);
      const hash = leaf && hashOfLeaf(leaf);
      if (!leaf) found.add('leaf-missing', { name: 'audit.leaf', index });
      else if (!stood || !hash?.equals(stood))
        found.add(
          [...kept.values()].some((other) => hash?.equals(other)) ? 'order-changed' : 'leaf-changed',
          place(leaf),
        );
      if (leaf) {
        transactions.see(leaf);
        const at = leaf.recorded_us / MILLION;
        if (at < marks.last_at - SLACK_S || (marks.next?.says && at > marks.next.says.at + SLACK_S))
          found.add('dated-back', place(leaf));
      }
      tree.push(stood ?? hash ?? Buffer.alloc(HASH));
      if (marks.next && marks.next.size <= tree.size) await marks.reach(tree);
    }
  }
  transactions.end();
  await marks.rest(size);
  if (head && head.size < size) found.add('beyond-the-last-checkpoint', { name: 'audit.leaf', index: head.size });
  const kept = await rootOf(r, size).catch(() => undefined);
  if (!kept?.equals(tree.root())) found.add('tiles-changed', { name: 'audit.tile' });
  return size;
}

async function keptHashes(r: Reading, lo: number, hi: number): Promise<Map<number, Buffer>> {
  const first = Math.floor(lo / WIDTH);
  const wanted = Array.from({ length: Math.ceil(hi / WIDTH) - first }, (_, n) => [0, first + n] as const);
  const kept = new Map<number, Buffer>();
  for (const { n, hashes } of await store.tilesOf(r, wanted))
    for (let at = 0; at < hashes.length / HASH; at++)
      kept.set(n * WIDTH + at, hashes.subarray(at * HASH, (at + 1) * HASH));
  return kept;
}

async function checkRows(r: Reading, found: Found): Promise<void> {
  for (const name of await store.uncovered(r, Object.keys(NOT_TRACED))) found.add('not-traced', { name });
  for (const name of await store.tracedTables(r))
    for (const fault of await store.rowFaults(r, name, SLACK_S)) found.add(fault.what, { ...fault, name });
  for (const waiting of await store.leftWaiting(r, SLACK_S)) found.add('left-waiting', waiting);
}

/**
 * Checks the whole log, or its rows and what has come since a size that was found good.
 * @param options.copies files of checkpoints that were kept elsewhere, beside the house's own
 * @param options.from the size to go on from; the whole log when absent
 */
export async function verifyLog(options: { copies?: readonly string[]; from?: number } = {}): Promise<Verified> {
  const own = copiesAt();
  const files = [...(own ? [own] : []), ...(options.copies ?? [])];
  const found = new Found();
  const started = performance.now();
  const from = options.from ?? 0;
  // two readings at once: one core reads the log, the other the tables
  const [size] = await Promise.all([
    read(house(), 'audit.verify', (r) => checkLog(r, from, files, found)),
    read(house(), 'audit.verify', (r) => checkRows(r, found)),
  ]);
  const by = ({ name, index, key }: Fault) => `${name} ${String(index ?? '').padStart(12)} ${key}`;
  found.faults.sort((a, b) => (by(a) < by(b) ? -1 : 1));
  return { size, faults: found.faults, took_ms: Math.round(performance.now() - started), whole: from === 0 };
}
