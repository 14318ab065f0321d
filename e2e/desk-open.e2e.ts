// The call-back desk in a real browser: its open page says that somebody is there, without asking for anything; closed while a woman waits to be
// called, the desk is an outage within the minute.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import { someComplaint, someMobile } from './complaint.ts';
import { openBrowser, openPhone, type RunningHouse, startHouse } from './house.ts';

const s = words('hi').sos.status;
const LOOK = process.env.ITSSO_LOOK;
let house: RunningHouse;
let browser: Browser;
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse(), openBrowser()]);
  // somebody who may be called at any hour
  const mobile = someMobile();
  const complaint = someComplaint({ mobile });
  expect((await house.api('POST', '/complaints', complaint, { key: `desk-${mobile}` })).status).toBe(201);
});
afterAll(async () => {
  await browser?.close();
  await house?.discard();
});

/** How the desk stands on the page that everybody may read. */
async function desk(): Promise<string> {
  const page = await (await fetch(`${house.url}/status`)).text();
  const one = page.split('<li').find((part) => part.includes(`<b>${s.parts['callback-desk']}</b>`));
  return /<span>([^<]*)</.exec(one ?? '')?.[1] ?? '';
}
const operator = async () => {
  const context = await openPhone(browser, { script: true, width: 1280 });
  await context.request.post(`${house.url}/sandbox/sign-in`, { data: { id: 'savita' } });
  const page = await context.newPage();
  await page.goto(`${house.url}/callbacks`);
  return page;
};

test('an open page is somebody for as long as it is open, and asks for nothing; closed, the desk is missed within the minute', async () => {
  const page = await operator();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await expect.poll(desk, { timeout: 25_000 }).toBe(s.running);
  // longer than a page that was only asked for counts
  await house.advance('PT2M');
  await expect.poll(desk, { timeout: 25_000 }).toBe(s.running);
  // the stream that it opens with is all
  expect(asked.filter((url) => !url.endsWith('/callbacks/live'))).toEqual([]);
  expect(asked.length).toBeLessThan(2);
  if (LOOK) await page.screenshot({ path: `${LOOK}/desk-open-1280.png` });
  const closed = performance.now();
  await page.context().close();
  await expect.poll(desk, { timeout: 65_000, interval: 1000 }).toBe(s.nothing);
  expect(performance.now() - closed).toBeLessThan(60_000);
}, 150_000);
