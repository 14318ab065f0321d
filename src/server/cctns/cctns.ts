// The door of cctns: FIRs and final reports of other systems, read from their files, so that the figures are those of everywhere.
import type { Readable } from 'node:stream';
import {
  act,
  asHouse,
  type Act,
  type Actor,
  firstTime,
  newId,
  type Reading,
  refuse,
  refuseIf,
  type Repeatable,
} from '#foundation';
import { readCitations } from '#law';
import { findUnit, type Named, postName } from '#posts';
import type { DecidePieceForm, DecidePlaceForm } from './forms.ts';
import { MAPPINGS, type Mapping } from './mapping.ts';
import { LEASE, whyNotDecide, whyNotImport } from './rules.ts';
import * as store from './store.ts';
import * as known from './store-known.ts';
import { layDown, takeAway } from './tray.ts';

export { loadFigures } from './balances.ts';
export { decidePieceForm, decidePlaceForm, receiveForm } from './forms.ts';
export { jobs, watch } from './jobs.ts';
export { type Mapping, mappingForm } from './mapping.ts';
export { readBatch } from './reading.ts';
export { rowsOf as rowsOfTable } from './records.ts';
export { FAULT_CODES } from './rows.ts';
export type { Batch, Rejection } from './store.ts';
export { openTray, streamOf } from './tray.ts';

/** Where a file comes from, and how it is called in the list. */
export type Origin = { source: store.Batch['source']; name: string };
/** Something that waits for an administrator, and how many FIRs wait with it. */
export type Waiting = {
  places: { path: string; level: string; name: string; above: Named | null; firs: number }[];
  places_in_all: number;
  pieces: { id: string; text: string; firs: number }[];
  pieces_in_all: number;
};

const SHOWN = 100;
const REJECTIONS_AT_ONCE = 5000;

/** The names under which mappings are known. */
export async function mappingsKnown(a: Act): Promise<string[]> {
  refuseIf(whyNotImport(a.actor));
  const given = await asHouse(a, known.mappingNames);
  return [...new Set([...Object.keys(MAPPINGS), ...given])].sort();
}

async function mappingOf(a: Act, name: string): Promise<Mapping> {
  const given = await asHouse(a, (h) => known.mappingNamed(h, name));
  return given?.says ?? MAPPINGS[name] ?? refuse('mapping-unknown', 'mapping');
}

/**
 * Gives a mapping a name, for files to come. One that bore the name before is kept, and counts no more.
 * @throws Refusal `not-your-power`
 */
export async function keepMapping(a: Act, name: string, says: Mapping): Promise<void> {
  refuseIf(whyNotImport(a.actor));
  const made_by = a.actor.kind === 'officer' ? a.actor.post : null;
  await asHouse(a, async (h) => {
    const before = await known.mappingNamed(h, name);
    await known.addMapping(h, { name, n: (before?.n ?? 0) + 1, says, made_by });
  });
}

/**
 * Takes a file in: it lies on the disk whole before this returns, and is read afterwards.
 * @param mapping its name, or itself
 * @param once the key under which the file may come twice and is still one
 * @returns the batch
 * @throws Refusal `not-your-power`; `mapping-unknown` about `mapping`; `key-used-differently`
 */
export async function receive(
  who: Actor,
  file: Readable,
  mapping: string | Mapping,
  origin: Origin,
  options: { request_id?: string; once?: Omit<Repeatable, 'body_hash'> | undefined } = {},
): Promise<string> {
  refuseIf(whyNotImport(who));
  const { once, ...with_id } = options;
  const says =
    typeof mapping === 'string'
      ? await act(who, 'cctns.look-up-mapping', (a) => mappingOf(a, mapping), with_id)
      : mapping;
  const id = newId();
  const { sha256, size } = await layDown(id, file);
  const kept = await act(
    who,
    'cctns.receive',
    async (a) => {
      if (once && !(await firstTime(a, { ...once, body_hash: sha256 }, id)))
        return asHouse(a, (h) => store.batchOfContent(h, sha256));
      const made_by = a.actor.kind === 'officer' ? a.actor.post : null;
      const name = origin.name.slice(0, 120) || '-';
      await asHouse(a, async (h) => {
        const next_at = h.now.add(LEASE);
        await store.addBatch(h, {
          id,
          source: origin.source,
          name,
          mapping: says,
          sha256,
          size,
          made_at: h.now,
          made_by,
          next_at,
        });
        // who calls from a shell reads it there and then
        if (origin.source !== 'cli') await h.later('cctns.read', { batch: id });
      });
      return id;
    },
    { subject: id, ...with_id },
  ).catch(async (error: unknown) => {
    await takeAway(id);
    throw error;
  });
  if (kept !== id) await takeAway(id);
  return kept ?? refuse('not-found');
}

/** A batch as it stands now. @throws Refusal `not-your-power`, `not-found` */
export async function batchNow(a: Act, id: string): Promise<store.Batch> {
  refuseIf(whyNotImport(a.actor));
  return (await asHouse(a, (h) => store.batchById(h, id))) ?? refuse('not-found');
}

/** The batches that came last. @throws Refusal `not-your-power` */
export async function batchesNow(r: Reading): Promise<store.Batch[]> {
  refuseIf(whyNotImport(r.actor));
  return store.batches(r, SHOWN);
}

/**
 * What was refused of a batch, in the order of the file, part by part: a list can be as long as its file.
 * @param a one act for each part: nothing is held open while somebody reads slowly
 * @throws Refusal `not-your-power`, `not-found`
 */
export async function* rejectionsOf(who: Actor, id: string): AsyncGenerator<store.Rejection[]> {
  let after = { line: -1, n: 0 };
  for (;;) {
    const part = await act(who, 'cctns.read-rejections', async (a) => {
      await batchNow(a, id);
      return asHouse(a, (h) => store.rejections(h, id, after, REJECTIONS_AT_ONCE));
    });
    const last = part.at(-1);
    if (last) yield part;
    if (!last || part.length < REJECTIONS_AT_ONCE) return;
    after = { line: last.line, n: last.n };
  }
}

/** Places and pieces of sections that nobody knows, those with the most FIRs first. @throws Refusal `not-your-power` */
export async function waitingHere(r: Reading): Promise<Waiting> {
  refuseIf(whyNotDecide(r.actor));
  const unit = r.actor.kind === 'officer' ? r.actor.unit : '';
  const places = await known.openPlaces(r, unit, SHOWN);
  const pieces = await known.openPieces(r, SHOWN);
  return {
    places: places.map(shown),
    places_in_all: places[0]?.n ?? 0,
    pieces: pieces.map(({ id, text, firs }) => ({ id, text, firs })),
    pieces_in_all: pieces[0]?.n ?? 0,
  };
}

const shown = (place: Awaited<ReturnType<typeof known.openPlaces>>[number]): Waiting['places'][number] => ({
  path: place.path,
  level: place.level,
  name: place.name_hi,
  above: place.above_hi === null ? null : { hi: place.above_hi, en: place.above_en ?? place.above_hi },
  firs: place.firs,
});

/** How many places and pieces wait for an administrator. */
export const waitingCount = (r: Reading): Promise<number> =>
  r.actor.kind === 'officer' ? known.countWaiting(r, r.actor.unit) : Promise.resolve(0);

/**
 * Says what an unknown place is: a unit of the house or of the figures, or one of its own. Its FIRs go there at once; those that are there
 * already under the same number are one with them. Rows to come are read so.
 * @returns how many FIRs went with it
 * @throws Refusal `not-your-power`; `not-found` about `path`; `no-such-unit` about `is`; `already-decided`
 */
export async function decidePlace(a: Act, { path, is }: DecidePlaceForm): Promise<number> {
  refuseIf(whyNotDecide(a.actor, path));
  const post = a.actor.kind === 'officer' ? a.actor.post : refuse('not-your-power');
  const place = (await known.placeByPath(a, path)) ?? refuse('not-found', 'path');
  if (place.known || place.becomes) refuse('already-decided', 'path');
  const to = is === 'own' ? path : is;
  if (to !== path) {
    const unit = await findUnit(a, to);
    const other = unit ? undefined : await known.placeByPath(a, to);
    const level =
      unit?.level === 'commissionerate' ? 'district' : (unit?.level ?? (other?.known ? other.level : undefined));
    if (level !== place.level || to.startsWith(`${path}.`)) refuse('no-such-unit', 'is');
  }
  return asHouse(a, async (h) => (await known.decidePlace(h, path, to, post)) ?? refuse('already-decided', 'path'));
}

/**
 * Says what a piece of sections means, in words that can be read. FIRs that have it are read again, in a job; rows to come are read so.
 * @throws Refusal `not-your-power`, `not-found`, `already-decided`; `sections-unreadable` about `means`
 */
export async function decidePiece(a: Act, { id, means }: DecidePieceForm): Promise<void> {
  refuseIf(whyNotDecide(a.actor));
  const post = a.actor.kind === 'officer' ? a.actor.post : refuse('not-your-power');
  const read = readCitations(means);
  if (read.cited.length === 0 || read.unread.length > 0) refuse('sections-unreadable', 'means');
  await asHouse(a, async (h) => {
    const piece = (await known.unreadById(h, id)) ?? refuse('not-found');
    if (piece.means !== null) refuse('already-decided');
    await known.decidePiece(h, id, means, post);
    await h.later('cctns.read-again', { piece: id });
  });
}

/** An unknown place, and what it could be: the units of its level under the one it is named under. */
export async function choicesFor(
  r: Reading,
  path: string,
): Promise<Waiting['places'][number] & { choices: { path: string; name: Named }[] }> {
  refuseIf(whyNotDecide(r.actor, path));
  const place = (await known.openPlaces(r, path, 1))[0];
  if (place?.path !== path) return refuse('not-found');
  const units = await known.unitsLike(r, path.split('.').slice(0, -1).join('.'), place.level);
  return { ...shown(place), choices: units.map((unit) => ({ path: unit.path, name: postName(unit) })) };
}
