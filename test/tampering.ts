// What a superuser may do to the rows of a house behind its back, drawn at random from a seed; each is undone again.
import { CHECKERS } from '../src/server/audit/rules.ts';
import type { TestHouse } from './house.ts';

/** What was done: in which table, to which row, and what the check may call it. */
export type Deed = { kind: string; table: string; keys: string[]; names: string[] };

/** Numbers from 0 to 1 from a seed, always the same (mulberry32). */
export function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Column = { name: string; type: string; generated: boolean };
type Table = { name: string; key: string[]; columns: Column[]; rows: number };

/** The tables that leave traces and have rows. */
export async function tracedTables(h: TestHouse): Promise<Table[]> {
  const tables = await h.sql<Omit<Table, 'rows'>>(`
    select s.name, s.key, json_agg(json_build_object('name', a.attname, 'type', t.typname, 'generated', a.attgenerated <> '') order by a.attnum) as columns
    from audit.shape s join pg_attribute a on a.attrelid = s.name::regclass and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid
    group by s.name, s.key order by s.name`);
  const counted: Table[] = [];
  for (const table of tables) {
    const [{ rows } = { rows: 0 }] = await h.sql<{ rows: number }>(`select count(*)::int as rows from ${table.name}`);
    if (rows > 0) counted.push({ ...table, rows });
  }
  return counted;
}

const OTHER: Record<string, (column: string) => string> = {
  timestamptz: (c) => `${c} - interval '3 days'`,
  date: (c) => `${c} - 3`,
  text: (c) => `${c} || 'x'`,
  bytea: (c) => `${c} || '\\x00'::bytea`,
  int2: (c) => `${c} + 1`,
  int4: (c) => `${c} + 1`,
  int8: (c) => `${c} + 1`,
  bool: (c) => `not ${c}`,
  uuid: () => 'gen_random_uuid()',
  jsonb: (c) => `jsonb_build_array(${c}, 1)`,
};
const CLOCKED = new Set(['timestamptz', 'date']);

const ROWS = ['update', 'back-date', 'delete', 'insert', 'swap', 'cut-tail', 'set-back', 'trigger'];
const LOG = ['leaf', 'swap-leaves', 'delete-leaf', 'tile', 'checkpoint', 'checker'];
export const KINDS: readonly string[] = [...ROWS, ...LOG];
const turns = { rows: 0, log: 0 };
let copies = 0;

/** One random deed, with no trigger and no constraint in its way. @returns what was done and how it is undone; undefined when nothing came of it */
export async function tamper(
  h: TestHouse,
  tables: readonly Table[],
  which: 'rows' | 'log',
  chance: () => number,
): Promise<{ deed: Deed; undo: () => Promise<void> } | undefined> {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)]!;
  // each kind in its turn: none is left to chance
  const kind = which === 'rows' ? ROWS[turns.rows++ % ROWS.length]! : LOG[turns.log++ % LOG.length]!;
  const table = pick(tables);
  const of = (name: string): Deed => ({ kind, table: name, keys: [], names: [] });
  const keyOf = (row: string) => `concat_ws(' ', ${table.key.map((k) => `${row}.${k}::text`).join(', ')})`;
  const keep = async (name: string) => {
    const kept = `kept_rows_${++copies}`;
    await h.sql(`create temp table ${kept} as table ${name}`);
    return async () => {
      const [{ columns } = { columns: '' }] = await h.sql<{ columns: string }>(
        `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute where attrelid = '${name}'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      );
      await h.sql(`delete from ${name}`);
      await h.sql(`insert into ${name} (${columns}) overriding system value select ${columns} from ${kept}`);
      await h.sql(`drop table ${kept}`);
    };
  };
  const some = async (n: number, from = table.name, where = 'true') =>
    (
      await h.sql<{ c: string }>(
        `select ctid::text as c from ${from} t where ${where} order by md5(ctid::text || '${chance()}') limit ${n}`,
      )
    ).map(({ c }) => c);
  const done = async (name: string, work: (deed: Deed) => Promise<void>) => {
    const undo = await keep(name);
    const deed = of(name);
    // neither triggers nor foreign keys are asked: a superuser's own way
    await h.sql(`set session_replication_role = replica`);
    try {
      await work(deed);
    } catch {
      // a constraint of the table itself was in the way
      await undo();
      return undefined;
    } finally {
      await h.sql('set session_replication_role = origin');
    }
    return {
      deed,
      undo: async () => {
        await h.sql('set session_replication_role = replica');
        await undo();
        await h.sql('set session_replication_role = origin');
      },
    };
  };
  const leafTable = 'audit.leaf';
  switch (kind) {
    case 'update':
    case 'back-date': {
      const columns = table.columns.filter(
        ({ name, type, generated }) =>
          !generated && !table.key.includes(name) && (kind === 'update' ? OTHER[type] : CLOCKED.has(type)),
      );
      if (columns.length === 0) return undefined;
      const { name, type } = pick(columns);
      return done(table.name, async (deed) => {
        // a moment without end cannot be moved
        const there = CLOCKED.has(type) ? `isfinite(${name})` : `${name} is not null`;
        const [ctid] = await some(1, table.name, there);
        const rows = await h.sql<{ key: string }>(
          `update ${table.name} t set ${name} = ${OTHER[type]!(name)} where ctid = '${ctid}' returning ${keyOf('t')} as key`,
        );
        if (rows.length === 0) throw new Error('nothing');
        deed.keys = rows.map(({ key }) => key);
        deed.names = ['changed', 'dated-back'];
      });
    }
    case 'delete':
      return done(table.name, async (deed) => {
        const [ctid] = await some(1);
        deed.keys = (
          await h.sql<{ key: string }>(
            `delete from ${table.name} t where ctid = '${ctid}' returning ${keyOf('t')} as key`,
          )
        ).map(({ key }) => key);
        deed.names = ['deleted'];
      });
    case 'insert': {
      const uuidKey =
        table.key.length === 1 && table.columns.find(({ name }) => name === table.key[0])?.type === 'uuid';
      if (!uuidKey) return undefined;
      const names = table.columns.filter(({ generated }) => !generated).map(({ name }) => name);
      return done(table.name, async (deed) => {
        const [ctid] = await some(1);
        deed.keys = (
          await h.sql<{ key: string }>(
            `insert into ${table.name} as t (${names.map((n) => `"${n}"`).join(', ')}) overriding system value select ${names.map((n) => (n === table.key[0] ? 'gen_random_uuid()' : `"${n}"`)).join(', ')}
             from ${table.name} where ctid = '${ctid}' returning ${keyOf('t')} as key`,
          )
        ).map(({ key }) => key);
        deed.names = ['inserted'];
      });
    }
    case 'swap': {
      const names = table.columns
        .filter(({ name, generated }) => !generated && !table.key.includes(name))
        .map(({ name }) => `"${name}"`);
      if (names.length === 0 || table.rows < 2) return undefined;
      return done(table.name, async (deed) => {
        const kept = `kept_rows_${copies}`;
        const [a, b] = await some(2);
        const rows = await h.sql<{ key: string; same: boolean }>(
          `update ${table.name} t set (${names.join(', ')}) = (select ${names.join(', ')} from ${kept} k where ${table.key.map((k) => `k."${k}" = o."${k}"`).join(' and ')})
           from ${table.name} o where (t.ctid = '${a}' and o.ctid = '${b}') or (t.ctid = '${b}' and o.ctid = '${a}')
           returning ${keyOf('t')} as key, (select to_jsonb(k) = to_jsonb(t) from ${kept} k where ${table.key.map((k) => `k."${k}" = t."${k}"`).join(' and ')}) as same`,
        );
        deed.keys = rows.filter(({ same }) => !same).map(({ key }) => key);
        if (deed.keys.length === 0) throw new Error('alike');
        deed.names = ['changed', 'dated-back'];
      });
    }
    case 'cut-tail':
      return done(table.name, async (deed) => {
        const most = 1 + Math.floor(chance() * 3);
        deed.keys = (
          await h.sql<{ key: string }>(
            `delete from ${table.name} t where ctid in (select ctid from ${table.name} order by ctid desc limit ${most}) returning ${keyOf('t')} as key`,
          )
        ).map(({ key }) => key);
        deed.names = ['deleted'];
      });
    case 'set-back': {
      const [old] = await h.sql<{ name: string; key: string }>(
        `select s.name, l.key from audit.leaf l join audit.shape s on s.id = l.shape where l.op = 'u' order by md5(l.index::text || '${chance()}') limit 1`,
      );
      const back = tables.find(({ name }) => name === old?.name);
      const before = back && backup.get(back.name);
      if (!back || !before) return undefined;
      return done(back.name, async (deed) => {
        const same = back.key.map((k) => `t."${k}" = b."${k}"`).join(' and ');
        const names = back.columns
          .filter(({ name, generated }) => !generated && !back.key.includes(name))
          .map(({ name }) => `"${name}"`);
        const rows = await h.sql<{ key: string }>(
          `update ${back.name} t set (${names.join(', ')}) = (select ${names.map((n) => `b.${n}`).join(', ')}) from ${before} b
           where ${same} and to_jsonb(t) <> to_jsonb(b) returning concat_ws(' ', ${back.key.map((k) => `t."${k}"::text`).join(', ')}) as key`,
        );
        if (rows.length === 0) throw new Error('nothing');
        deed.keys = rows.map(({ key }) => key);
        deed.names = ['set-back'];
      });
    }
    case 'leaf':
      return done(leafTable, async (deed) => {
        const [ctid] = await some(1, leafTable);
        const set = pick([
          "recorded_at = recorded_at - interval '1 day'",
          "recorded_at = 'infinity'",
          "key = key || 'x'",
          "op = case op when 'u' then 'i' else 'u' end::\"char\"",
          'commitment = sha256(commitment)',
          "xid = '1'",
          "xid = '18000000000000000000'",
        ]);
        deed.keys = (
          await h.sql<{ key: string }>(`update audit.leaf set ${set} where ctid = '${ctid}' returning key`)
        ).map(({ key }) => key);
        deed.names = ['leaf-changed'];
      });
    case 'swap-leaves':
      return done(leafTable, async (deed) => {
        const [a, b] = (
          await h.sql<{ index: number }>(
            `select index::int from audit.leaf order by md5(index::text || '${chance()}') limit 2`,
          )
        ).map(({ index }) => index);
        await h.sql(`update audit.leaf set index = -1 - index where index in (${a}, ${b})`).catch(() => undefined);
        await h.sql('alter table audit.leaf drop constraint leaf_index_check');
        await h.sql(
          `update audit.leaf set index = case index when ${a} then -1 else -2 end where index in (${a}, ${b})`,
        );
        deed.keys = (
          await h.sql<{ key: string }>(
            `update audit.leaf set index = case index when -1 then ${b} else ${a} end where index in (-1, -2) returning key`,
          )
        ).map(({ key }) => key);
        await h.sql('alter table audit.leaf add constraint leaf_index_check check (index >= 0)');
        deed.names = ['order-changed', 'leaf-changed'];
      });
    case 'delete-leaf':
      return done(leafTable, async (deed) => {
        const [ctid] = await some(1, leafTable);
        deed.keys = (
          await h.sql<{ key: string }>(`delete from audit.leaf where ctid = '${ctid}' returning index::text as key`)
        ).map(({ key }) => key);
        deed.names = ['leaf-missing'];
      });
    case 'tile':
      return done('audit.tile', async (deed) => {
        const [ctid] = await some(1, 'audit.tile');
        await h.sql(
          `update audit.tile set hashes = set_byte(hashes, 5, 255 - get_byte(hashes, 5)) where ctid = '${ctid}'`,
        );
        deed.names = ['leaf-changed', 'tiles-changed'];
      });
    case 'checker': {
      const name = pick(Object.keys(CHECKERS));
      const [old] = await h.sql<{ def: string }>(
        `select pg_get_functiondef(p.oid) as def from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname || '.' || p.proname = '${name}'`,
      );
      const def = old!.def;
      await h.sql(def.replace(/AS \$function\$/, 'AS $function$ '));
      return {
        deed: { ...of('pg_proc'), keys: [], names: ['function-changed'] },
        undo: async () => {
          await h.sql(def);
        },
      };
    }
    case 'checkpoint':
      return done('audit.checkpoint', async (deed) => {
        const [ctid] = await some(1, 'audit.checkpoint');
        const set = pick([
          'root = sha256(root)',
          "note = replace(note, E'\\ntime ', E'\\ntime 1')",
          'size = size + 1',
          "at = at - interval '1 hour'",
        ]);
        await h.sql(`update audit.checkpoint set ${set} where ctid = '${ctid}'`);
        deed.names = ['checkpoint-changed', 'not-signed'];
      });
    default: {
      await h.sql(`alter table ${table.name} disable trigger a_trace`);
      return {
        deed: { ...of(table.name), names: ['not-traced'] },
        undo: async () => {
          await h.sql(`alter table ${table.name} enable trigger a_trace`);
        },
      };
    }
  }
}

const backup = new Map<string, string>();
/** Takes a copy of every table aside, as a backup would; `set-back` brings rows of it back later. */
export async function takeBackup(h: TestHouse, tables: readonly Table[]): Promise<void> {
  await h.sql('create schema old_backup');
  for (const { name } of tables) {
    const copy = `old_backup.${name.replace('.', '_')}`;
    await h.sql(`create table ${copy} as table ${name}`);
    backup.set(name, copy);
  }
}
