// The SQL of hearings. Only the schema `hearing`.
import { type Generated, type Insertable, type RawBuilder, type Selectable, sql } from 'kysely';
import { type Act, json, mine, type Reading } from '#foundation';
import type { GuestRole, HearingAbout, HearingKind, HearingState, Role } from './forms.ts';

type Instant = Temporal.Instant;
type HearingTable = {
  id: string;
  file: string;
  kind: HearingKind;
  about: HearingAbout;
  sealed_about: Buffer | null;
  post: string;
  woman: boolean;
  state: HearingState;
  starts_at: Instant | null;
  due_at: Instant | null;
  at: Instant;
  recorded_at: Generated<Instant>;
  by_post: string;
  officer: string;
};
type SlotTable = { hearing: string; n: number; round: number; starts_at: Instant; offered_at: Instant };
/** What happened to an appointment. */
export type EventName =
  | 'offered'
  | 'chosen'
  | 'asked-others'
  | 'cancelled'
  | 'brings'
  | 'joined'
  | 'called'
  | 'lapsed'
  | 'recording-began'
  | 'recording-kept'
  | 'held'
  | 'not-held';
type EventTable = {
  id: string;
  hearing: string;
  what: EventName;
  at: Instant;
  recorded_at: Generated<Instant>;
  post: string | null;
  officer: string | null;
  form: Record<string, unknown>;
  sealed_words: Buffer | null;
};
type ConsentTable = { hearing: string; n: number; given: boolean; at: Instant; recorded_at: Generated<Instant> };
export type GuestTable = {
  id: string;
  hearing: string;
  role: GuestRole;
  name_hash: Buffer | null;
  code_hash: Buffer;
  pass_hash: Buffer | null;
  at: Instant;
  used_at: Instant | null;
  ended_at: Instant | null;
  wrong: Generated<number>;
  shut_at: Instant | null;
};
export type SeatTable = {
  id: string;
  hearing: string;
  role: Role;
  post: string | null;
  officer: string | null;
  guest: string | null;
  at: Instant;
  seen_at: Instant;
  way: Generated<string>;
  asks_call: Generated<boolean>;
};
type SignalTable = { id: string; from_seat: string; to_seat: string; at: Instant; sealed: Buffer };
type RecordingTable = {
  id: string;
  hearing: string;
  post: string;
  officer: string;
  at: Instant;
  ended_at: Instant | null;
  upload: string | null;
  exhibit: number | null;
};
export type PieceTable = { recording: string; n: number; at: Instant; bytes: number; sha256: Buffer; sealed: Buffer };

declare module '#foundation' {
  interface Database {
    'hearing.hearing': HearingTable;
    'hearing.slot': SlotTable;
    'hearing.event': EventTable;
    'hearing.consent': ConsentTable;
    'hearing.guest': GuestTable;
    'hearing.seat': SeatTable;
    'hearing.signal': SignalTable;
    'hearing.recording': RecordingTable;
    'hearing.piece': PieceTable;
  }
}

export type Hearing = Selectable<HearingTable>;
export type Slot = SlotTable;
export type Event = Selectable<EventTable>;
export type Consent = Selectable<ConsentTable>;
export type Recording = RecordingTable;
/** The case an appointment belongs to. */
export type Case = {
  file: string;
  number: string | null;
  state: string;
  language: 'hi' | 'en';
  desk: string;
  desk_path: string;
  station_path: string | null;
  sections: { act: string; section: string }[];
  child: boolean;
};

type From = Pick<Reading, 'db' | 'looked'>;
const rowsOf = <T>(r: From, query: RawBuilder<T>): Promise<T[]> => query.execute(r.db).then(({ rows }) => rows);

/** A case in sight by its number; `held`: the acting post works its desk. */
export const caseOf = (r: From, number: string): Promise<(Case & { held: boolean }) | undefined> =>
  rowsOf(r, sql<Case & { held: boolean }>`select * from hearing.case_of(${number})`).then(([row]) => row);
export const caseBy = (r: From, file: string): Promise<Case | undefined> =>
  rowsOf(r, sql<Case>`select * from hearing.case_by(${file})`).then(([row]) => row);

export type Here = {
  id: string;
  number: string;
  kind: HearingKind;
  about: HearingAbout;
  state: HearingState;
  starts_at: Instant | null;
  hears: boolean;
};
export const here = (r: From): Promise<Here[]> => rowsOf(r, sql<Here>`select * from hearing.here()`);

export const hearingsOf = (r: From, file: string): Promise<Hearing[]> =>
  r.db.selectFrom('hearing.hearing').selectAll().where('file', '=', file).orderBy('at').orderBy('id').execute();
export const findHearing = (r: From, id: string): Promise<Hearing | undefined> =>
  r.db.selectFrom('hearing.hearing').selectAll().where('id', '=', id).executeTakeFirst();
/** One at a time may change an appointment. As the house. */
export const lockHearing = (h: Act, id: string): Promise<Hearing | undefined> =>
  h.db.selectFrom('hearing.hearing').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
const among = <T>(ids: readonly string[], work: () => Promise<T[]>): Promise<T[]> =>
  ids.length === 0 ? Promise.resolve([]) : work();
export const slotsOf = (r: From, hearings: readonly string[]): Promise<Slot[]> =>
  among(hearings, () =>
    r.db
      .selectFrom('hearing.slot')
      .selectAll()
      .where('hearing', 'in', [...hearings])
      .orderBy('n')
      .execute(),
  );
export const eventsOf = (r: From, hearings: readonly string[]): Promise<Event[]> =>
  among(hearings, () =>
    r.db
      .selectFrom('hearing.event')
      .selectAll()
      .where('hearing', 'in', [...hearings])
      .orderBy('at')
      .orderBy('id')
      .execute(),
  );
export const consentsOf = (r: From, hearings: readonly string[]): Promise<Consent[]> =>
  among(hearings, () =>
    r.db
      .selectFrom('hearing.consent')
      .selectAll()
      .where('hearing', 'in', [...hearings])
      .orderBy('n')
      .execute(),
  );
export const recordingsOf = (r: From, hearings: readonly string[]): Promise<Recording[]> =>
  among(hearings, () =>
    r.db
      .selectFrom('hearing.recording')
      .selectAll()
      .where('hearing', 'in', [...hearings])
      .orderBy('at')
      .execute(),
  );

export const myHearings = async (r: From): Promise<Hearing[]> =>
  (
    await mine<Hearing>(r, 'hearing.my_hearings', {
      instants: ['starts_at', 'due_at', 'at', 'recorded_at'],
      bytes: ['sealed_about'],
    })
  ).toSorted((a, b) => Temporal.Instant.compare(a.at, b.at) || (a.id < b.id ? -1 : 1));
export const mySlots = (r: From): Promise<Slot[]> => rowsOf(r, sql<Slot>`select * from hearing.my_slots() order by n`);
export const myEvents = (r: From): Promise<Event[]> =>
  rowsOf(r, sql<Event>`select * from hearing.my_events() order by at, id`);
export const myConsents = (r: From): Promise<Consent[]> =>
  rowsOf(r, sql<Consent>`select * from hearing.my_consents() order by n`);
type MyGuest = { hearing: string; role: GuestRole; used: boolean; shut: boolean };
export const myGuests = (r: From): Promise<MyGuest[]> => rowsOf(r, sql<MyGuest>`select * from hearing.my_guests()`);
export const myPosts = (r: From): Promise<{ id: string; name_hi: string; name_en: string }[]> =>
  rowsOf(r, sql<{ id: string; name_hi: string; name_en: string }>`select * from hearing.my_posts()`);
export type HerRecording = Pick<Recording, 'hearing' | 'at' | 'ended_at' | 'exhibit'>;
export const myRecordings = (r: From): Promise<HerRecording[]> =>
  rowsOf(r, sql<HerRecording>`select * from hearing.my_recordings() order by at`);

export const addHearing = (h: Act, row: Insertable<HearingTable>) =>
  h.db.insertInto('hearing.hearing').values(row).execute();
export type Change = Partial<Pick<HearingTable, 'kind' | 'post' | 'woman' | 'state' | 'starts_at' | 'due_at'>>;
export const change = (h: Act, id: string, set: Change) =>
  h.db.updateTable('hearing.hearing').set(set).where('id', '=', id).execute();
export const addSlots = (h: Act, rows: readonly SlotTable[]) =>
  h.db
    .insertInto('hearing.slot')
    .values([...rows])
    .execute();
export const addEvent = (h: Act, row: Insertable<EventTable>) =>
  h.db
    .insertInto('hearing.event')
    .values({ ...row, form: json(row.form) } as unknown as Insertable<EventTable>)
    .execute();
export const addConsent = (h: Act, row: Insertable<ConsentTable>) =>
  h.db.insertInto('hearing.consent').values(row).execute();

/** The next instant at which the house has to look: nobody came, or what was said is old. */
export const nextAt = async (r: From, signals_live: Temporal.Duration): Promise<Instant | undefined> => {
  const [row] = await rowsOf(
    r,
    sql<{ due: Instant | null; said: Instant | null }>`
      select (select min(due_at) from hearing.hearing where due_at is not null) as due, (select min(at) from hearing.signal) as said`,
  );
  const at = [row?.due ?? null, row?.said?.add(signals_live) ?? null].filter((one) => one !== null);
  return at.sort(Temporal.Instant.compare)[0];
};
/** Appointments to which nobody of the police has come, each taken by one sweep only. */
export const dueNow = (h: Act, most: number): Promise<Hearing[]> =>
  h.db
    .selectFrom('hearing.hearing')
    .selectAll()
    .where('due_at', '<=', h.now)
    .orderBy('due_at')
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute();
