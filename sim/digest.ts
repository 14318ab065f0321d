// What stands in the database, as one hash that is the same wherever the same was played: ids by the order in which they appear, nothing that
// is sealed, no instant of true time.
import { createHash } from 'node:crypto';
import type { TestHouse } from '../test/house.ts';

/** The tables that are read row by row, each in an order in which no two rows are the same; of the others the rows are counted. */
const READ: Readonly<Record<string, string>> = {
  'casework.file': 'id',
  'casework.step': 'id',
  'casework.stay': 'file, n',
  'deadlines.deadline': 'file, started_at, rule, accused, id',
  'deadlines.stage': 'at, stage, raised_at, deadline',
  'callback.promise': 'id',
  'callback.attempt': 'id',
  'notify.message': 'id',
  'posts.leave': 'id',
  'sos.alert': 'id',
  'sos.call_out': 'id',
};
// what true time or another process of the same server has a part in
const UNSURE = ['audit.', 'graphile_worker.', 'foundation.migration', 'posts.session'];

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const SEALED = /"\\\\x[0-9a-f]*"/g;

/** The digest of a house as it is now. */
export async function digestOf(h: TestHouse): Promise<string> {
  const hash = createHash('sha256');
  const names = new Map<string, number>();
  const named = (id: string): string => {
    if (!names.has(id)) names.set(id, names.size);
    return `#${names.get(id)}`;
  };
  for (const [table, order] of Object.entries(READ)) {
    const rows = await h.sql<{ line: string }>(
      `select (to_jsonb(t) - 'recorded_at')::text as line from (select * from ${table} order by ${order}) t`,
    );
    for (const { line } of rows) hash.update(`${line.replaceAll(SEALED, '""').replaceAll(UUID, named)}\n`);
  }
  const tables = await h.sql<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  const counted = tables.filter(({ name }) => !UNSURE.some((begin) => name.startsWith(begin)));
  const counts = await h.sql<{ name: string; n: number }>(
    counted.map(({ name }) => `select '${name}' as name, count(*)::int as n from ${name}`).join(' union all '),
  );
  for (const { name, n } of counts.sort((one, other) => (one.name < other.name ? -1 : 1)))
    hash.update(`${name} ${n}\n`);
  return hash.digest('hex');
}
