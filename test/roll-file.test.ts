// The table that docs/running.md shows can be loaded as it stands, and a wrong one says where.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { loadRollNow } from '../cli/roll.ts';
import { type TestHouse, testHouse } from './house.ts';

let h: TestHouse;
const folder = mkdtempSync('/tmp/itsso-roll-');
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05' });
});
afterAll(async () => {
  await h.close();
  rmSync(folder, { recursive: true, force: true });
});

async function said(file: string): Promise<string[]> {
  const lines: string[] = [];
  const spy = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  await loadRollNow(file).catch((error: unknown) => lines.push(String(error)));
  spy.mockRestore();
  return lines;
}

test('the example is laid down once; what stands between quotes has its comma', async () => {
  const example = path.resolve(import.meta.dirname, '../examples/roll.csv');
  // the nation and the state are there in practice, and Agra with a head of the same name
  expect((await said(example)).join()).toMatch(
    /^\d units and 1\d posts are new, 6 officers were seated; \d+ posts are vacant\.$/,
  );
  expect((await said(example)).join()).toMatch(/^0 units and 0 posts are new, 0 officers were seated/);
  expect(
    await h.sql(
      `select p.name_en from posts.post p where p.path::text = 'in.up.agra' and p.kind = 'sp' and p.name_hi = 'पुलिस अधीक्षक, आगरा' and p.name_en like '%, Agra'`,
    ),
  ).not.toEqual([]);
});

test('a wrong line is told by its place in the file, a wrong column too', async () => {
  const file = path.join(folder, 'roll.csv');
  writeFileSync(
    file,
    '\uFEFFunit,level,kind,name_hi,name_en\r\nin.zz,state,,न,"N ""1"""\r\n\r\nin.zz,,nothing,न,N\r\n',
  );
  expect(await said(file)).toEqual([
    expect.stringMatching(/^ {2}line 4: kind: /),
    'Error: 1 lines are wrong: nothing was kept.',
  ]);
  writeFileSync(file, 'unit,level,colour,name_hi,name_en\nin.zz,state,red,न,N\n');
  expect((await said(file))[0]).toMatch(/^ {2}line 2: columns: .*colour/);
  const HEAD = 'unit,level,name_hi,name_en\n';
  writeFileSync(file, `${HEAD}in.zz,state,न,N\n\n\nin.yy.a,station,न,N\n`);
  expect((await said(file))[0]).toBe('  line 5: there is no unit in.yy');
  writeFileSync(file, `${HEAD}in.zz,state,न,N, as it is\n`);
  expect((await said(file))[0]).toBe('  line 2: more fields than columns: as it is');
  writeFileSync(file, `${HEAD}in.zz,state,न,"N\n,,,\n`);
  expect((await said(file))[0]).toBe('  line 2: a quote is not closed');
  writeFileSync(file, `${HEAD}in.zz,state,न,"N, ""1"""\n,,,\n`);
  expect((await said(file))[0]).toMatch(/^1 units and 0 posts are new/);
  expect(await h.sql(`select name_en from posts.unit where path::text = 'in.zz'`)).toEqual([{ name_en: 'N, "1"' }]);
});
