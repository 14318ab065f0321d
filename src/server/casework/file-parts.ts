// Parts of a file for pages that show only them: nothing is read, opened or unsealed that such a page does not show.
import { type Reading, refuse } from '#foundation';
import { istDay } from '#law';
import { findPosts, findUnit, type Named, officersOf, postName } from '#posts';
import { openNarrative } from '#sealed-identity';
import { type Accused, accusedIn } from './accused.ts';
import { type CitedSection, marked } from './cited.ts';
import {
  type CourtDate,
  type CourtEvent,
  type CourtOrder,
  datesIn,
  eventsIn,
  ordersIn,
  sheetIn,
} from './court-orders.ts';
import { type FileView, peopleOf, type Report, reportOf, whyNoEntry } from './file-view.ts';
import { correctionsIn, correctsOf } from './history.ts';
import type { State } from './powers.ts';
import * as store from './store.ts';

/** What stands above every page of a file. */
export type FileHead = {
  file: string;
  number: string | null;
  fir: { number: string; year: number } | null;
  sections: CitedSection[];
  station: Named | null;
  state: State;
  as_of: Temporal.Instant;
};
/** The file as the court has it. `note`: what was written to an event or a day, where it was. */
type CourtFacts = FileHead & {
  report: (Report & { id: string | null; sheet: string | null }) | null;
  returned: number;
  dates: CourtDate[];
  orders: CourtOrder[];
  events: CourtEvent[];
  notes: { step: string; at: Temporal.Instant; text: string }[];
  outcome: string | null;
  closed_at: Temporal.Instant | null;
};
/** Who there is in a case: never who they are, which lies under seal. */
type PeopleFacts = FileHead & {
  people: ReturnType<typeof peopleOf>;
  accused: Accused[];
  statements: { kind: string; on: Temporal.PlainDate; woman_officer: boolean | null }[];
  identifications: { accused: number | null; result: string; on: Temporal.PlainDate }[];
};

async function headIn(r: Reading, number: string): Promise<{ file: store.File; head: FileHead }> {
  const file = (await store.findFile(r, number)) ?? refuse('not-found');
  await store.noteView(r, file.id);
  const unit = file.station_path ? await findUnit(r, file.station_path) : undefined;
  const { fir_number, fir_year } = file;
  return {
    file,
    head: {
      file: file.id,
      number: file.number,
      fir: fir_number !== null && fir_year !== null ? { number: fir_number, year: fir_year } : null,
      sections: marked(file.sections),
      station: unit ? { hi: unit.name_hi, en: unit.name_en } : null,
      state: file.state,
      as_of: r.now,
    },
  };
}

/** The whole case diary, in order. `why_not`: why this post may not write in it now; null where it may. */
type DiaryFacts = FileHead & {
  diary: Omit<FileView['diary'][number], 'mine'>[];
  why_not: Awaited<ReturnType<typeof whyNoEntry>>;
};

/** The diary with its corrections, and nothing else of the file. @throws Refusal `not-found` */
export async function readDiary(r: Reading, number: string): Promise<DiaryFacts> {
  const { file, head } = await headIn(r, number);
  const rows = await store.diaryOf(r, file.id);
  const corrects = (await store.stepsOf(r, file.id)).filter(({ step }) => step === 'correct');
  const posts = new Map(
    (await findPosts(r, [...new Set(rows.map(({ post }) => post))])).map((p) => [p.id, postName(p)]),
  );
  const people = new Map(
    (await officersOf(r, [...new Set(rows.map(({ officer }) => officer))])).map((o) => [
      o.id,
      { hi: o.name_hi, en: o.name_en },
    ]),
  );
  const notes: { corrects: ReturnType<typeof correctsOf>; at: Temporal.Instant; note: string | null }[] = [];
  for (const one of corrects)
    notes.push({
      corrects: correctsOf(one),
      at: one.at,
      note: one.sealed_note && (await openNarrative(r, file.id, `step:${one.id}`, one.sealed_note)),
    });
  const corrections = correctionsIn(notes);
  const diary: DiaryFacts['diary'] = [];
  for (const { number: n, at, post, officer, sealed_text } of rows)
    diary.push({
      number: n,
      at,
      post_name: posts.get(post) ?? { hi: '', en: '' },
      officer: people.get(officer) ?? null,
      text: await openNarrative(r, file.id, `diary:${n}`, sealed_text),
      corrections: corrections.get(n) ?? [],
    });
  return { ...head, diary, why_not: await whyNoEntry(r, file) };
}

const COURT_STEPS = ['outcome', 'court-date', 'court-order', 'further-investigation'];

/** The report and what the court has made of it. @throws Refusal `not-found` */
export async function readCourt(r: Reading, number: string): Promise<CourtFacts> {
  const { file, head } = await headIn(r, number);
  const steps = await store.stepsOf(r, file.id);
  const report = reportOf(file);
  const notes: CourtFacts['notes'] = [];
  for (const { id, step, at, sealed_note } of steps)
    if (sealed_note && COURT_STEPS.includes(step))
      notes.push({ step, at, text: await openNarrative(r, file.id, `step:${id}`, sealed_note) });
  const sent = report?.forwarded_at ? steps.findLast(({ step }) => step === 'forward-report') : undefined;
  return {
    ...head,
    report: report && { ...report, id: sent?.id ?? null, sheet: sheetIn(steps) },
    returned: steps.filter(({ step }) => step === 'return-report').length,
    dates: datesIn(steps),
    orders: ordersIn(steps),
    events: eventsIn(steps),
    notes,
    outcome: file.outcome,
    closed_at: file.closed_at,
  };
}

/** Who there is in the case, by roles and numbers. @throws Refusal `not-found` */
export async function readPeople(r: Reading, number: string): Promise<PeopleFacts> {
  const { file, head } = await headIn(r, number);
  const steps = await store.stepsOf(r, file.id);
  const on = (form: Readonly<Record<string, unknown>>) => istDay(Temporal.Instant.from(String(form.at)));
  return {
    ...head,
    people: peopleOf(file),
    accused: accusedIn(steps),
    statements: steps
      .filter(({ step }) => step === 'statement')
      .map(({ form }) => ({
        kind: String(form.kind),
        on: on(form),
        woman_officer: typeof form.woman_officer === 'boolean' ? form.woman_officer : null,
      })),
    identifications: steps
      .filter(({ step }) => step === 'test-identification')
      .map(({ form }) => ({
        accused: typeof form.accused === 'number' ? form.accused : null,
        result: String(form.result),
        on: on(form),
      })),
  };
}
