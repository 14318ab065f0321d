// db/schema.txt: the whole database as it is now, from the catalogue, for reading; `--check` compares. There is no dump program here.
import { mkdtempSync, chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { migrate, startPostgres } from '../src/server/foundation/foundation.ts';

const FILE = path.resolve(import.meta.dirname, '../db/schema.txt');
// every schema of ours, so that a new room cannot be left out: all but PostgreSQL's own, the extensions' and the queue's
const ROOMS = `n.nspname !~ '^(pg_|information_schema$|ext$|public$|graphile_worker)'`;

const QUERIES: [string, string][] = [
  [
    'Tables',
    `select format(E'%s.%s  -- %s\\n%s', n.nspname, c.relname, obj_description(c.oid), (
        select string_agg(format('    %s %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end,
          coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')), E'\\n' order by a.attnum)
        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)) as line
     from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and ${ROOMS} order by n.nspname, c.relname`,
  ],
  [
    'Constraints',
    `select format('%s.%s %s: %s', n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid)) as line from pg_constraint k join pg_class c on c.oid = k.conrelid
     join pg_namespace n on n.oid = c.relnamespace where ${ROOMS} and k.contype <> 'n' order by 1`,
  ],
  [
    'Indexes',
    `select indexdef as line from pg_indexes n where ${ROOMS.replace('n.nspname', 'n.schemaname')} order by 1`,
  ],
  [
    'Policies',
    `select format('%s.%s %s for %s to %s using %s check %s', n.schemaname, tablename, policyname, cmd, roles, coalesce(qual, '-'), coalesce(with_check, '-')) as line
     from pg_policies n where ${ROOMS.replace('n.nspname', 'n.schemaname')} order by 1`,
  ],
  [
    'Functions',
    `select format('%s returns %s%s owner %s', p.oid::regprocedure, pg_get_function_result(p.oid), case when p.prosecdef then ' security definer' else '' end,
       pg_get_userbyid(p.proowner)) as line from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${ROOMS} order by 1`,
  ],
  [
    'Grants',
    `select format('%s on %s.%s to %s', string_agg(privilege_type, ', ' order by privilege_type), table_schema, table_name, grantee) as line from information_schema.role_table_grants n
     where ${ROOMS.replace('n.nspname', 'n.table_schema')} and grantee <> 'itsso_owner' group by table_schema, table_name, grantee order by 1`,
  ],
  [
    'Column grants',
    `select format('update (%s) on %s.%s to %s', string_agg(column_name, ', ' order by column_name), table_schema, table_name, grantee) as line from information_schema.column_privileges n
     where ${ROOMS.replace('n.nspname', 'n.table_schema')} and grantee <> 'itsso_owner' and privilege_type = 'UPDATE' group by table_schema, table_name, grantee order by 1`,
  ],
];

async function describe(): Promise<string> {
  const folder = mkdtempSync('/tmp/itsso-schema-');
  chmodSync(folder, 0o755);
  const server = await startPostgres(path.join(folder, 'db'), { forTests: true });
  const at = { host: server.host, port: server.port };
  try {
    await migrate({
      owner: { ...at, user: server.superuser, database: 'postgres' },
      queue: { ...at, database: 'postgres' },
    });
    const client = new pg.Client({ ...at, user: server.superuser, database: 'postgres' });
    await client.connect();
    const texts: string[] = [];
    for (const [title, query] of QUERIES) {
      const { rows } = await client.query<{ line: string }>(query);
      texts.push(`${title}\n${'='.repeat(title.length)}\n${rows.map((row) => row.line).join('\n')}\n`);
    }
    await client.end();
    return texts.join('\n');
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const text = await describe();
if (process.argv.includes('--check')) {
  if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== text) {
    console.error('db/schema.txt is not what the migrations make: run node scripts/schema-doc.ts');
    process.exit(1);
  }
} else writeFileSync(FILE, text);
