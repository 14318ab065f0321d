// The SQL of who answers for backups and drills. Only the schema `operations`.
import { sql } from 'kysely';
import type { Act, Reading } from '#foundation';
import type { RunKind } from './rules.ts';

type From = Pick<Reading, 'db'>;
export type Change = {
  id: string;
  part: RunKind;
  owner: string;
  was_owner: string;
  at: Temporal.Instant;
  post: string;
  officer: string;
  reason: string;
};

/** Whoever decides of the same part at once waits for his turn. */
export const takeTurn = (h: Act, part: RunKind) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`operations-answers ${part}`}, 0))`.execute(h.db);
export const parts = async (r: From): Promise<{ part: RunKind; owner: string }[]> =>
  (await sql<{ part: RunKind; owner: string }>`select part, owner from operations.part order by part`.execute(r.db))
    .rows;
export const ownerOf = async (r: From, part: RunKind): Promise<string | undefined> =>
  (await parts(r)).find((one) => one.part === part)?.owner;
export const setOwner = (h: Act, part: RunKind, owner: string) =>
  sql`update operations.part set owner = ${owner} where part = ${part}`.execute(h.db);
export const addChange = (h: Act, one: Change) =>
  sql`insert into operations.part_change (id, part, owner, was_owner, at, post, officer, reason)
    values (${one.id}, ${one.part}, ${one.owner}, ${one.was_owner}, ${one.at}, ${one.post}, ${one.officer}, ${one.reason})`.execute(
    h.db,
  );
const MOST = 100;
/** What was decided, the newest first, as far as it is in sight. */
export const changes = async (r: From): Promise<Change[]> =>
  (
    await sql<Change>`select id, part, owner, was_owner, at, post, officer, reason from operations.part_change
      order by at desc, id desc limit ${MOST}`.execute(r.db)
  ).rows;
