// The SQL of a room: who may come in, who sits there, what is said, what is recorded. Only the schema `hearing`.
import { type Insertable, type RawBuilder, type Selectable, sql } from 'kysely';
import type { Act, Reading } from '#foundation';
import type { GuestRole, HearingKind, HearingState, Role } from './forms.ts';
import type { GuestTable, PieceTable, Recording, SeatTable } from './store.ts';

type Instant = Temporal.Instant;
type From = Pick<Reading, 'db'>;
const rowsOf = <T>(r: From, query: RawBuilder<T>): Promise<T[]> => query.execute(r.db).then(({ rows }) => rows);

export const addGuest = (h: Act, row: Insertable<GuestTable>) => h.db.insertInto('hearing.guest').values(row).execute();
export const endGuests = (h: Act, hearing: string, role?: GuestRole) => {
  const all = h.db
    .updateTable('hearing.guest')
    .set({ ended_at: h.now })
    .where('hearing', '=', hearing)
    .where('ended_at', 'is', null);
  return (role ? all.where('role', '=', role) : all).execute();
};
export type Guest = Selectable<GuestTable>;
/** A guest whose code was not used yet, by the first half of it; locked until the act ends. As the house. */
export const guestByName = (h: Act, name_hash: Buffer): Promise<Guest | undefined> =>
  h.db
    .selectFrom('hearing.guest')
    .selectAll()
    .where('name_hash', '=', name_hash)
    .where('used_at', 'is', null)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
export const countWrong = (h: Act, id: string, set: { wrong: number; shut_at: Instant | null }) =>
  h.db.updateTable('hearing.guest').set(set).where('id', '=', id).execute();
export const usePass = (h: Act, id: string, pass_hash: Buffer) =>
  h.db.updateTable('hearing.guest').set({ used_at: h.now, pass_hash }).where('id', '=', id).execute();
export type Pass = {
  guest: string;
  role: GuestRole;
  hearing: string;
  kind: HearingKind;
  state: HearingState;
  starts_at: Instant | null;
};
export const byPass = (r: From, pass_hash: Buffer): Promise<Pass | undefined> =>
  rowsOf(r, sql<Pass>`select * from hearing.by_pass(${pass_hash})`).then(([row]) => row);

/** Takes the seat of a role; whoever sat there before sits there no more. As the house. */
export const takeSeat = async (h: Act, row: Insertable<SeatTable>): Promise<void> => {
  await h.db.deleteFrom('hearing.seat').where('hearing', '=', row.hearing).where('role', '=', row.role).execute();
  await h.db.insertInto('hearing.seat').values(row).execute();
};
/** Clears the room: seats, and with them all that was said. As the house. */
export const clearRoom = (h: Act, hearing: string) =>
  h.db.deleteFrom('hearing.seat').where('hearing', '=', hearing).execute();
export type Talked = {
  seats: { id: string; role: Role; way: string }[];
  signals: { id: string; from: string; sealed: string }[];
  consent: boolean;
  recording: boolean;
  asks_call: boolean;
};
export const talk = (
  r: From,
  told: {
    seat: string;
    pass_hash: Buffer | null;
    way: string;
    call_me: boolean;
    got: readonly string[];
    said: object[];
  },
): Promise<Talked | null> =>
  rowsOf(
    r,
    sql<{ said: Talked | null }>`select hearing.talk(${told.seat}, ${told.pass_hash}, ${told.way}, ${told.call_me},
      ${[...told.got]}::uuid[], ${JSON.stringify(told.said)}::jsonb) as said`,
  ).then(([row]) => row?.said ?? null);
export const realSeconds = (r: From): Promise<number> =>
  rowsOf(r, sql<{ s: string }>`select hearing.real_seconds() as s`).then(([row]) => Number(row?.s ?? 0));

export const addRecording = (h: Act, row: Insertable<Recording>) =>
  h.db.insertInto('hearing.recording').values(row).execute();
export const lockRecording = (h: Act, id: string): Promise<Recording | undefined> =>
  h.db.selectFrom('hearing.recording').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const changeRecording = (h: Act, id: string, set: Partial<Pick<Recording, 'ended_at' | 'upload' | 'exhibit'>>) =>
  h.db.updateTable('hearing.recording').set(set).where('id', '=', id).execute();
export const endRecordings = (h: Act, hearing: string) =>
  h.db
    .updateTable('hearing.recording')
    .set({ ended_at: h.now })
    .where('hearing', '=', hearing)
    .where('ended_at', 'is', null)
    .execute();
export const addPiece = (h: Act, row: PieceTable) => h.db.insertInto('hearing.piece').values(row).execute();
export const piecesOf = (h: From, recording: string): Promise<Omit<PieceTable, 'sealed'>[]> =>
  h.db
    .selectFrom('hearing.piece')
    .select(['recording', 'n', 'at', 'bytes', 'sha256'])
    .where('recording', '=', recording)
    .orderBy('n')
    .execute();
export const readPiece = (h: From, recording: string, n: number): Promise<PieceTable | undefined> =>
  h.db.selectFrom('hearing.piece').selectAll().where('recording', '=', recording).where('n', '=', n).executeTakeFirst();
export const erasePieces = (h: Act, recording: string) =>
  h.db.deleteFrom('hearing.piece').where('recording', '=', recording).execute();

export const eraseSignals = (h: Act, until: Instant) =>
  h.db.deleteFrom('hearing.signal').where('at', '<=', until).execute();
