// The walls of the house: the order of rooms, their doors, whose SQL is whose, what no file may contain.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const ORDER = [
  'foundation',
  'law',
  'posts',
  'signin',
  'audit',
  'sealed-identity',
  'notify',
  'deadlines',
  'callback',
  'intake',
  'casework',
  'evidence',
  'documents',
  'correspondence',
  'hearing',
  'court',
  'clients',
  'exchange',
  'sos',
  'cctns',
  'oversight',
  'operations',
];
const SCHEMA: Record<string, string> = { 'sealed-identity': 'sealed' };

function walk(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? walk(file) : [file];
  });
}
const text = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');
const imports = (file: string) =>
  [...text(file).matchAll(/(?:from|import)\s+'([^']+)'/g), ...text(file).matchAll(/import\('([^']+)'\)/g)].map(
    (m) => m[1] ?? '',
  );

const rooms = readdirSync(path.join(ROOT, 'src/server'), { withFileTypes: true }).flatMap((e) =>
  e.isDirectory() ? [e.name] : [],
);
const sources = walk('src/server').filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts'));
const roomOf = (file: string) => file.split(path.sep)[2] ?? '';

test('every room has its place in the order, and a door of its name', () => {
  for (const room of rooms) {
    expect(ORDER).toContain(room);
    expect(readdirSync(path.join(ROOT, 'src/server', room))).toContain(`${room}.ts`);
  }
});

test('rooms are flat', () => {
  for (const room of rooms) {
    const folders = readdirSync(path.join(ROOT, 'src/server', room), { withFileTypes: true }).filter((e) =>
      e.isDirectory(),
    );
    expect(folders, room).toEqual([]);
  }
});

describe.each(sources)('%s', (file) => {
  const room = roomOf(file);

  test('uses only rooms before its own, by their doors', () => {
    for (const from of imports(file)) {
      if (from.startsWith('#')) {
        const used = from.slice(1);
        expect(ORDER.indexOf(used), `${from} is a room`).toBeGreaterThanOrEqual(0);
        expect(ORDER.indexOf(used), `${from} stands before ${room}`).toBeLessThan(ORDER.indexOf(room));
      } else {
        expect(from.startsWith('../'), `${from} leaves the room by a window`).toBe(false);
        expect(/^(@sveltejs|\$app|svelte)/.test(from), `${from} is the web`).toBe(false);
      }
    }
  });

  test('touches no other room’s tables', () => {
    const own = SCHEMA[room] ?? room.replaceAll('-', '_');
    const code = text(file).replace(/^\s*(\/\/|\*).*$/gm, '');
    const tables = [
      ...code.matchAll(/(?:selectFrom|insertInto|updateTable|deleteFrom|innerJoin|leftJoin)\(\s*'([a-z_]+)\.[a-z_]+/g),
      ...code.matchAll(/\b(?:from|join|into|update)\s+([a-z_]+)\.[a-z_]+/gi),
    ].map((m) => m[1] ?? '');
    const foreign = tables.filter(
      (schema) =>
        schema !== own && ['house', ...ORDER.map((r) => SCHEMA[r] ?? r.replaceAll('-', '_'))].includes(schema),
    );
    // the foundation speaks to posts through the fixed functions that resolve who acts, and enrols the house there
    expect(foreign.filter((schema) => !(room === 'foundation' && (schema === 'posts' || schema === 'house')))).toEqual(
      [],
    );
  });

  test('asks nobody but the act for the time, and draws no chance from Math', () => {
    expect(text(file)).not.toMatch(/\bDate\.now\(|\bnew Date\(|\bTemporal\.Now\b|\bMath\.random\(/);
  });

  if (path.basename(file) === 'rules.ts') {
    test('has rules that know neither the database nor words for people', () => {
      expect(imports(file).filter((from) => /kysely|pg|#words/.test(from))).toEqual([]);
      expect(text(file)).not.toMatch(/\b(async|await)\b/);
    });
  }
});

test('verbs are functions: a class is an error, or the shape that a library asks for', () => {
  const files = [...walk('src'), ...walk('server'), ...walk('seed'), ...walk('cli'), ...walk('sim')];
  for (const file of files.filter((f) => /(?<!\.d)\.(ts|svelte)$/.test(f) && !f.endsWith('.test.ts')))
    for (const [line] of text(file).matchAll(/^\s*(?:export )?(?:default )?(?:abstract )?class \w+.*$/gm))
      expect(line, file).toMatch(/\b(?:extends (?:Error|DataStore)|implements Locker)\b/);
});

test('no file, page or script turns text into markup or carries a fixed code', () => {
  const all = [...walk('src'), ...walk('server'), ...walk('seed')].filter(
    (f) => /\.(ts|svelte|html)$/.test(f) && !f.endsWith('.test.ts'),
  );
  for (const file of all) {
    expect(text(file), file).not.toMatch(/\{@html/);
    expect(text(file), file).not.toMatch(/(?:otp|code)\s*===?\s*['"]\d{4,8}['"]/i);
    if (file.endsWith('.svelte'))
      expect(text(file).replace(/<script[\s\S]*?<\/script>/g, ''), file).not.toMatch(/\sstyle=/);
  }
});

test('pages never reach into a room: they ask its door, from the server', () => {
  for (const file of walk('src/routes').filter((f) => /\.(ts|svelte)$/.test(f))) {
    for (const from of imports(file)) expect(/server\/[a-z-]+\//.test(from), `${file}: ${from}`).toBe(false);
    if (file.endsWith('.svelte')) {
      const values = [...text(file).matchAll(/import\s+(?!type\b)[^;]*?from\s+'(#[^']+)'/g)].map((m) => m[1] ?? '');
      expect(
        values.filter((v) => ORDER.includes(v.slice(1))),
        file,
      ).toEqual([]);
    }
  }
});
