// What was done to a file and where it lay, with what was written: read once, for its page and for the State that goes on with it.
import type { Act, Reading } from '#foundation';
import { type Opening, openNarrative } from '#sealed-identity';
import { deskLedger, endedWith } from './desk-ledger.ts';
import { aboutOf, correctionsIn, correctsOf } from './history.ts';
import { type Names, namesFor } from './names.ts';
import * as store from './store.ts';

/** Stays, steps, diary and the names around them. */
export async function paperOf(r: Reading, file: store.File, openings: readonly Opening[]) {
  const [stays, steps, diary] = await Promise.all([
    store.staysOf(r, file.id),
    store.stepsOf(r, file.id),
    store.diaryOf(r, file.id),
  ]);
  const acted = [...steps, ...diary, ...openings];
  const names = await namesFor(
    r,
    stays.map((s) => s.post),
    acted.flatMap(({ post }) => (post ? [post] : [])),
    acted.flatMap(({ officer }) => (officer ? [officer] : [])),
  );
  return { stays, steps, diary, names };
}

/** A step as a line of the history, without what was written. */
export const historyOf = (s: store.Step, names: Names) => ({
  id: s.id,
  step: s.step,
  about: aboutOf(s),
  corrects: correctsOf(s),
  at: s.at,
  post_name: names.post(s.post),
  officer: names.officer(s.officer),
});

/** What was done to a file and where it lay, with what was written: for the State that goes on with it. As the house. */
export async function wayOf(h: Act, file: store.File) {
  const { stays, steps, diary, names } = await paperOf(h, file, []);
  const desks = deskLedger(endedWith(stays, file.closed_at), names.tenures, names.posts, h.now);
  return { desks, ...(await opened(h, file, { steps, diary, names })) };
}

/** What was written, opened with the case’s own key. */
export async function opened(
  r: Reading,
  file: store.File,
  { steps, diary, names }: { steps: readonly store.Step[]; diary: readonly store.Entry[]; names: Names },
) {
  // each awaited before anything else is asked: a text that cannot be opened fails this reading, not the process
  const history = await Promise.all(
    steps.map(async (s) => ({
      ...historyOf(s, names),
      note: s.sealed_note && (await openNarrative(r, file.id, `step:${s.id}`, s.sealed_note)),
    })),
  );
  const corrections = correctionsIn(history);
  const entries = await Promise.all(
    diary.map(async (e) => ({
      number: e.number,
      at: e.at,
      post_name: names.post(e.post),
      officer: names.officer(e.officer),
      mine: r.actor.kind === 'officer' && r.actor.post === e.post,
      text: await openNarrative(r, file.id, `diary:${e.number}`, e.sealed_text),
      corrections: corrections.get(e.number) ?? [],
    })),
  );
  return { history, entries };
}
