import { readdirSync } from 'node:fs';
import pg from 'pg';
import { openBrowser, startHouse, faultsOf } from './house.ts';
import { buildCountry, tellMany } from '../test/many-cases.ts';
const house = await startHouse({ env: { ITSSO_SEED: 'units' } });
try {
  const { readFileSync, existsSync } = await import('node:fs');
  const pid = [house.data + '/postgres/postmaster.pid', house.data + '/db/postmaster.pid', house.data + '/database/postmaster.pid'].find((f) => existsSync(f));
  console.log(readdirSync(house.data), pid);
  const host = readFileSync(pid!, 'utf8').split('\n')[4]!;
  const sql = new pg.Client({ host, port: 5432, user: process.env.PGU ?? 'postgres', database: 'itsso' });
  await sql.connect();
  await sql.query('set search_path = ext, public');
  await buildCountry(sql, 6, 2, 3);
  const today = new Date().toISOString().slice(0, 10);
  for (let i = 0; i < 30; i++) await tellMany(sql, 1 + i * 1000, 1000, today);
  await new Promise((go) => setTimeout(go, 15000));
  console.log((await sql.query('select count(*) from published.delta')).rows, (await sql.query('select count(*) from published.cell')).rows);
  const browser = await openBrowser();
  for (const [who, at, name] of [['national', '/watch/in', 'nation'], ['state', '/watch/in/up', 'state'], ['cp', '/watch/in/up/kanpur_nagar', 'kanpur'], ['verma', '/watch/in/up/kanpur_nagar/west/circle_12/kalyanpur', 'station']]) {
    const token = await house.signIn(who!);
    for (const width of [1280, 360]) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'hi-IN', javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(`${house.url}/signin`);
      const response = await context.request.post(`${house.url}/sandbox/sign-in`, { data: { id: who }, headers: { origin: house.url } });
      if (!response.ok()) console.log(await response.text());
      const t = performance.now();
      const got = await page.goto(house.url + at);
      console.log(name, width, got?.status(), Math.round(performance.now() - t), 'ms', (await got!.body()).length);
      await page.screenshot({ path: `/tmp/w/${name}-${width}.png`, fullPage: true });
      console.log(await faultsOf(page));
      await context.close();
    }
    void token;
  }
  await browser.close();
  await sql.end();
} finally {
  await house.discard();
}
