// What she sends in before it belongs to anything: kept for her unsent form or her open file, seen by her alone, until the form is sent
// or a message takes it. Its key is sealed under the key of the form or the case, and goes with it.
import { randomBytes } from 'node:crypto';
import { type Act, type Actor, act, asHouse, firstTime, note, type Options, type Reading, refuse } from '#foundation';
import { type DraftSeal, draftSeal } from '#intake';
import { openNarrative, sealNarrative } from '#sealed-identity';
import { addDigital } from './exhibits.ts';
import type { HeldForm } from './forms.ts';
import type { Media } from './media.ts';
import { type ExhibitKind, LIMITS } from './rules.ts';
import { isId, makeRoom, type Stored } from './shelf.ts';
import * as store from './store.ts';
import * as table from './store-held.ts';
import { rowOfHers } from './apart.ts';
import type { Repeat } from './wrapped.ts';

/** What a held file is, in the words of her pages. */
export type HeldKind = 'picture' | 'audio' | 'video' | 'pdf' | 'text';
/**
 * A file of hers that has arrived whole and is attached to nothing yet. `bytes`: its length; `arrived`: when it was whole; `spoken`: her
 * own words instead of a text.
 */
export type Held = { id: string; kind: HeldKind; bytes: number; arrived: Temporal.Instant; spoken: boolean };
/** As what a held file is attached: told instead of written, shown with the form, sent with a message. */
export type SentAs = 'account' | 'evidence' | 'message';

// One seal for both: of the form while it is unsent, of the case afterwards.
type Seal = {
  seal: (a: Act, what: string, text: string) => Promise<Buffer>;
  open: (r: Reading, what: string, sealed: Buffer) => Promise<string>;
};
const ofDraft = (draft: DraftSeal): Seal => ({
  seal: async (_a, what, text) => draft.seal(what, text),
  open: async (_r, what, sealed) => draft.open(what, sealed),
});
const ofCase = (file: string): Seal => ({
  seal: (a, what, text) => sealNarrative(a, file, what, text),
  open: (r, what, sealed) => openNarrative(r, file, what, sealed),
});
const keyPlace = (id: string) => `held:${id}:key`;
const namePlace = (id: string) => `held:${id}:name`;

async function sealOf(r: Reading, row: table.HeldRow): Promise<Seal> {
  if (row.file) return ofCase(row.file);
  const draft = await draftSeal(r);
  return draft && draft.draft === row.draft ? ofDraft(draft) : refuse('not-found');
}

/** The row as what the shelf needs. @throws Refusal `not-found` where bytes and key are gone, or the form is */
export async function heldStored(r: Reading, row: table.HeldRow): Promise<Stored> {
  const { id, size, sealed_key } = row;
  const seal = await sealOf(r, row);
  const key = await seal.open(r, keyPlace(id), sealed_key ?? refuse('not-found'));
  return { id, size, key: Buffer.from(key, 'base64') };
}

// Her unsent form, or her file. A session that stands for neither holds nothing.
async function ownerOf(a: Act, draft: string | undefined) {
  if (a.actor.kind !== 'citizen') refuse('not-your-power');
  const mine = await table.myFile(a);
  if (mine) {
    if (draft !== undefined && draft !== 'mine') refuse('not-found', 'draft');
    return { draft: null, file: mine.file, subject: mine.file, seal: ofCase(mine.file) };
  }
  const form = await draftSeal(a);
  if (!form || form.filed) refuse('session-over');
  if (draft !== undefined && draft !== 'mine' && draft !== form.form_id) refuse('not-found', 'draft');
  return { draft: form.draft, file: null, subject: form.draft, seal: ofDraft(form) };
}

/**
 * Begins an upload that is attached to nothing yet: of her unsent form, or of her file once it was sent. Bytes follow by `carryOn`.
 * @param told id from `drawId`; `size` in bytes; `draft`: the form_id of her unsent form, or `mine` for whatever her session stands for
 * @throws Refusal `not-your-power` for anybody but her, `session-over` without form and file, `not-found` for another's form,
 *   `file-too-large` (50 MB), `file-empty`, `too-many-files` (20 with what is attached already), `no-room-left`, `key-used-differently`
 */
export async function holdUpload(
  actor: Actor,
  told: { id: string; size: number; form: HeldForm; draft?: string | undefined; repeat?: Repeat },
  options: Options = {},
): Promise<void> {
  const { id, size, form } = told;
  const key = randomBytes(32);
  await act(
    actor,
    'evidence.hold-upload',
    async (a) => {
      const { subject, seal, ...owner } = await ownerOf(a, told.draft);
      if (size < 1) refuse('file-empty', 'file');
      if (size > LIMITS.hers.bytes) refuse('file-too-large', 'file', { megabytes: LIMITS.hers.bytes / 1024 / 1024 });
      if (told.repeat && !(await firstTime(a, told.repeat, subject))) return;
      const row: table.HeldRow = {
        id,
        ...owner,
        kind: form.kind ?? null,
        meant: form.meant ?? null,
        size,
        sealed_key: await seal.seal(a, keyPlace(id), key.toString('base64')),
        sealed_name: await seal.seal(a, namePlace(id), form.filename),
        began_at: a.now,
        state: 'arriving',
        refusal: null,
        media: null,
        sha256: null,
        scan: null,
        ended_at: null,
      };
      await store.oneAtATime(a, subject);
      // her role reads and writes no table: the house counts and writes for her
      await asHouse(a, async (h) => {
        const there = await table.countHers(h, subject);
        if (there >= LIMITS.hers.files) refuse('too-many-files', 'file', { most: LIMITS.hers.files });
        // nobody has to say who she is to begin a form: all unsent forms together may not fill the disk
        if (owner.draft && (await table.bytesOfDrafts(h)) + size > LIMITS.unsent.bytes) refuse('no-room-left');
        await table.addHeld(h, row);
      });
      await note(a, 'evidence.upload-held', subject, { upload: id });
      await makeRoom({ id, key, size });
    },
    options,
  );
}

const KINDS: readonly [RegExp, HeldKind][] = [
  [/^image\//, 'picture'],
  [/^audio\//, 'audio'],
  [/^video\//, 'video'],
  [/pdf$/, 'pdf'],
];
const kindOf = ({ kind, media }: { kind: 'audio' | null; media: Media }): HeldKind =>
  kind ?? KINDS.find(([known]) => known.test(media))?.[1] ?? 'text';
const AS_EXHIBIT: Record<HeldKind, ExhibitKind> = {
  picture: 'photo',
  audio: 'audio',
  video: 'video',
  pdf: 'document',
  text: 'document',
};

/**
 * Her files that have arrived whole and are attached to nothing, oldest first: of her unsent form, or of her file.
 * @returns empty without a session
 */
export async function myUploads(r: Reading): Promise<Held[]> {
  const rows = await table.myHeld(r);
  return rows.flatMap(({ id, kind, meant, media, size, ended_at, state }) =>
    state === 'kept' && media && ended_at
      ? [{ id, kind: kindOf({ kind, media }), bytes: size, arrived: ended_at, spoken: meant === 'account' }]
      : [],
  );
}

/**
 * Takes one of her unattached files back: its row and key are gone with the act, its bytes with the next sweep. Twice is once.
 * @param id of one of {@link myUploads}, or of one still on its way
 * @throws Refusal `already-done` for one that is attached
 */
export async function dropUpload(a: Act, id: string): Promise<void> {
  if (a.actor.kind !== 'citizen' || !isId(id)) return;
  const [row] = await table.myHeld(a, id);
  if (!row) {
    if (await store.myUpload(a, id)) refuse('already-done');
    return;
  }
  await asHouse(a, (h) => table.removeHeld(h, id));
  await note(a, 'evidence.upload-dropped', row.draft ?? row.file, { upload: id });
}

/**
 * Attaches one of her files to her file: an exhibit from her, with its SHA-256 and the first link of its chain. The bytes stay as they
 * arrived; their key is wrapped anew for the case. Within the act that needs it: a filing, a message.
 * @param a her own act; in a filing after the form was sent
 * @param id of one of {@link myUploads}
 * @param as what it is to the case
 * @returns the number the exhibit was given in the case
 * @throws Refusal `upload-unknown` where it is not hers, not whole or taken already; `file-closed` for evidence to a closed case
 */
export async function takeUpload(a: Act, id: string, as: SentAs): Promise<number> {
  const [row] = a.actor.kind === 'citizen' && isId(id) ? await table.myHeld(a, id) : [];
  const mine = row && (await table.myFile(a));
  if (!mine || row.state !== 'kept' || !row.media) refuse('upload-unknown', as);
  if (as === 'evidence' && ['closed', 'handed-over', 'refused'].includes(mine.state)) refuse('file-closed');
  const { file } = mine;
  const seal = await sealOf(a, row);
  const { key } = await heldStored(a, row);
  const name = await seal.open(a, namePlace(id), row.sealed_name);
  const kept = await rowOfHers(a, file, {
    ...row,
    media: row.media,
    key,
    name,
    description: null,
    found_at: null,
    kind: AS_EXHIBIT[kindOf({ kind: row.kind, media: row.media })],
  });
  await asHouse(a, async (h) => {
    await store.addUpload(h, kept);
    await table.removeHeld(h, id);
  });
  // spoken in several pieces: the first is named as the account, the others come with it
  return addDigital(a, kept, as === 'evidence' && row.meant === 'account' ? 'account' : as);
}

/** What was sent in with her form and not named in it is erased with the form. In the act of the filing, after {@link takeUpload}. */
export async function eraseUntaken(a: Act): Promise<void> {
  const left = (await table.myHeld(a)).filter(({ draft }) => draft !== null);
  if (left.length > 0)
    await asHouse(a, async (h) => {
      for (const { id } of left) await table.removeHeld(h, id);
    });
}
