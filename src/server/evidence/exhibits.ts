// Exhibits: numbered for a case, never changed, each with the chain of whose hands it has been in.
import { takeStep } from '#casework';
import { type Act, asHouse, newId, note, type Reading, Refusal, refuse, refuseIf, tell } from '#foundation';
import { openNarrative, sealNarrative } from '#sealed-identity';
import type { MoveForm, ThingForm } from './forms.ts';
import type { Media } from './media.ts';
import { type ExhibitKind, faultOfMove, MOVES, whyNotAdd, whyNotTouch } from './rules.ts';
import * as store from './store.ts';

/** The post and officer in whose name something is written; nobody for what she sent herself. */
const inName = (a: Act) =>
  a.actor.kind === 'officer'
    ? { post: a.actor.post, officer: a.actor.officer }
    : { post: null as string | null, officer: null as string | null };

const standing = async (a: Act, number: string) => {
  if (a.actor.kind !== 'officer') refuse('not-your-power');
  const found = await store.caseOf(a, number);
  return { ...found, kind: a.actor.post_kind };
};

const sealedOr = async (a: Act, file: string, field: string, text: string | undefined | null) =>
  text ? sealNarrative(a, file, field, text) : null;

/**
 * Enters a thing, or a paper that lies in the file of paper: the next number of the case, and the first link of its chain.
 * @param number the complaint number, 12 digits
 * @returns the number it was given
 * @throws Refusal `not-found`, whatever `whyNotAdd` says, `not-in-the-future`, `no-such-exhibit`
 */
export async function addThing(a: Act, number: string, form: ThingForm): Promise<number> {
  const stands = await standing(a, number);
  refuseIf(whyNotAdd(stands));
  const { file } = stands;
  const at = form.found_at ?? a.now;
  if (Temporal.Instant.compare(at, a.now) > 0) refuse('not-in-the-future', 'found_at');
  const id = newId();
  const given = await store.addExhibit(a, {
    id,
    file,
    kind: form.kind,
    origin: 'police',
    upload: null,
    sent_as: null,
    sealed_description: await sealedOr(a, file, `exhibit:${id}:description`, form.description),
    sealed_place: await sealedOr(a, file, `exhibit:${id}:place`, form.found_where),
    found_at: form.found_at ?? null,
    at: a.now,
    ...inName(a),
  });
  await firstLink(a, { file, exhibit: id, number: given, move: 'seized', at });
  await reportCame(a, number, file, { kind: form.kind, at, reports_on: form.reports_on, id });
  return given;
}

/**
 * Makes an exhibit of a file that has arrived whole. What she sent is entered by the house, because her role writes no table.
 * @param row the upload, kept
 * @param sent_as how it came, where she had sent it in before it was attached
 * @returns the number it was given
 */
export async function addDigital(
  a: Act,
  row: store.UploadRow,
  sent_as: store.ExhibitRow['sent_as'] = null,
): Promise<number> {
  const id = newId();
  const { file, origin } = row;
  const again = async (from: string, to: string, sealed: Buffer | null) =>
    sealed && sealNarrative(a, file, to, await openNarrative(a, file, from, sealed));
  const exhibit = {
    id,
    file,
    kind: row.kind,
    origin,
    upload: row.id,
    sent_as,
    // sealed anew for its new place: a text never opens anywhere but where it belongs
    sealed_description: await again(
      `upload:${row.id}:description`,
      `exhibit:${id}:description`,
      row.sealed_description,
    ),
    sealed_place: await again(`upload:${row.id}:place`, `exhibit:${id}:place`, row.sealed_place),
    found_at: row.found_at,
    at: a.now,
    ...inName(a),
  };
  const enter = async (h: Act) => {
    const number = await store.addExhibit(h, exhibit);
    await firstLink(h, { file, exhibit: id, number, move: 'arrived', at: a.now });
    return number;
  };
  if (a.actor.kind === 'citizen') {
    const desk = await store.myDesk(a);
    return asHouse(a, async (h) => {
      // whoever works her file hears at once that something came
      if (desk) await tell(h, `desk:${desk}`, file);
      return enter(h);
    });
  }
  const given = await enter(a);
  // with a case of another State: its reports have stopped their clocks there
  if (a.actor.kind !== 'officer') return given;
  const number = await store.numberOf(a, file);
  if (number)
    await reportCame(a, number, file, { kind: row.kind, at: row.found_at ?? a.now, reports_on: row.reports_on, id });
  return given;
}

async function firstLink(
  a: Act,
  told: { file: string; exhibit: string; number: number; move: 'seized' | 'arrived'; at: Temporal.Instant },
): Promise<void> {
  const { hash } = await store.addCustody(a, {
    exhibit: told.exhibit,
    move: told.move,
    from_place: null,
    to_place: MOVES[told.move].to,
    at: told.at,
    ...inName(a),
    sealed_person: null,
    sealed_note: null,
  });
  await note(a, 'evidence.exhibit', told.file, { exhibit: told.number, chain: hash.toString('hex') });
}

// A report that was awaited has come: the doctor's stops its clock by the step that says so; the laboratory's answers its exhibits.
async function reportCame(
  a: Act,
  number: string,
  file: string,
  told: { kind: ExhibitKind; at: Temporal.Instant; reports_on: readonly number[]; id: string },
): Promise<void> {
  if (told.reports_on.length > 0 && told.kind === 'fsl-report') {
    const about = await Promise.all(
      [...new Set(told.reports_on)].map(
        async (n) => (await store.findExhibit(a, file, n))?.id ?? refuse('no-such-exhibit', 'reports_on'),
      ),
    );
    await store.addAnswers(a, told.id, about);
  }
  if (told.kind !== 'medical-report') return;
  try {
    await takeStep(a, number, { step: 'medical', report_at: told.at });
  } catch (refused) {
    // whoever may enter the paper need not be whose step it is: then the clock runs on, and the page says that it does
    if (!(refused instanceof Refusal)) throw refused;
  }
}

/**
 * Moves an exhibit on: one more link of its chain.
 * @param number the complaint number
 * @param exhibit its number in the case
 * @throws Refusal `not-found`, whatever `whyNotTouch` says, `not-from-there`, `not-in-the-future`, `before-the-last-move`, `say-who`,
 *   `moved-meanwhile`
 */
export async function moveExhibit(a: Act, number: string, exhibit: number, form: MoveForm): Promise<void> {
  const stands = await standing(a, number);
  refuseIf(whyNotTouch(stands));
  const { file } = stands;
  const found = (await store.findExhibit(a, file, exhibit)) ?? refuse('not-found');
  const last = (await store.custodyOf(a, [found.id])).at(-1);
  const here = last && { place: last.to_place, at: last.at };
  const fault = faultOfMove(form.move, here, { at: form.at, person: form.person !== undefined, now: a.now });
  if (fault) refuse(fault.code, fault.about);
  // within the minute of the move before it comes after it
  const at = last && Temporal.Instant.compare(form.at, last.at) < 0 ? last.at : form.at;
  const n = (last?.n ?? 0) + 1;
  const { hash } = await store.addCustody(a, {
    exhibit: found.id,
    move: form.move,
    from_place: last?.to_place ?? null,
    to_place: MOVES[form.move].to,
    at,
    ...inName(a),
    sealed_person: await sealedOr(a, file, `custody:${found.id}:${n}:person`, form.person),
    sealed_note: await sealedOr(a, file, `custody:${found.id}:${n}:note`, form.note),
  });
  // the chain's head stands in the ledger too: whoever rewrites the chain has to rewrite that as well
  await note(a, 'evidence.move', file, { exhibit, move: form.move, chain: hash.toString('hex') });
}

/** An exhibit with its file, for whoever has the case in sight. @throws Refusal `not-found` */
export async function exhibitWith(r: Reading, number: string, exhibit: number) {
  const { file } = await store.caseOf(r, number);
  const row = (await store.findExhibit(r, file, exhibit)) ?? refuse('not-found');
  const upload = row.upload ? ((await store.findUpload(r, row.upload)) ?? refuse('not-found')) : null;
  return { file, row, upload };
}

/** What a digital exhibit is, as it is told everywhere. */
export type Digital = { media: Media; size: number; sha256: string; scan: 'clean' | 'not-scanned' };
