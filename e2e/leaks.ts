// Looks for secrets in whatever a server leaves behind.
import path from 'node:path';
import pg from 'pg';

/**
 * Which secrets a text has in it, as they are, as hex (as a database shows bytes) or as base64.
 * @param secrets the secrets by what they are
 * @param text a log, a table, a file
 * @returns what was found
 */
export function leaks(secrets: Readonly<Record<string, string>>, text: string | Buffer): string[] {
  return Object.entries(secrets).flatMap(([what, value]) => {
    const bytes = Buffer.from(value);
    const shapes: string[] = [value, bytes.toString('hex'), bytes.toString('base64').replaceAll('=', '').slice(0, -1)];
    if (/^\d{8,16}$/.test(value)) shapes.push((value.match(/\d{4}/g) ?? []).join(' '));
    return shapes.some((shape) => (/^\d{6,8}$/.test(shape) ? borderedBy(text, shape) : text.includes(shape)))
      ? [what]
      : [];
  });
}
// short numbers count only where no other digit or hex digit stands beside them: ids and hashes hold any of them by chance
function borderedBy(text: string | Buffer, wanted: string): boolean {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const around = [text.slice(Math.max(at - 1, 0), at), text.slice(at + wanted.length, at + wanted.length + 1)];
    if (!around.some((beside) => /^[0-9a-f]$/i.test(beside.toString('latin1')))) return true;
  }
  return false;
}

/**
 * Every row of every table of a running house, as the superuser reads it, searched.
 * @param data the house's data folder
 * @param search what a text has in it
 * @returns what was found in which table, and how many rows were read
 */
export async function tablesWith(
  data: string,
  search: (text: string) => string[],
): Promise<{ found: Record<string, string[]>; tables: string[]; rows: number }> {
  const owner = new pg.Client({ host: path.join(data, 'db-socket'), port: 5432, user: 'postgres', database: 'itsso' });
  await owner.connect();
  const { rows: tables } = await owner.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`,
  );
  const found: Record<string, string[]> = {};
  let all = 0;
  for (const { name } of tables) {
    const { rows } = await owner.query<{ row: string }>(`select t::text as row from ${name} t`);
    all += rows.length;
    const here = search(rows.map(({ row }) => row).join('\n'));
    if (here.length) found[name] = here.toSorted();
  }
  await owner.query('checkpoint');
  await owner.end();
  return { found, tables: tables.map(({ name }) => name), rows: all };
}
