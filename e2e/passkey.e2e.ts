// Production from its first minute: the administrator's link, a passkey, an officer's link, a shift; and who does not come in.
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './house.ts';
import { faultsOfItsKind } from './judge.ts';
import { type Production, startProduction } from './production.ts';

const LINK = /http:\/\/localhost:\d+\/enrol\/([A-Za-z0-9_-]{43})/;

let house: Production;
let browser: Browser;
beforeAll(async () => {
  house = await startProduction('A. Kumari, Inspector');
  browser = await openBrowser();
  // a station with a head who also has the circle, as a state's own lists would bring them
  await house.sql(`insert into posts.unit (id, path, level, name_hi, name_en, valid_from) values
      ('00000000-0000-7000-8000-000000000001', 'in.xx.circle', 'circle', 'सर्किल', 'Circle', '2020-01-01'),
      ('00000000-0000-7000-8000-000000000002', 'in.xx.circle.station', 'station', 'थाना', 'Station', '2020-01-01')`);
  await house.sql(`insert into posts.post (id, unit, path, kind, name_hi, name_en, opened_on) values
      ('00000000-0000-7000-8000-000000000011', '00000000-0000-7000-8000-000000000001', 'in.xx.circle', 'acp', 'एसीपी', 'ACP', '2020-01-01'),
      ('00000000-0000-7000-8000-000000000012', '00000000-0000-7000-8000-000000000002', 'in.xx.circle.station', 'sho', 'थाना प्रभारी', 'SHO', '2020-01-01')`);
  await house.sql(`insert into posts.officer (id, name_hi, name_en, rank_hi, rank_en, woman) values
      ('00000000-0000-7000-8000-000000000021', 'वर्मा', 'Verma', 'निरीक्षक', 'Inspector', false)`);
  await house.sql(`insert into posts.tenure (id, post, officer, from_at) values
      ('00000000-0000-7000-8000-000000000031', '00000000-0000-7000-8000-000000000012', '00000000-0000-7000-8000-000000000021', '2020-01-01')`);
});
afterAll(async () => {
  await browser?.close();
  await house?.discard();
});

type Phone = { page: Page; context: BrowserContext; cdp: CDPSession; key: string; complaints: string[] };

/** A phone with a fingerprint reader, or with none that knows its owner. */
async function phone(options: { verifies?: boolean } = {}): Promise<Phone> {
  const context = await browser.newContext({ viewport: { width: 412, height: 915 }, locale: 'hi-IN' });
  const page = await context.newPage();
  const complaints: string[] = [];
  // what the browser refuses to run or to load, of its own accord; a missing icon is no complaint
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: options.verifies ?? true,
      automaticPresenceSimulation: true,
    },
  });
  return { page, context, cdp, key: authenticatorId, complaints };
}
const press = (page: Page) => page.locator('form[data-passkey] button').click();
const shiftOf = async ({ context }: Phone) =>
  (await context.cookies()).find((cookie) => cookie.name === '__Host-p')?.value;
const makePasskey = async (on: Phone, link: string) => {
  await on.page.goto(link);
  await press(on.page);
  await on.page.waitForURL('**/enrol/done');
};

let administrator: Phone;
let verma: Phone;
let vermasLink = '';

test('the first start prints one link, outside the log lines, and what stands behind it is the administrator', async () => {
  const link = LINK.exec(house.log())?.[0] ?? '';
  expect(
    house
      .log()
      .split('\n')
      .filter((line) => line.startsWith('{') && line.includes('/enrol/'))
      .join(),
  ).toBe('');
  administrator = await phone();
  const { page } = administrator;
  await page.goto(link);
  expect(await page.textContent('body')).toContain('A. Kumari');
  expect(await page.locator('[data-says]:visible').count()).toBe(0);
  expect(await faultsOfItsKind(page)).toEqual([]);
  await press(page);
  await page.waitForURL('**/enrol/done');
  const { credentials } = await administrator.cdp.send('WebAuthn.getCredentials', {
    authenticatorId: administrator.key,
  });
  expect(credentials.map(({ isResidentCredential, rpId }) => [isResidentCredential, rpId])).toEqual([
    [true, 'localhost'],
  ]);
  await press(page);
  await page.waitForURL('**/enrol');
  expect(await shiftOf(administrator)).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(await page.evaluate('document.cookie')).toBe('');
  expect(administrator.complaints).toEqual([]);
});

test('the link is used up', async () => {
  const link = LINK.exec(house.log())?.[0] ?? '';
  expect((await fetch(link)).status).toBe(410);
  expect((await fetch(`${link}/options`, { method: 'POST', headers: { origin: house.url } })).status).toBe(422);
});

test('the administrator makes a link for an officer, shown once; with it the officer begins a shift at the post', async () => {
  const { page } = administrator;
  await page.goto(`${house.url}/enrol?q=verma`);
  expect(await page.locator('tbody tr').count()).toBe(1);
  expect(await faultsOfItsKind(page)).toEqual([]);
  await page.locator('tbody button').click();
  vermasLink = (await page.textContent('code')) ?? '';
  expect(vermasLink).toMatch(LINK);
  await page.goto(`${house.url}/enrol`);
  expect(await page.content()).not.toMatch(LINK);

  verma = await phone();
  await makePasskey(verma, vermasLink);
  await press(verma.page);
  await verma.page.waitForURL('**/desk');
  const [session] = await house.sql<{ post: string; hash: string }>(
    `select post, encode(secret_hash, 'hex') as hash from posts.session where kind = 'officer' order by opened_at desc limit 1`,
  );
  expect(session?.post).toBe('00000000-0000-7000-8000-000000000012');
  expect((await verma.page.goto(vermasLink))?.status()).toBe(410);
});

test('an officer of several posts is asked at which, and begins there', async () => {
  await house.sql(`insert into posts.tenure (id, post, officer, from_at) values
    ('00000000-0000-7000-8000-000000000032', '00000000-0000-7000-8000-000000000011', '00000000-0000-7000-8000-000000000021', '2020-01-01')`);
  const { page } = verma;
  await page.goto(`${house.url}/signin/passkey`);
  expect(await faultsOfItsKind(page)).toEqual([]);
  await press(page);
  const choices = page.locator('input[name="post"] ~ button');
  await choices.first().waitFor();
  expect(await choices.count()).toBe(2);
  expect(await faultsOfItsKind(page)).toEqual([]);
  await choices.first().click();
  await page.waitForURL('**/desk');
  const [session] = await house.sql<{ post: string }>(
    `select post from posts.session where kind = 'officer' order by opened_at desc limit 1`,
  );
  expect(session?.post).toBe('00000000-0000-7000-8000-000000000011');
});

test('an officer sees no list, and adds a second device by a link of his own', async () => {
  const { page } = verma;
  await page.goto(`${house.url}/enrol?q=kumari`);
  expect(await page.locator('table').count()).toBe(0);
  await page.locator('form[action="?/own"] button').click();
  const second = await phone();
  await makePasskey(second, (await page.textContent('code')) ?? '');
  expect(
    await house.sql(
      `select 1 from signin.passkey where ended_at is null and officer = '00000000-0000-7000-8000-000000000021'`,
    ),
  ).toHaveLength(2);
  expect((await page.goto(`${house.url}/enrol`))?.status()).toBe(200);
  await second.context.close();
});

test('a phone that does not know its owner makes no passkey, and says so on the page', async () => {
  const stranger = await phone({ verifies: false });
  await administrator.page.goto(`${house.url}/enrol?q=verma`);
  await administrator.page.locator('tbody button').first().click();
  const link = (await administrator.page.textContent('code')) ?? '';
  await stranger.page.goto(link);
  await press(stranger.page);
  await stranger.page.locator('[data-says="stopped"]:visible').waitFor();
  expect(await stranger.page.locator('[data-says]:visible').count()).toBe(1);
  expect((await stranger.page.goto(link))?.status()).toBe(200);
  await stranger.context.close();
});

test('without script a passkey cannot be used, and the answer says why', async () => {
  const answer = await fetch(`${house.url}/signin/passkey?/enter`, {
    method: 'POST',
    headers: { origin: house.url, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    body: 'passkey=',
  });
  expect(answer.status).toBe(422);
  expect(await answer.text()).toContain('JavaScript');
});

test('a form of another site brings nothing in', async () => {
  for (const origin of ['https://evil.example', 'null']) {
    const answer = await fetch(`${house.url}/signin/passkey?/enter`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'passkey=x',
    });
    expect(answer.status).toBe(403);
  }
});

test('there is no practice here: no cast, no clock, nobody comes in by name', async () => {
  for (const at of [
    '/sandbox',
    '/sandbox/cast',
    '/sandbox/clock',
    '/sandbox/messages',
    '/sandbox/nothing',
    '/%73andbox/cast',
    '/sandbox/cast/',
  ])
    expect((await fetch(house.url + at)).status, at).toBe(404);
  const answer = await fetch(`${house.url}/sandbox/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"id":"verma"}',
  });
  expect(answer.status).toBe(404);
});

test('the command line beside the running server makes the administrator a new link, which ends the old passkey', async () => {
  const { code, said } = await house.command('enrol-administrator');
  expect(code).toBe(0);
  const link = LINK.exec(said)?.[0] ?? '';
  expect((await fetch(`${house.url}/health/ready`)).status).toBe(200);
  const old = administrator;
  administrator = await phone();
  await makePasskey(administrator, link);
  await old.page.goto(`${house.url}/enrol`);
  expect(new URL(old.page.url()).pathname).toBe('/signin');
  await old.page.goto(`${house.url}/signin/passkey`);
  await press(old.page);
  await old.page.locator('.govuk-error-summary').waitFor();
});

test('no token, ticket or key is in the server’s log', () => {
  const lines = house
    .log()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  expect(lines.length).toBeGreaterThan(20);
  expect(lines.filter((line) => /[A-Za-z0-9_-]{43}/.test(line))).toEqual([]);
});
