// The SQL of files that go to another State and of files that came from one.
import { type Selectable, sql } from 'kysely';
import { type Act, json, type Reading } from '#foundation';

/** Where a file lies in the other State, as that State last said it: codes, numbers, names of offices. */
export type Standing = {
  state: string;
  fir_number: string | null;
  fir_year: number | null;
  since: string;
  office_hi: string;
  office_en: string;
  unit_hi: string;
  unit_en: string;
};
type HandoverTable = {
  parcel: string;
  file: string;
  to_state: string;
  to_path: string;
  state_hi: string;
  state_en: string;
  station_hi: string;
  station_en: string;
  asked_at: Temporal.Instant;
  received_at: Temporal.Instant | null;
  number_there: string | null;
  sha256: Buffer | null;
  refused: string | null;
  refused_at: Temporal.Instant | null;
  news: Standing | null;
  news_at: Temporal.Instant | null;
};
type ArrivalTable = {
  file: string;
  parcel: string;
  from_state: string;
  state_hi: string;
  state_en: string;
  station_hi: string;
  station_en: string;
  number_there: string;
  handed_at: Temporal.Instant;
  came_at: Temporal.Instant;
  sealed_history: Buffer;
  news_sha256: Buffer | null;
};
declare module '#foundation' {
  interface Database {
    'casework.handover': HandoverTable;
    'casework.arrival': ArrivalTable;
  }
}
export type HandoverRow = Selectable<HandoverTable>;
export type ArrivalRow = Selectable<ArrivalTable>;
type From = Pick<Reading, 'db'>;

type Asked = Omit<
  HandoverTable,
  'received_at' | 'number_there' | 'sha256' | 'refused' | 'refused_at' | 'news' | 'news_at'
>;
export const addHandover = (a: Act, row: Asked) =>
  a.db
    .insertInto('casework.handover')
    .values({
      ...row,
      received_at: null,
      number_there: null,
      sha256: null,
      refused: null,
      refused_at: null,
      news: null,
      news_at: null,
    })
    .execute();
/** The handovers of a file, oldest first: at most the last is not refused. */
export const handoversOf = (r: From, file: string): Promise<HandoverRow[]> =>
  r.db.selectFrom('casework.handover').selectAll().where('file', '=', file).orderBy('asked_at').execute();
export const handoverBy = (r: From, parcel: string): Promise<HandoverRow | undefined> =>
  r.db.selectFrom('casework.handover').selectAll().where('parcel', '=', parcel).executeTakeFirst();
/** Those for which no receipt has come and nobody has refused. As the house. */
export const handoversAsked = (h: From, most: number): Promise<HandoverRow[]> =>
  h.db
    .selectFrom('casework.handover')
    .selectAll()
    .where('received_at', 'is', null)
    .where('refused', 'is', null)
    .orderBy('asked_at')
    .limit(most)
    .execute();
export const changeHandover = (
  h: Act,
  parcel: string,
  to: Partial<Pick<HandoverRow, 'received_at' | 'number_there' | 'sha256' | 'refused' | 'refused_at' | 'news_at'>> & {
    news?: Standing;
  },
) => {
  const { news, ...rest } = to;
  return h.db
    .updateTable('casework.handover')
    .set({ ...rest, ...(news ? { news: json(news) } : {}) } as never)
    .where('parcel', '=', parcel)
    .execute();
};

export const addArrival = (h: Act, row: Omit<ArrivalTable, 'news_sha256'>) =>
  h.db
    .insertInto('casework.arrival')
    .values({ ...row, news_sha256: null })
    .execute();
export const arrivalOf = (r: From, file: string): Promise<ArrivalRow | undefined> =>
  r.db.selectFrom('casework.arrival').selectAll().where('file', '=', file).executeTakeFirst();
/** Files from another State whose standing that State has not been told yet. As the house. */
export const newsToTell = (h: From, most: number) =>
  sql<{ file: string; parcel: string; from_state: string; standing: Standing }>`
    select * from casework.news_to_tell(${most})`
    .execute(h.db)
    .then(({ rows }) => rows);
/** What was told of a file is told: until it stands differently. As the house. */
export const newsTold = (h: Act, file: string, standing: Standing) =>
  sql`update casework.arrival set news_sha256 = sha256(convert_to((${json(standing)}::jsonb)::text, 'UTF8')) where file = ${file}`.execute(
    h.db,
  );

export const myHandovers = (r: From): Promise<HandoverRow[]> =>
  sql<HandoverRow>`select * from casework.my_handovers()`.execute(r.db).then(({ rows }) => rows);
export const myArrival = (r: From): Promise<ArrivalRow | undefined> =>
  sql<ArrivalRow>`select * from casework.my_arrival()`.execute(r.db).then(({ rows }) => rows[0]);
