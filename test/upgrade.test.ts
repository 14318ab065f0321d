// From the first migrations, with work in the tables, to now: nothing is lost, nothing is changed that was said, and whoever sends meanwhile
// arrives once.
import { createHmac, hkdfSync, randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileComplaint } from '#casework';
import {
  act,
  checkMigrated,
  closeDatabase,
  enrolHouse,
  house,
  migrate,
  nobody,
  openDatabase,
  openKeys,
  openPool,
  openSecrets,
  type Postgres,
  rehearse,
  startPostgres,
} from '#foundation';
import { coverTables } from '#audit';
import { complaintForm, findByReceipt } from '#intake';
import { verify } from '#oversight';
import { someComplaint } from '../e2e/complaint.ts';

const FIRST = '0011_desk_lines.sql';
const MANY = 300;
let folder: string;
let server: Postgres;
let owner: pg.Client;
const to = () => ({ host: server.host, port: server.port, user: server.superuser, database: 'postgres' });
const app = () => ({ host: server.host, port: server.port, database: 'postgres' });
const one = async <T extends pg.QueryResultRow>(text: string): Promise<T> => (await owner.query<T>(text)).rows[0] as T;

beforeAll(async () => {
  folder = mkdtempSync('/tmp/itsso-upgrade-');
  chmodSync(folder, 0o755);
  server = await startPostgres(path.join(folder, 'db'), { forTests: true });
  owner = new pg.Client(to());
  await owner.connect();
  openKeys({ folder: path.join(folder, 'keys') });
});
afterAll(async () => {
  await closeDatabase();
  await owner?.end();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Everything that stood in a table of then, in the columns of then, as one hash. */
async function marks(columns: ReadonlyMap<string, string[]>): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const [table, names] of columns) {
    const list = names.map((name) => `t.${name}`).join(', ');
    const { mark } = await one<{ mark: string }>(
      `select count(*) || ' ' || coalesce(bit_xor(('x' || left(md5(row(${list})::text), 16))::bit(64)::bigint), 0) as mark from ${table} t`,
    );
    found.set(table, mark);
  }
  return found;
}

test('a house of the first migrations, full of work, becomes one of today: every row as it was, and a complaint sent meanwhile there once', async () => {
  await migrate({ owner: to(), queue: app(), last: FIRST });
  await owner.query('begin');
  await owner.query(
    readFileSync(path.join(import.meta.dirname, 'early-house.sql'), 'utf8').replaceAll('$N', String(MANY)),
  );
  await owner.query('commit');
  // her receipt is known to her alone; what finds it again was made from the house's first key itself in those days
  const root = Buffer.from(readFileSync(path.join(folder, 'keys/kek'), 'utf8').trim(), 'base64');
  const mac = (purpose: string, part: string | Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(part));
    const key = Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), `itsso:mac:${purpose}`, 32));
    return createHmac('sha256', key).update(length).update(part).digest();
  };
  const salt = Buffer.from('00000000000000000000000000000007', 'hex');
  const receipt = (BigInt(`0x${mac('receipt', salt).subarray(0, 16).toString('hex')}`) % 10n ** 16n)
    .toString()
    .padStart(16, '0');
  await owner.query('update intake.complaint set receipt_lookup = $1 where salt = $2', [
    mac('receipt-lookup', receipt),
    salt,
  ]);

  const { rows } = await owner.query<{ t: string; names: string[] }>(
    `select n.nspname || '.' || c.relname as t, array_agg(quote_ident(a.attname) order by a.attnum) as names from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where n.nspname in ('posts', 'intake', 'casework', 'callback', 'sealed', 'deadlines', 'foundation') and c.relkind = 'r' group by 1`,
  );
  const columns = new Map(rows.map(({ t, names }) => [t, names]));
  const before = await marks(columns);
  expect(before.get('intake.complaint')).toMatch(new RegExp(`^${MANY} `));

  const dry = await rehearse(to());
  expect(dry.tried && dry.steps.length > 30).toBe(true);
  expect(await marks(columns)).toEqual(before);

  // somebody sends all the while, and sends again until it is taken
  openDatabase(app(), 4);
  await enrolHouse(owner);
  const forms = Array.from({ length: 3 }, () => complaintForm.parse(someComplaint({ form_id: randomUUID() })));
  let over = false;
  const senders = forms.map(async (form) => {
    for (let taken = false; !taken; ) {
      taken = await act(nobody, 'intake.file', (a) => fileComplaint(a, form)).then(
        () => true,
        () => false,
      );
      if (!taken) {
        if (over) throw new Error('not taken although the upgrade is over');
        await pause(50);
      }
    }
  });
  const ran = await migrate({ owner: to(), queue: app() });
  expect(ran).toEqual(dry.steps);
  await coverTables(owner);
  await openSecrets(owner);
  const pool = openPool(app(), 'itsso_app', 1);
  await checkMigrated(pool);
  await pool.end();
  await pause(1500);
  over = true;
  await Promise.all(senders);

  const after = await marks(columns);
  const grown = new Set([
    'intake.complaint',
    'casework.file',
    'casework.stay',
    'callback.promise',
    'sealed.case_key',
    'sealed.item',
    'deadlines.deadline',
    'deadlines.desk',
    'deadlines.wake',
    'foundation.ledger',
  ]);
  for (const [table, mark] of before)
    if (mark !== '0 0' && !grown.has(table) && !table.startsWith('posts.session'))
      expect(after.get(table), table).toBe(mark);
  // of what has grown the old rows are as they were
  const old = `(select id from intake.complaint where submitted_at < '2026-06-01')`;
  const { n } = await one<{ n: number }>(
    `select count(*)::int as n from intake.complaint c join casework.file f using (id) join casework.stay s on s.file = c.id and s.to_at is null
     join callback.promise p on p.file = c.id join sealed.item i on i.subject = c.id and i.field = 'name' where c.id in ${old} and f.desk_post = s.post`,
  );
  expect(n).toBe(MANY);
  const { rows: sent } = await owner.query(`select form_id from intake.complaint where form_id = any ($1)`, [
    forms.map(({ form_id }) => form_id),
  ]);
  expect(sent).toHaveLength(forms.length);
  // what she was given then opens her file now
  expect((await act(house(), 'intake.look', (a) => findByReceipt(a, receipt)))?.salt).toEqual(salt);
  // the figures have what was registered before there were figures
  const { facts } = await one<{ facts: number }>('select count(*)::int as facts from published.case_fact');
  expect(facts).toBe(MANY / 3);
  const { shared } = await one<{ shared: number }>('select count(*)::int as shared from published.shared');
  expect(shared).toBe(MANY / 3);
  expect(await verify()).toEqual([]);
}, 180_000);

test('run once more nothing happens; a file that changed after it ran is refused', async () => {
  expect(await migrate({ owner: to(), queue: app() })).toEqual([]);
  await owner.query(`update house.migration set sha256 = '\\x00' where name = '0005_deadlines.sql'`);
  await expect(migrate({ owner: to(), queue: app() })).rejects.toThrow('0005_deadlines.sql has changed');
});
