// The SQL of switching the programme. Only the schema `sos`.
import { sql } from 'kysely';
import type { Act } from '#foundation';
import { type From, rowsOf } from './rows.ts';

type At = Temporal.Instant;

export type Change = {
  id: string;
  unit: string;
  turns: 'off' | 'on';
  from_at: At;
  reason: string;
  proposed_at: At;
  proposed_by: string;
  proposer: string;
};
export type PublicChange = Omit<Change, 'proposed_by' | 'proposer'> & {
  agreed_at: At | null;
  withdrawn_at: At | null;
  told: number;
  proposed_hi: string;
  proposed_en: string;
  agreed_hi: string | null;
  agreed_en: string | null;
};

export const publicChanges = (r: From) => rowsOf(r, sql<PublicChange>`select * from sos.public_changes()`);
/** Whether the programme is switched off in a unit at the house's instant. */
export const isOff = (r: From & { now: At }, unit: string): Promise<boolean> =>
  rowsOf(r, sql<{ off: boolean }>`select sos.is_off(${unit}::ltree, ${r.now}) as off`).then(
    ([row]) => row?.off ?? false,
  );
export const takeTurn = (h: Act, unit: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`sos-programme ${unit}`}, 0))`.execute(h.db);
export const openProposal = (r: From, unit: string): Promise<{ id: string } | undefined> =>
  rowsOf(
    r,
    sql<{
      id: string;
    }>`select id from sos.programme_change where unit = ${unit}::ltree and agreed_at is null and withdrawn_at is null`,
  ).then(([row]) => row);
export const addChange = (h: Act, c: Change) =>
  sql`insert into sos.programme_change (id, unit, turns, from_at, reason, proposed_at, proposed_by, proposer)
    values (${c.id}, ${c.unit}::ltree, ${c.turns}, ${c.from_at}, ${c.reason}, ${c.proposed_at}, ${c.proposed_by}, ${c.proposer})`.execute(
    h.db,
  );
export const lockChange = (h: Act, id: string) =>
  rowsOf(
    h,
    sql<
      Change & { agreed_at: At | null; withdrawn_at: At | null }
    >`select id, unit::text as unit, turns, from_at, reason, proposed_at, proposed_by, proposer, agreed_at, withdrawn_at
      from sos.programme_change where id = ${id} for update`,
  ).then(([row]) => row);
export const agree = (h: Act, id: string, by: { post: string; officer: string; from_at: At }) =>
  sql`update sos.programme_change set agreed_at = ${h.now}, agreed_by = ${by.post}, agreer = ${by.officer}, from_at = ${by.from_at}
    where id = ${id}`.execute(h.db);
export const withdraw = (h: Act, id: string, post: string) =>
  sql`update sos.programme_change set withdrawn_at = ${h.now}, withdrawn_by = ${post} where id = ${id}`.execute(h.db);
export const toTell = (h: From, unit: string, after: string | null, most: number) =>
  rowsOf(h, sql<{ id: string; language: 'hi' | 'en' }>`select * from sos.to_tell(${unit}::ltree, ${after}, ${most})`);
export const countTold = (h: Act, id: string, n: number, all: boolean) =>
  sql`update sos.programme_change set told = told + ${n}, told_all_at = ${all ? h.now : null} where id = ${id}`.execute(
    h.db,
  );
