// A recording that she agreed to: taken in pieces while the hearing runs, kept as an exhibit with its hash. What arrived before a crash stays.
import { createHash } from 'node:crypto';
import { type Act, type Actor, act, asHouse, house, keys, newId, read, refuse, refuseIf } from '#foundation';
import { beginUpload, carryOn, drawId, exhibitOf, progressOf, uploadForm } from '#evidence';
import { done, officer, ofFile } from './appointment.ts';
import * as store from './store.ts';
import * as room from './store-room.ts';

/** What is said of it among the evidence; the officers' language is Hindi. */
const DESCRIPTION = 'सुनवाई की रिकॉर्डिंग, उनकी सहमति से';
const piecePlace = (recording: string, n: number) => `${recording}:${n}`;

async function mine(a: Act, hearing: string): Promise<store.Hearing> {
  const it = (await store.findHearing(a, hearing)) ?? refuse('not-found');
  refuseIf(it.post === officer(a).post ? undefined : 'not-your-hearing');
  return it;
}

const agreed = async (h: Act, hearing: string): Promise<boolean> =>
  (await store.consentsOf(h, [hearing])).at(-1)?.given ?? false;

/**
 * Begins a recording. Only while her consent stands, one at a time.
 * @returns its id
 * @throws Refusal `not-found`, `not-your-hearing`, `hearing-over`, `not-open-yet`, `needs-consent`, `already-recording`
 */
export async function beginRecording(a: Act, hearing: string): Promise<string> {
  const it = await mine(a, hearing);
  const me = officer(a);
  const id = newId();
  await asHouse(a, async (h) => {
    await store.lockHearing(h, hearing);
    refuseIf((await agreed(h, hearing)) ? undefined : 'needs-consent');
    const running = (await store.recordingsOf(h, [hearing])).some(({ ended_at }) => ended_at === null);
    refuseIf(running ? 'already-recording' : undefined);
  });
  await done(a, it, 'join', { what: 'recording-began' });
  await asHouse(a, (h) =>
    room.addRecording(h, {
      id,
      hearing,
      post: me.post,
      officer: me.officer,
      at: h.now,
      ended_at: null,
      upload: null,
      exhibit: null,
    }),
  );
  return id;
}

/**
 * The next piece. The same one again changes nothing; one that is missing is asked for.
 * @returns how many pieces are there
 * @throws Refusal `not-found`, `not-your-hearing`, `needs-consent` once she has taken it back, `recording-over`, `piece-out-of-order`
 */
export async function addPiece(
  a: Act,
  hearing: string,
  told: { recording: string; n: number; bytes: Buffer },
): Promise<number> {
  await mine(a, hearing);
  const me = officer(a);
  const { recording, n, bytes } = told;
  const sha256 = createHash('sha256').update(bytes).digest();
  return asHouse(a, async (h) => {
    const row = await room.lockRecording(h, recording);
    if (!row || row.hearing !== hearing || row.post !== me.post) return refuse('not-found');
    refuseIf((await agreed(h, hearing)) ? undefined : 'needs-consent');
    refuseIf(row.ended_at ? 'recording-over' : undefined);
    const there = await room.piecesOf(h, recording);
    const again = there.find((piece) => piece.n === n);
    if (again) return again.sha256.equals(sha256) ? there.length : refuse('piece-out-of-order', 'n');
    refuseIf(n === there.length + 1 ? undefined : 'piece-out-of-order', 'n');
    const sealed = keys.seal('hearing-piece', piecePlace(recording, n), bytes);
    await room.addPiece(h, { recording, n, at: h.now, bytes: bytes.length, sha256, sealed });
    return n;
  });
}

/** Ends a recording; ending twice is ending once. @throws Refusal `not-found`, `not-your-hearing` */
export async function endRecording(a: Act, hearing: string, recording: string): Promise<void> {
  await mine(a, hearing);
  await asHouse(a, async (h) => {
    const row = await room.lockRecording(h, recording);
    if (!row || row.hearing !== hearing) return refuse('not-found');
    if (!row.ended_at) await room.changeRecording(h, recording, { ended_at: h.now });
  });
}

// from a byte on: an upload that was cut off is carried on where it stopped
async function* piecesFrom(actor: Actor, recording: string, count: number, from: number): AsyncGenerator<Uint8Array> {
  let skip = from;
  for (let n = 1; n <= count; n++) {
    const piece = await read(actor, 'hearing.read-piece', (r) => room.readPiece(r, recording, n));
    if (!piece) throw new Error('a piece is missing');
    const bytes = keys.open('hearing-piece', piecePlace(recording, n), piece.sealed);
    if (!createHash('sha256').update(bytes).digest().equals(piece.sha256))
      throw new Error('a piece is not what arrived');
    if (bytes.length > skip) yield bytes.subarray(skip);
    skip = Math.max(0, skip - bytes.length);
  }
}

/**
 * Makes an exhibit of what has arrived of a recording, with its SHA-256, and erases the pieces. Also after a crash in the middle: what had
 * arrived by then is kept, and a keeping that was cut off is carried on. Done twice it is one exhibit. For the post that works the file.
 * @param actor who keeps it, in several acts: a recording is longer than a transaction should be
 * @returns the exhibit's number
 * @throws Refusal `not-found`, `nothing-recorded`, `needs-end` while it runs, and as #evidence `beginUpload`, `carryOn`
 */
export async function keepRecording(
  actor: Actor,
  told: { number: string; hearing: string; recording: string },
  request_id?: string,
): Promise<number> {
  const options = request_id === undefined ? {} : { request_id };
  const { number, hearing, recording } = told;
  const { exhibit, pieces } = await act(actor, 'hearing.keep-recording', (a) => ended(a, told), options);
  if (exhibit !== null) return exhibit;
  const size = pieces.reduce((sum, { bytes }) => sum + bytes, 0);
  const body_hash = createHash('sha256');
  for (const { sha256 } of pieces) body_hash.update(sha256);
  const repeat = { scope: 'hearing recording', key: recording, body_hash: body_hash.digest() };
  const upload = drawId(repeat);
  const form = uploadForm.parse({ kind: 'video', description: DESCRIPTION });
  await beginUpload(actor, { id: upload, number, size, form, repeat }, options);
  const { offset } = await progressOf(actor, upload, options);
  if (offset < size)
    await carryOn(actor, upload, offset, piecesFrom(house(), recording, pieces.length, offset), options);
  const given = await exhibitOf(actor, upload, options);
  await act(actor, 'hearing.recording-kept', (a) => kept(a, { hearing, recording, upload }, given), options);
  return given;
}

async function ended(a: Act, { number, hearing, recording }: { number: string; hearing: string; recording: string }) {
  await ofFile(a, number, hearing);
  return asHouse(a, async (h) => {
    const row = await room.lockRecording(h, recording);
    if (!row || row.hearing !== hearing) return refuse('not-found');
    refuseIf(row.ended_at ? undefined : 'needs-end');
    const pieces = await room.piecesOf(h, recording);
    refuseIf(row.exhibit === null && pieces.length === 0 ? 'nothing-recorded' : undefined);
    return { exhibit: row.exhibit, pieces };
  });
}

async function kept(
  a: Act,
  told: { hearing: string; recording: string; upload: string },
  exhibit: number,
): Promise<void> {
  const me = officer(a);
  await asHouse(a, async (h) => {
    const row = await room.lockRecording(h, told.recording);
    if (row?.exhibit !== null) return;
    await room.changeRecording(h, told.recording, { exhibit, upload: told.upload });
    await room.erasePieces(h, told.recording);
    await store.addEvent(h, {
      id: newId(),
      hearing: told.hearing,
      what: 'recording-kept',
      at: h.now,
      post: me.post,
      officer: me.officer,
      form: { exhibit },
      sealed_words: null,
    });
  });
}
