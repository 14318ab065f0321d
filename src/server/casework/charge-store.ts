// The SQL of charge lists and of what lies on each desk. Only the schema `casework`.
import type { Reading, Act } from '#foundation';
import type { State } from './powers.ts';
import type { Cited } from './store.ts';

/** One line of a charge list: nobody's name. */
export type ChargeLine = { number: string; state: State; since: string };
type ChargeTable = {
  id: string;
  transfer: string;
  post: string;
  officer: string;
  side: 'gives' | 'takes';
  signed_at: Temporal.Instant;
  files: ChargeLine[];
  sha256: Buffer;
  sealed_note: Buffer | null;
};
type LoadView = { post: string; open: number; late: number; stuck: number; oldest: Temporal.Instant };

declare module '#foundation' {
  interface Database {
    'casework.charge_list': ChargeTable;
    'casework.desk_load': LoadView;
  }
}

type From = Pick<Reading, 'db'>;
export type ChargeList = ChargeTable;
export type Load = LoadView;

export const listsOf = (r: From, transfers: readonly string[]): Promise<ChargeList[]> =>
  transfers.length === 0
    ? Promise.resolve([])
    : r.db
        .selectFrom('casework.charge_list')
        .selectAll()
        .where('transfer', 'in', [...transfers])
        .orderBy('signed_at')
        .execute();
export const addList = (a: Act, row: Omit<ChargeTable, 'files'> & { files: unknown }) =>
  a.db
    .insertInto('casework.charge_list')
    .values(row as ChargeTable)
    .onConflict((clash) => clash.columns(['transfer', 'post', 'side']).doNothing())
    .returning('id')
    .executeTakeFirst();
/** What lies on a desk, as its charge list says it: by number. Files that have none yet lie with the call-back desk. */
export const linesOn = async (r: From, post: string, states: readonly State[]): Promise<ChargeLine[]> => {
  const rows = await r.db
    .selectFrom('casework.file')
    .select(['number', 'state', 'desk_since'])
    .where('desk_post', '=', post)
    .where('state', 'in', [...states])
    .orderBy('number')
    .execute();
  return rows.flatMap(({ number, state, desk_since }) =>
    number ? [{ number, state, since: desk_since.toString() }] : [],
  );
};
/** What lies on a desk, to choose from: no identity, the oldest stay first. */
export type OnDeskLine = {
  number: string;
  state: State;
  fir: string | null;
  sections: Cited[];
  child: boolean;
  since: Temporal.Instant;
};
export const choicesOn = async (
  r: From,
  post: string,
  states: readonly State[],
  most: number,
): Promise<OnDeskLine[]> => {
  const rows = await r.db
    .selectFrom('casework.file')
    .select(['number', 'state', 'fir_number', 'fir_year', 'sections', 'child', 'desk_since'])
    .where('desk_post', '=', post)
    .where('state', 'in', [...states])
    .where('number', 'is not', null)
    .orderBy('desk_since')
    .limit(most)
    .execute();
  return rows.flatMap(({ number, state, fir_number, fir_year, sections, child, desk_since }) =>
    number
      ? [{ number, state, fir: fir_number && `${fir_number}/${fir_year}`, sections, child, since: desk_since }]
      : [],
  );
};
export const loads = (r: From, posts: readonly string[]): Promise<Load[]> =>
  posts.length === 0
    ? Promise.resolve([])
    : r.db
        .selectFrom('casework.desk_load')
        .selectAll()
        .where('post', 'in', [...posts])
        .execute();
