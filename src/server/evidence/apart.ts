// What another room keeps here before it belongs to a case: the bytes on this shelf, under a key of their own; row and sight are that room's.
// When it comes to a complaint, it becomes an exhibit from her without being sent again.
import { randomBytes } from 'node:crypto';
import { type Act, house, keepBooks, keys } from '#foundation';
import { sealNarrative } from '#sealed-identity';
import { examine, type Found } from './examine.ts';
import { addDigital } from './exhibits.ts';
import type { ExhibitKind } from './rules.ts';
import { append, makeRoom, readBack, remove } from './shelf.ts';
import * as held from './store-held.ts';
import * as store from './store.ts';
import { wrapPlace } from './wrapped.ts';

/** A file on the shelf with its own key, `size` in bytes, looked at. */
export type Apart = Found & { id: string; key: Buffer; size: number };

/** What was expected and has not been settled for so long belongs to nobody: whoever wanted it died on the way. */
const UNSETTLED = { hours: 1 } as const;

/**
 * Draws the id of a file that is to be kept apart and writes down, before a byte of it lies on the shelf, that it is taken off again in an
 * hour: unless the act that gives it a row settles it. In a transaction of its own, so that it outlives a process that dies in between.
 */
export async function expectApart(): Promise<string> {
  const id = randomBytes(16).toString('hex');
  await keepBooks(house(), (h) => held.leaveBehind(h, id, h.now.add(UNSETTLED)));
  return id;
}

/**
 * Keeps a small file: on the shelf when this returns, read back, and looked at like every upload.
 * @param id as it was expected
 * @param bytes all of it
 * @param kind what it has to be
 * @throws Refusal `no-room-left`, `store-out-of-reach`, and what an upload is refused for (`not-this-type`, `kind-does-not-fit`, …)
 */
export async function keepApart(id: string, bytes: Buffer, kind: 'audio'): Promise<Apart> {
  const stored = { id, key: randomBytes(32), size: bytes.length };
  try {
    await makeRoom(stored);
    await append(stored, 0, whole(bytes), () => undefined);
    return { ...stored, ...(await examine({ kind }, stored)) };
  } catch (fault) {
    // its hour would come anyway
    await remove(id);
    throw fault;
  }
}
async function* whole(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** It has a row now and stays. In the act that writes the row. @throws Error when its hour was over: nothing is said to be kept */
export async function settleApart(h: Act, id: string): Promise<void> {
  const { numDeletedRows } = await held.takenAway(h, id);
  if (numDeletedRows !== 1n) throw new Error('it was taken off the shelf before it was settled');
}

/** All bytes of what was kept apart. Whoever calls this has asked who may have them. @throws Refusal `store-out-of-reach` */
export async function readApart(of: Pick<Apart, 'id' | 'key' | 'size'>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const bytes of readBack(of)) parts.push(bytes);
  return Buffer.concat(parts);
}

/** What is said of a file of hers that becomes an exhibit. */
type OfHers = Pick<Apart, 'id' | 'size' | 'key' | 'media'> &
  Pick<store.UploadRow, 'began_at' | 'ended_at' | 'sha256' | 'scan' | 'found_at'> & {
    kind: ExhibitKind;
    name: string;
    description: string | null;
  };
/** The row of a file of hers that is whole: its key wrapped, its words sealed for the case. */
export const rowOfHers = async (a: Act, file: string, of: OfHers): Promise<store.UploadRow> => ({
  id: of.id,
  file,
  origin: 'complainant',
  post: null,
  officer: null,
  kind: of.kind,
  size: of.size,
  wrapped_key: await keys.wrap(of.key, wrapPlace(of.id, file)),
  sealed_name: await sealNarrative(a, file, `upload:${of.id}:name`, of.name),
  sealed_description:
    of.description === null ? null : await sealNarrative(a, file, `upload:${of.id}:description`, of.description),
  sealed_place: null,
  found_at: of.found_at,
  reports_on: [],
  began_at: of.began_at,
  state: 'kept',
  refusal: null,
  media: of.media,
  sha256: of.sha256,
  scan: of.scan,
  ended_at: of.ended_at,
});

/**
 * Makes an exhibit of sound that came with an alarm, with the first link of its chain. As the house, in the act that files the complaint.
 * @param file the case
 * @param told `description` is sealed; `at`: when it was recorded, `heard_at`: when it came
 * @returns the number the exhibit was given
 */
export async function attachAlarmSound(
  h: Act,
  file: string,
  of: Apart,
  told: { description: string; at: Temporal.Instant; heard_at: Temporal.Instant },
): Promise<number> {
  const row = await rowOfHers(h, file, {
    ...of,
    kind: 'audio',
    name: '',
    description: told.description,
    found_at: told.at,
    began_at: told.heard_at,
    ended_at: told.heard_at,
  });
  await store.addUpload(h, row);
  return addDigital(h, row, 'alarm');
}
