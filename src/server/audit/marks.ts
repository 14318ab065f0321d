// Checkpoints from several places in the order of their sizes: those of the database, and copies that were kept elsewhere.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Reading } from '#foundation';
import { type Checkpoint, openCheckpoint } from './signed-note.ts';
import { checkpointsAfter } from './store.ts';

/** A checkpoint with where it comes from. `fault`: why it counts for nothing. */
export type Mark = {
  from: 'database' | 'copy';
  size: number;
  note: string;
  fault: string | undefined;
  says: Checkpoint | undefined;
};
type Keys = readonly { name: string; public: Buffer }[];
const PAGE = 2000;

/** The database's own, each compared with its signature. */
export async function* marksOfDatabase(r: Pick<Reading, 'db'>, keys: Keys, from: number): AsyncGenerator<Mark> {
  let [after, last] = ['-infinity', 0];
  for (;;) {
    const page = await checkpointsAfter(r, after, PAGE);
    for (const { size, root, note, at } of page) {
      after = at;
      const says = openCheckpoint(note, keys);
      const same =
        says?.size === size &&
        says.root.equals(root) &&
        Math.abs(Temporal.Instant.from(at).epochMilliseconds / 1000 - says.at) < 2;
      const fault = !says ? 'not-signed' : !same ? 'checkpoint-changed' : size < last ? 'went-back' : undefined;
      last = Math.max(last, size);
      if (size >= from || fault) yield { from: 'database', size, note, says, fault };
    }
    if (page.length < PAGE) return;
  }
}

/** Notes one after the other, with or without an empty line between them: a note ends after its signatures. */
async function* notesIn(file: string): AsyncGenerator<string> {
  let note = '';
  for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) {
    if (note.includes('\n\n') && !line.startsWith('\u2014 ')) {
      yield note;
      note = '';
    }
    if (line !== '' || note !== '') note += `${line}\n`;
  }
  if (note.trim() !== '') yield note;
}

/** Copies in a file, in the order in which they were signed. */
export async function* marksOfFile(file: string, keys: Keys, from: number): AsyncGenerator<Mark> {
  let last = 0;
  for await (const note of notesIn(file)) {
    const says = openCheckpoint(note, keys);
    const size = says?.size ?? last;
    const fault = !says ? 'copy-not-signed' : size < last ? 'went-back' : undefined;
    last = Math.max(last, size);
    if (size >= from || fault) yield { from: 'copy', size, note, says, fault };
  }
}

/** All of them by size; among those of one size the database's come first. */
export async function* merged(sources: AsyncGenerator<Mark>[]): AsyncGenerator<Mark> {
  const heads = await Promise.all(sources.map((source) => source.next()));
  for (;;) {
    let first = -1;
    heads.forEach((head, n) => {
      if (!head.done && (first < 0 || head.value.size < heads[first]!.value.size)) first = n;
    });
    if (first < 0) return;
    yield heads[first]!.value as Mark;
    heads[first] = await sources[first]!.next();
  }
}
