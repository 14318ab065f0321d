// The SQL of files, stays, steps, diaries and registers. Only the schema `casework`.
import { type Generated, type Insertable, type RawBuilder, type Selectable, sql, type Updateable } from 'kysely';
import { type Act, json, mine, newId, type Reading, refuse } from '#foundation';
import type { PostKind } from '#posts';
import type { State } from './powers.ts';

/** When it happened and what kind of place, in codes; how many accused, and whether one is a police officer. No words of hers. */
export type Happened = {
  from: string | null;
  to: string | null;
  precision: string;
  place_type: string;
  accused: number;
  accused_police: boolean;
  reported_for_her: boolean;
};
export type Cited = { act: string; section: string };

type FileTable = {
  id: string;
  number: string | null;
  state: State;
  district: string;
  station: string | null;
  station_path: string | null;
  register_year: number | null;
  register_serial: number | null;
  desk_post: string;
  desk_path: string;
  desk_since: Temporal.Instant;
  child: boolean;
  categories: string[];
  happened: Happened;
  language: string;
  channel: string;
  account_kind: string;
  phrase: Buffer;
  submitted_at: Temporal.Instant;
  confirmed_at: Temporal.Instant | null;
  received_at: Temporal.Instant | null;
  oral_at: Temporal.Instant | null;
  signed_at: Temporal.Instant | null;
  sign_place: string | null;
  fir_number: string | null;
  fir_year: number | null;
  recorded_at: Temporal.Instant | null;
  offence_on: Temporal.PlainDate | null;
  zero_number: string | null;
  zero_year: number | null;
  zero_recorded_at: Temporal.Instant | null;
  zero_station: string | null;
  zero_station_path: string | null;
  refusal_upheld_at: Temporal.Instant | null;
  sections: Cited[];
  report_kind: 'charge-sheet' | 'final-report' | null;
  report_reason: string | null;
  report_submitted_at: Temporal.Instant | null;
  sho_approved_at: Temporal.Instant | null;
  acp_approved_at: Temporal.Instant | null;
  dcp_approved_at: Temporal.Instant | null;
  forwarded_at: Temporal.Instant | null;
  court: string | null;
  closed_at: Temporal.Instant | null;
  outcome: string | null;
  directions_open: Generated<number>;
};
type StayTable = {
  file: string;
  n: number;
  post: string;
  from_at: Temporal.Instant;
  to_at: Temporal.Instant | null;
  before_to: Temporal.Instant | null;
  reason: string;
  sealed_note: Buffer | null;
  moved_by: string | null;
};
type StepTable = {
  id: string;
  file: string;
  step: string;
  at: Temporal.Instant;
  recorded_at: Generated<Temporal.Instant>;
  post: string | null;
  officer: string | null;
  from_state: string | null;
  to_state: string;
  form: Record<string, unknown>;
  sealed_note: Buffer | null;
};
type DiaryTable = {
  file: string;
  number: number;
  at: Temporal.Instant;
  recorded_at: Generated<Temporal.Instant>;
  post: string;
  officer: string;
  sealed_text: Buffer;
};

declare module '#foundation' {
  interface Database {
    'casework.file': FileTable;
    'casework.stay': StayTable;
    'casework.step': StepTable;
    'casework.diary': DiaryTable;
  }
}

export type File = Selectable<FileTable>;
export type Change = Updateable<Omit<FileTable, 'sections'>> & { sections?: Cited[] };
export type Stay = Selectable<StayTable>;
export type Step = Selectable<StepTable>;
export type Entry = Selectable<DiaryTable>;

type From = Pick<Reading, 'db' | 'looked'>;
const rowsOf = <T>(r: From, query: RawBuilder<T>): Promise<T[]> => query.execute(r.db).then(({ rows }) => rows);

/** A file in sight, by its number; locked until the act ends. @throws Refusal `not-found` */
export const lockFile = async (a: Act, number: string): Promise<File> =>
  (await a.db.selectFrom('casework.file').selectAll().where('number', '=', number).forUpdate().executeTakeFirst()) ??
  refuse('not-found');
/** The same by id: for the house, before there is a number. */
export const lockById = async (h: Act, id: string): Promise<File> =>
  (await h.db.selectFrom('casework.file').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()) ??
  refuse('not-found');
export const findFile = (r: From, number: string): Promise<File | undefined> =>
  r.db.selectFrom('casework.file').selectAll().where('number', '=', number).executeTakeFirst();
/** @param already what a file that was begun elsewhere has from the first */
export const addFile = (h: Act, file: NewFile, already: Partial<Pick<File, keyof typeof LATER | 'sections'>> = {}) =>
  h.db.insertInto('casework.file').values(fileRow(file, already)).execute();
/** A file with its first stay on a desk and its first step, in one go. */
export const beginFile = (h: Act, file: NewFile, stay: NewStay, step: Omit<Step, 'recorded_at'>) =>
  h.db
    .with('file_made', (db) => db.insertInto('casework.file').values(fileRow(file)))
    .with('stay_made', (db) => db.insertInto('casework.stay').values(stayRow(stay)))
    .insertInto('casework.step')
    .values(stepRow(step))
    .execute();
type NewFile = Omit<File, 'happened' | 'sections' | keyof typeof LATER> & { happened: Happened };
type NewStay = { file: string; post: string; from_at: Temporal.Instant; reason: string };
const fileRow = (file: NewFile, already: Partial<Pick<File, keyof typeof LATER | 'sections'>> = {}) =>
  ({
    ...file,
    ...LATER,
    ...already,
    happened: json(file.happened),
    sections: json(already.sections ?? []),
  }) as unknown as Insertable<FileTable>;
const stayRow = (stay: NewStay) => ({ ...stay, n: 1, to_at: null, before_to: null, sealed_note: null, moved_by: null });
const stepRow = (step: Omit<Step, 'recorded_at'>) =>
  ({ ...step, form: json(step.form) }) as unknown as Insertable<StepTable>;
// what a file does not have when it begins
const LATER = {
  directions_open: 0,
  number: null,
  station: null,
  station_path: null,
  register_year: null,
  register_serial: null,
  confirmed_at: null,
  received_at: null,
  oral_at: null,
  signed_at: null,
  sign_place: null,
  fir_number: null,
  fir_year: null,
  recorded_at: null,
  offence_on: null,
  zero_number: null,
  zero_year: null,
  zero_recorded_at: null,
  zero_station: null,
  zero_station_path: null,
  refusal_upheld_at: null,
  report_kind: null,
  report_reason: null,
  report_submitted_at: null,
  sho_approved_at: null,
  acp_approved_at: null,
  dcp_approved_at: null,
  forwarded_at: null,
  court: null,
  closed_at: null,
  outcome: null,
};
export const addStay = (h: Act, stay: NewStay) => h.db.insertInto('casework.stay').values(stayRow(stay)).execute();
export const changeFile = async (a: Act, id: string, change: Change): Promise<void> => {
  const { sections, ...rest } = change;
  const set = sections ? { ...rest, sections: json(sections) } : rest;
  if (Object.keys(set).length === 0) return;
  await a.db
    .updateTable('casework.file')
    .set(set as Updateable<FileTable>)
    .where('id', '=', id)
    .execute();
};
export const addStep = (a: Act, step: Omit<Step, 'recorded_at'>) =>
  a.db.insertInto('casework.step').values(stepRow(step)).execute();
/** The next entry of a file's diary; the lock on the file keeps the numbers without gaps. */
export const nextEntry = (a: Act, file: string): Promise<number> =>
  a.db
    .selectFrom('casework.diary')
    .select(({ fn }) => fn.max('number').as('last'))
    .where('file', '=', file)
    .executeTakeFirst()
    .then((row) => (row?.last ?? 0) + 1);
export const addEntry = (a: Act, entry: Omit<Entry, 'recorded_at'>) =>
  a.db.insertInto('casework.diary').values(entry).execute();

/** The only way a file changes desk. */
export const putOnDesk = async (
  a: Act,
  file: string,
  post: string,
  at: Temporal.Instant,
  why: string,
): Promise<void> => {
  await sql`select casework.put_on_desk(${file}, ${post}, ${at}, ${why}, null)`.execute(a.db);
};
export const nextSerial = async (a: Act, station: string, year: number): Promise<number> => {
  const [row] = await rowsOf(a, sql<{ serial: number }>`select casework.next_serial(${station}, ${year}) as serial`);
  if (!row) throw new Error('no serial was given');
  return row.serial;
};

export const staysOf = (r: From, file: string): Promise<Stay[]> =>
  r.db.selectFrom('casework.stay').selectAll().where('file', '=', file).orderBy('n').execute();
export const stepsOf = (r: From, file: string): Promise<Step[]> =>
  r.db.selectFrom('casework.step').selectAll().where('file', '=', file).orderBy('at').orderBy('id').execute();
export const diaryOf = (r: From, file: string): Promise<Entry[]> =>
  r.db.selectFrom('casework.diary').selectAll().where('file', '=', file).orderBy('number').execute();
/** Directions with a day that nobody has answered and that were not raised yet, the first to pass first. As the house. */
export const directionsWaiting = (r: From): Promise<{ file: string; post: string; due_at: Temporal.Instant }[]> =>
  rowsOf(r, sql`select * from casework.directions_waiting() order by due_at`);
/** Leaves a mark that a file was looked at, where the transaction may write. */
export const noteView = async (r: Reading, file: string): Promise<void> => {
  await rowsOf(
    r,
    sql`select foundation.note(${newId()}, 'casework.view-file', ${file}, ${r.now}, '{}'::jsonb)
      where current_setting('transaction_read_only') = 'off'`,
  );
};

/** Files still worked on, with the language she reads. */
export const toWrite = (h: From, files: readonly string[]): Promise<{ id: string; language: 'hi' | 'en' }[]> =>
  h.db
    .selectFrom('casework.file')
    .select(['id', 'language'])
    .where('id', 'in', [...files])
    .where('state', 'not in', ['closed', 'handed-over', 'refused'])
    .execute()
    .then((rows) => rows.map(({ id, language }) => ({ id, language: language === 'en' ? 'en' : 'hi' })));
/** Files on a desk that has been vacant, and when 24 hours of it are over; only those not raised yet. */
export const stranded = (r: From, at: Temporal.Instant) =>
  rowsOf(
    r,
    sql<{
      file: string;
      post: string;
      due_at: Temporal.Instant;
    }>`select * from casework.stranded(${at}) order by due_at`,
  );

// Her side: each answers for the file of her own session and for no other.
export const myFile = (r: From): Promise<File | undefined> =>
  mine<File>(r, 'casework.my_file', { instants: FILE_INSTANTS, days: ['offence_on'], bytes: ['phrase'] }).then(
    ([file]) => file,
  );
const FILE_INSTANTS = [
  'desk_since',
  'submitted_at',
  'confirmed_at',
  'received_at',
  'oral_at',
  'signed_at',
  'recorded_at',
  'zero_recorded_at',
  'refusal_upheld_at',
  'report_submitted_at',
  'sho_approved_at',
  'acp_approved_at',
  'dcp_approved_at',
  'forwarded_at',
  'closed_at',
] as const;
export const myStays = (r: From): Promise<Stay[]> =>
  mine<Stay>(r, 'casework.my_stays', { instants: ['from_at', 'to_at', 'before_to'], bytes: ['sealed_note'] });
export const mySteps = (r: From): Promise<Step[]> =>
  mine<Step>(r, 'casework.my_steps', { instants: ['at', 'recorded_at'], bytes: ['sealed_note'] });
/** Who is around her file: chains above its desks, posts, who held them when. Asked once. */
export const myNames = (r: From) =>
  mine<{
    chains: { of_post: string; post: string }[];
    posts: {
      id: string;
      kind: PostKind;
      path: string;
      office_phone: string | null;
      name_hi: string;
      name_en: string;
      unit_name_hi: string;
      unit_name_en: string;
    }[];
    tenures: { post: string; officer: string; from_at: string; to_at: string | null }[];
    officers: { id: string; name_hi: string; name_en: string; rank_hi: string; rank_en: string }[];
  }>(r, 'casework.my_names').then(([row]) => row ?? { chains: [], posts: [], tenures: [], officers: [] });
