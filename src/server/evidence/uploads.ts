// A file on its way in: begun, carried on after every interruption, looked at when it is whole, kept or refused. What was refused or
// left lying loses its bytes and its key.
import { createHash, randomBytes } from 'node:crypto';
import {
  type Act,
  type Actor,
  act,
  asHouse,
  firstTime,
  house,
  keys,
  note,
  type Options,
  type Reading,
  read,
  Refusal,
  refuse,
  refuseIf,
} from '#foundation';
import { sealNarrative } from '#sealed-identity';
import { actorOf } from '#signin';
import { examine } from './examine.ts';
import { addDigital } from './exhibits.ts';
import type { UploadForm } from './forms.ts';
import { isTwoThings, mediaOf } from './media.ts';
import { dropUpload, heldStored } from './held.ts';
import { HER_KINDS, LIMITS, whyNotAdd } from './rules.ts';
import { append, arrived, isId, makeRoom, remove, SEGMENT } from './shelf.ts';
import * as table from './store-held.ts';
import * as store from './store.ts';
import { type Repeat, storedOf, wrapPlace } from './wrapped.ts';

/** A file as its sender is told of it: how much of it is there. */
export type Progress = { id: string; size: number; offset: number; state: store.UploadRow['state'] };
/** An id nobody can guess; the same key of the same sender draws the same one. */
export const drawId = (repeat: Repeat): string =>
  (repeat ? keys.mac('evidence-upload', repeat.scope, repeat.key).subarray(0, 16) : randomBytes(16)).toString('hex');

const sealedOr = async (a: Act, file: string, field: string, text: string | undefined) =>
  text ? sealNarrative(a, file, field, text) : null;

/**
 * Begins an upload: checks who sends what to which case, draws the key of this one file, makes room.
 * @param told id (32 hex digits), the complaint number (she may leave it out), its length in bytes, what is said of it
 * @throws Refusal `not-found`, whatever `whyNotAdd` says, `file-too-large`, `file-empty`, `too-many-files`, `hers-only-these`,
 *   `not-in-the-future`, `key-used-differently`, `no-room-left`
 */
export async function beginUpload(
  actor: Actor,
  told: { id: string; number: string | undefined; size: number; form: UploadForm; repeat?: Repeat },
  options: Options = {},
): Promise<void> {
  const { id, size, form } = told;
  const key = randomBytes(32);
  await act(
    actor,
    'evidence.begin-upload',
    async (a) => {
      const target = await targetOf(a, told);
      if (size < 1) refuse('file-empty', 'file');
      if (size > target.bytes) refuse('file-too-large', 'file', { megabytes: target.bytes / 1024 / 1024 });
      if (form.found_at && Temporal.Instant.compare(form.found_at, a.now) > 0) refuse('not-in-the-future', 'found_at');
      if (told.repeat && !(await firstTime(a, told.repeat, target.file))) return;
      const row: store.UploadRow = {
        id,
        file: target.file,
        origin: target.origin,
        post: a.actor.kind === 'officer' ? a.actor.post : null,
        officer: a.actor.kind === 'officer' ? a.actor.officer : null,
        kind: form.kind,
        size,
        wrapped_key: await keys.wrap(key, wrapPlace(id, target.file)),
        sealed_name: await sealNarrative(a, target.file, `upload:${id}:name`, form.filename),
        sealed_description: await sealedOr(a, target.file, `upload:${id}:description`, form.description),
        sealed_place: await sealedOr(a, target.file, `upload:${id}:place`, form.found_where),
        found_at: form.found_at ?? null,
        reports_on: form.reports_on,
        began_at: a.now,
        state: 'arriving',
        refusal: null,
        media: null,
        sha256: null,
        scan: null,
        ended_at: null,
      };
      await store.oneAtATime(a, target.file);
      // her role reads and writes no table: the house counts and writes for her
      await asHouse(a, async (h) => {
        const full =
          target.origin === 'complainant'
            ? (await table.countHers(h, target.file)) >= LIMITS.hers.files
            : (await store.countArriving(h, target.file)) >= LIMITS.officer.unfinished;
        if (full) refuse('too-many-files', 'file', { most: LIMITS.hers.files });
        if (target.origin === 'complainant') await store.addUpload(h, row);
      });
      if (target.origin === 'police') await store.addUpload(a, row);
      await note(a, 'evidence.upload-begun', target.file, { upload: id });
      await makeRoom({ id, key, size });
    },
    options,
  );
}

async function targetOf(a: Act, { number, form }: { number: string | undefined; form: UploadForm }) {
  if (a.actor.kind === 'officer') {
    const found = await store.caseOf(a, number ?? refuse('not-found', 'number'));
    refuseIf(whyNotAdd({ state: found.state, kind: a.actor.post_kind, held: found.held }));
    return { file: found.file, origin: 'police' as const, bytes: LIMITS.officer.bytes };
  }
  if (a.actor.kind !== 'citizen') refuse('not-your-power');
  const mine = await store.myCase(a);
  if (number !== undefined && number !== mine.number) refuse('not-found', 'number');
  if (['closed', 'handed-over', 'refused'].includes(mine.state)) refuse('file-closed');
  if (!(HER_KINDS as readonly string[]).includes(form.kind)) refuse('hers-only-these', 'kind');
  return { file: mine.file, origin: 'complainant' as const, bytes: LIMITS.hers.bytes };
}

// An upload on its way, wherever it will belong: to a case, or held for her until something takes it.
type Coming = Pick<store.UploadRow, 'id' | 'size' | 'state' | 'refusal'> & { kind: string | null } & (
    | { held: false; row: store.UploadRow }
    | { held: true; row: table.HeldRow }
  );

// Whose upload it is: the post's, hers. For everybody else it does not exist.
async function mineOf(r: Reading, id: string): Promise<Coming> {
  if (!isId(id)) refuse('not-found');
  const { actor } = r;
  if (actor.kind === 'citizen') {
    const [held] = await table.myHeld(r, id);
    if (held) return { ...held, held: true, row: held };
    const row = (await store.myUpload(r, id)) ?? refuse('not-found');
    return { ...row, held: false, row };
  }
  const row = actor.kind === 'officer' ? await store.findUpload(r, id) : undefined;
  return row && row.origin === 'police' && actor.kind === 'officer' && row.post === actor.post
    ? { ...row, held: false, row }
    : refuse('not-found');
}

/** With what the shelf needs, where there is something on it. */
const rowFor = (actor: Actor, id: string, options: Options = {}) =>
  read(
    actor,
    'evidence.look-upload',
    async (r) => {
      const coming = await mineOf(r, id);
      if (coming.state !== 'arriving') return { ...coming, stored: undefined };
      return { ...coming, stored: coming.held ? await heldStored(r, coming.row) : await storedOf(coming.row) };
    },
    options,
  );

/**
 * How far an upload has come. One whose bytes are all there but which was not looked at yet lacks its last piece: sending that again
 * brings it to its end.
 * @throws Refusal `not-found`, `upload-expired`, or why it was refused
 */
export async function progressOf(actor: Actor, id: string, options: Options = {}): Promise<Progress> {
  const { size, state, refusal, stored } = await rowFor(actor, id, options);
  if (state === 'expired') refuse('upload-expired');
  if (state === 'refused') refuse(refusal ?? 'not-this-type', 'file');
  if (!stored) return { id, size, offset: size, state };
  const there = await arrived(stored);
  return { id, size, offset: there < size ? there : Math.floor((size - 1) / SEGMENT) * SEGMENT, state };
}

const STILL_THERE_EVERY_MS = 60_000;

/** Asks once a minute whether the sender's session still stands: a shift that ended ends its uploads too. */
async function* whileSignedIn(actor: Actor, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let asked = performance.now();
  for await (const chunk of source) {
    if (performance.now() - asked > STILL_THERE_EVERY_MS) {
      if (!actor.secret || !(await actorOf(actor.secret))) refuse('session-over');
      asked = performance.now();
    }
    yield chunk;
  }
}

// two writers at one file would tear it; tus lets one in at a time, a form pressed twice is told
const writing = new Set<string>();

/**
 * Takes more of an upload; with the last byte it is looked at and becomes an exhibit, is held for her, or is refused. One caller at a time for each id.
 * @param from where the bytes belong, as {@link progressOf} says
 * @returns how much is there now
 * @throws Refusal `already-arriving`, `not-this-type`, `kind-does-not-fit`, `file-too-large`, `two-things-in-one`, `file-cut-off`,
 *   `malware-found`, `picture-too-large`, `file-damaged`, and what progressOf throws
 */
export async function carryOn(
  actor: Actor,
  id: string,
  from: number,
  source: AsyncIterable<Uint8Array>,
  options: Options = {},
): Promise<number> {
  const row = await rowFor(actor, id, options);
  const { stored } = row;
  if (!stored) return (await progressOf(actor, id, options)).offset;
  if (writing.has(id)) refuse('already-arriving');
  writing.add(id);
  try {
    const there = await append(stored, from, whileSignedIn(actor, source), (head) => lookAtHead(row, head));
    if (there < row.size) return there;
    const found = await examine(row, stored);
    await act(
      actor,
      'evidence.keep-upload',
      async (a) => {
        const mine = await mineOf(a, id);
        const end = { state: 'kept', ended_at: a.now, ...found } as const;
        const kept = await asHouse(a, (h) => (mine.held ? table.endHeld(h, id, end) : store.endUpload(h, id, end)));
        if (kept && !mine.held) await addDigital(a, { ...mine.row, ...found });
      },
      options,
    );
    return row.size;
  } catch (fault) {
    if (fault instanceof Refusal && ENDS_IT.has(fault.code)) await refuseFor(row, fault.code);
    throw fault;
  } finally {
    writing.delete(id);
  }
}

// The first segment says what it is: what is not taken is refused before the rest is sent.
function lookAtHead(row: { size: number }, head: Buffer): void {
  const media = mediaOf(head, head.length === row.size) ?? refuse('not-this-type', 'file');
  if (isTwoThings(media, head, Buffer.alloc(0))) refuse('two-things-in-one', 'file');
}

// what no further try can mend
const ENDS_IT: ReadonlySet<string> = new Set([
  'not-this-type',
  'kind-does-not-fit',
  'file-too-large',
  'longer-than-said',
  'two-things-in-one',
  'file-cut-off',
  'malware-found',
  'picture-too-large',
  'file-damaged',
]);

// refused: said for good, the key forgotten, the bytes gone
async function refuseFor({ id, held }: Coming, refusal: string): Promise<void> {
  await act(house(), 'evidence.refuse-upload', async (h) => {
    const end = { state: 'refused', refusal, ended_at: h.now } as const;
    const ended = held
      ? await table.endHeld(h, id, { ...end, sealed_key: null })
      : await store.endUpload(h, id, { ...end, wrapped_key: null });
    if (ended) await note(h, 'evidence.upload-refused', null, { upload: id, refusal });
  });
  await remove(id);
}

/** Gives an unfinished upload up, as its sender wishes. @throws Refusal `not-found`, `already-done` for one that is an exhibit */
export async function giveUp(actor: Actor, id: string, options: Options = {}): Promise<void> {
  const { held, state } = await rowFor(actor, id, options);
  if (held) {
    await act(actor, 'evidence.drop-upload', (a) => dropUpload(a, id), options);
  } else {
    if (state === 'kept') refuse('already-done');
    await act(house(), 'evidence.give-up-upload', async (h) => {
      await store.endUpload(h, id, { state: 'expired', wrapped_key: null, ended_at: h.now });
    });
  }
  await remove(id);
}

/** The number that a kept upload has as an exhibit. @throws Refusal `not-found` while it has none */
export const exhibitOf = (actor: Actor, id: string, options: Options = {}): Promise<number> =>
  read(actor, 'evidence.look-upload', async (r) => (await store.numberOfUpload(r, id)) ?? refuse('not-found'), options);

/** SHA-256 of what was said about an upload: the same key with other words is another request. */
export const saidHash = (metadata: string, size: string): Buffer =>
  createHash('sha256').update(`${metadata.length}|${metadata}|${size}`).digest();
