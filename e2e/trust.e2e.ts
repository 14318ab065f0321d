// Trust, walked through by those whom it concerns, in Hindi, on a phone and at a desk: two codes instead of a passkey, the state's own identity
// provider, who sits there asked in the middle of a form, how long a case is kept, decoy files, and a file's bytes without a cookie.
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { words } from '#words';
import { codeOf, stepAt } from '../src/server/signin/totp.ts';
import { oidcPeer } from '../test/oidc-peer.ts';
import { someComplaint } from './complaint.ts';
import { openBrowser, type RunningHouse, startHouse, waysToWalk } from './house.ts';
import { beginShift, endShift, follow, lookAt, type Officer, openFile } from './officer.ts';
import { asOfficer, confirmByPhone } from './whole-case.ts';

const CLIENT = { id: 'house', secret: 'kept between the two' };
const PICTURES = process.env.ITSSO_PICTURES;
const hi = words('hi');

let house: RunningHouse;
let browser: Browser;
let peer: Awaited<ReturnType<typeof oidcPeer>>;
let sql: pg.Client;
let number: string;
beforeAll(async () => {
  peer = await oidcPeer(CLIENT);
  const env = {
    ITSSO_STATE_ISSUER: peer.issuer,
    ITSSO_STATE_CLIENT: CLIENT.id,
    ITSSO_STATE_SECRET: CLIENT.secret,
    ITSSO_STATE_CLAIM: 'employee',
    ITSSO_STATE_NAME: 'राज्य पहचान|State identity',
  };
  [house, browser] = await Promise.all([startHouse({ env }), openBrowser()]);
  sql = new pg.Client({ host: `${house.data}/db-socket`, user: 'postgres', database: 'itsso' });
  await sql.connect();
  const complaint = someComplaint();
  await house.api('POST', '/complaints', complaint, { key: `trust-${complaint.mobile}` });
  number = await confirmByPhone(house, String(complaint.mobile));
  await asOfficer(house, 'suman', 'POST', `/files/${number}/steps`, { step: 'receive' });
});
afterAll(async () => {
  await sql?.end();
  await browser?.close();
  await house?.discard();
  await peer?.close();
});

const shoot = async ({ page, ways }: Officer, name: string) =>
  PICTURES && (await page.screenshot({ path: `${PICTURES}/trust-${name}-${ways.width}.png`, fullPage: true }));
const told = async ({ page }: Officer): Promise<string> =>
  ((await page.locator('main code.told').first().textContent()) ?? '').replace(/[\s-]/g, '');
const goTo = async (officer: Officer, at: string, status = 200) => {
  await officer.page.goto(`${officer.home}${at}`);
  if (status === 200) await lookAt(officer);
  expect(officer.statuses.at(-1), at).toBe(status);
};
// an app knows real time alone, whatever the practice clock says; each code is later than the one before
let ahead = -1;
const nextStep = () => stepAt(Temporal.Now.instant()) + ahead++;

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
function fromBase32(text: string): Buffer {
  let bits = '';
  for (const letter of text) bits += LETTERS.indexOf(letter).toString(2).padStart(5, '0');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}

describe.each(waysToWalk({ width: 360 }, { width: 1280 }))('at $width', ({ width }) => {
  const ways = { script: true, lang: 'hi' as const, width };
  const shift = (who: string) => beginShift(browser, house, who, ways);

  test('without a passkey: the superior’s code and the app’s together, once', async () => {
    const verma = await shift('verma');
    await goTo(verma, '/enrol');
    await follow(verma, 'form[action="?/app#app"] button');
    await shoot(verma, 'app');
    const secret = fromBase32(await told(verma));
    ahead = 0;
    await verma.page.fill('#code', codeOf(secret, nextStep()));
    await follow(verma, 'form[action="?/first#app"] button');
    expect(await verma.page.locator('main [role=status]').textContent()).toContain(hi.waysIn.app.works);
    await goTo(verma, '/again');
    await verma.page.locator('main details summary').click();
    await shoot(verma, 'again');
    await endShift(verma);

    const singh = await shift('singh');
    await goTo(singh, '/shifts');
    const choice = singh.page.locator('section[aria-labelledby=vouch] option', { hasText: 'वर्मा' });
    await singh.page
      .locator('section[aria-labelledby=vouch] select')
      .selectOption((await choice.first().getAttribute('value')) ?? '');
    await follow(singh, 'section[aria-labelledby=vouch] button');
    const vouch = await told(singh);
    expect(vouch).toMatch(/^[0-9A-Z]{12}$/);
    await shoot(singh, 'vouch');

    const context = await browser.newContext({ viewport: { width, height: 740 }, locale: 'hi-IN' });
    const without: Officer = { ...verma, context, page: await context.newPage(), statuses: [] };
    without.page.on('response', (response) => {
      if (response.request().resourceType() === 'document') without.statuses.push(response.status());
    });
    await goTo(without, '/signin/code');
    await without.page.fill('#vouch', vouch);
    await without.page.fill('#code', '000000');
    await without.page.locator('form.step-form button').click();
    await without.page.waitForLoadState();
    expect(await without.page.locator('.govuk-error-summary').textContent()).toContain(
      hi.reasons['codes-not-accepted'],
    );
    await shoot(without, 'codes');
    await without.page.fill('#vouch', vouch);
    const code = codeOf(secret, nextStep());
    await without.page.fill('#code', code);
    await follow(without, 'form.step-form button');
    expect(new URL(without.page.url()).pathname).toBe('/desk');
    // neither goes a second time
    const other = await browser.newContext({ viewport: { width, height: 740 } });
    const page = await other.newPage();
    await page.goto(`${house.url}/signin/code`);
    await page.fill('#vouch', vouch);
    await page.fill('#code', code);
    await page.locator('form.step-form button').click();
    await page.waitForLoadState();
    expect(new URL(page.url()).pathname).toBe('/signin/code');
    await other.close();
    await goTo(without, '/enrol');
    await follow(without, 'form[action="?/end_app"] button');
    await endShift(without);
    await singh.context.close();
  });

  test('by the state’s own identity provider: whom an administrator has named, and nobody else', async () => {
    const administrator = await shift('administrator');
    await goTo(administrator, `/enrol?q=${encodeURIComponent('वर्मा')}`);
    const row = administrator.page.locator('tr', { hasText: 'कल्याणपुर' }).first();
    await row.locator('input[name=value]').fill('up-1');
    await Promise.all([administrator.page.waitForEvent('load'), row.locator('form[action="?/state"] button').click()]);
    await lookAt(administrator);
    await shoot(administrator, 'named');
    await administrator.context.close();

    const context = await browser.newContext({ viewport: { width, height: 740 }, locale: 'hi-IN' });
    const page = await context.newPage();
    const officer: Officer = { context, page, home: house.url, ways, statuses: [] };
    page.on('response', (response) => {
      if (response.request().resourceType() === 'document') officer.statuses.push(response.status());
    });
    peer.person = 'up-unknown';
    await goTo(officer, '/signin');
    await shoot(officer, 'signin');
    await page.locator('a[href^="/signin/state"]').click();
    await page.waitForURL(/\/signin\/state\/back/);
    await shoot(officer, 'state-stranger');
    if (await page.locator('form[action="/signin/state/back?/enter"] button').count()) {
      await page.locator('form[action="/signin/state/back?/enter"] button').click();
      await page.waitForLoadState();
    }
    expect((await context.cookies()).find(({ name }) => name === '__Host-p')).toBeUndefined();
    peer.person = 'up-1';
    await page.goto(`${house.url}/signin`);
    await page.locator('a[href^="/signin/state"]').click();
    await page.waitForURL(/\/signin\/state\/back/);
    await lookAt(officer);
    await shoot(officer, 'state-back');
    await follow(officer, 'form[action="/signin/state/back?/enter"] button');
    expect(new URL(page.url()).pathname).toBe('/desk');
    await context.close();
  });

  test('who sits there is asked in the middle of a form, and what was typed goes on', async () => {
    const complaint = someComplaint();
    await house.api('POST', '/complaints', complaint, { key: `again-${complaint.mobile}` });
    const mine = await confirmByPhone(house, String(complaint.mobile));
    await asOfficer(house, 'suman', 'POST', `/files/${mine}/steps`, { step: 'receive' });
    const verma = await shift('verma');
    await goTo(verma, `/file/${mine}/refuse-registration`);
    await sql.query(
      "update posts.session set confirmed_at = clock_timestamp() - interval '6 minutes' where kind = 'officer'",
    );
    const reason = 'किराये का झगड़ा है, कोई अपराध नहीं।';
    await verma.page.fill('main [name=reason]', reason);
    await verma.page.locator('form.step-form .acts-row button').click();
    await verma.page.waitForLoadState();
    expect(verma.statuses.at(-1)).toBe(401);
    expect(await verma.page.locator('main [name=reason]').inputValue()).toBe(reason);
    expect(await verma.page.locator('main').textContent()).toContain(hi.trust.again.kept);
    await shoot(verma, 'asked-again');
    await follow(verma, 'form.step-form .acts-row button[name=again]');
    expect(new URL(verma.page.url()).search + new URL(verma.page.url()).pathname).toMatch(/refuse-registration|desk/);
    const { rows } = await sql.query('select state from casework.file where number = $1', [mine]);
    expect(rows[0].state).toBe('refused');
    await verma.context.close();
  });

  test('how long a case is kept: held and let go on its own page; the schedule is there for who keeps it', async () => {
    const cp = await shift('cp');
    await goTo(cp, `/file/${number}/keep`);
    await shoot(cp, 'keep');
    const may = await cp.page.locator('form[action="?/hold"]').count();
    expect(may, 'who keeps decides').toBe(1);
    await follow(cp, 'form[action="?/hold"] button');
    await shoot(cp, 'held');
    await follow(cp, 'form[action="?/lift"] button');
    expect(await cp.page.locator('form[action="?/lift"]').count()).toBe(0);
    await cp.context.close();
    for (const who of ['auditor', 'administrator']) {
      const keeper = await shift(who);
      await goTo(keeper, '/admin/retention');
      expect(await keeper.page.locator('tbody tr').count()).toBeGreaterThan(15);
      await shoot(keeper, `retention-${who}`);
      await keeper.context.close();
    }
    const verma = await shift('verma');
    await goTo(verma, '/admin/retention', 404);
    await goTo(verma, '/decoys', 404);
    await verma.context.close();
  });

  test('a decoy file: asked for, agreed to, opened, told past the superior', async () => {
    const auditor = await shift('auditor');
    await goTo(auditor, '/decoys');
    await auditor.page.locator('details.fold summary').click();
    await auditor.page.locator('details.fold form button').click();
    await auditor.page.waitForLoadState();
    expect(auditor.statuses.at(-1)).toBe(422);
    await shoot(auditor, 'decoy-form');
    const name = `रूपा काल्पनिक ${width === 360 ? 'एक' : 'दो'}`;
    await auditor.page.selectOption('#station', 'in.up.kanpur_nagar.west.circle_12.kalyanpur');
    await auditor.page.selectOption('#category', 'stalking');
    await auditor.page.selectOption('#place_type', 'public');
    for (const [field, value] of Object.entries({
      days_ago: '45',
      place: 'मन से बनाई जगह',
      name,
      accused: 'मनोहर बनावटी',
      mobile: '9000000999',
      account: 'मन से बनाया हुआ बयान।',
      reason: 'मन से बनाया हुआ कारण।',
    }))
      await auditor.page.fill(`#${field}`, value);
    await follow(auditor, 'details.fold form button');
    const state = await shift('state');
    await goTo(state, '/decoys');
    await shoot(state, 'decoy-asked');
    await follow(state, 'form[action="?/decide"] button[value=yes]');
    await state.context.close();
    const { rows } = await sql.query<{ number: string }>(
      'select f.number from casework.decoy d join casework.file f on f.id = d.file where d.ended_at is null order by d.asked_at desc limit 1',
    );
    const decoy = rows[0]?.number ?? '';
    const khan = await shift('verma');
    await goTo(khan, `/file/${decoy}`);
    await shoot(khan, 'decoy-as-read');
    await goTo(khan, '/attention');
    expect(await khan.page.locator('#signs').count()).toBe(0);
    await khan.context.close();
    const rao = await shift('rao');
    await expect
      .poll(
        async () => {
          await rao.page.goto(`${house.url}/attention`);
          return rao.page.locator('section[aria-labelledby=signs]').count();
        },
        { timeout: 20_000, interval: 1000 },
      )
      .toBe(1);
    await lookAt(rao);
    expect(await rao.page.locator('section[aria-labelledby=signs]').textContent()).toContain(
      hi.staff.search.signs.of.decoy,
    );
    await shoot(rao, 'decoy-told');
    await rao.context.close();
    await goTo(auditor, '/decoys');
    expect(await auditor.page.locator('main').textContent()).toContain('casework.view-file');
    await shoot(auditor, 'decoys');
    await follow(auditor, 'form[action="?/end"] button');
    await auditor.context.close();
  });
});

test('the bytes of a file come without a cookie, by a link that is the reader’s for a minute', async () => {
  const suman = await beginShift(browser, house, 'suman', { script: false, lang: 'hi', width: 1280 });
  await openFile(suman, number);
  await goTo(suman, `/file/${number}/evidence/add`);
  await suman.page.selectOption('select[name=kind]', 'document');
  await suman.page
    .locator('#file')
    .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('कुछ शब्द\n') });
  await follow(suman, 'main form button[type=submit]');
  const cookie = (await suman.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const at = `${house.url}/file/${number}/evidence/1/original`;
  const sent = await fetch(at, { headers: { cookie }, redirect: 'manual' });
  expect(sent.status).toBe(303);
  const link = new URL(sent.headers.get('location') ?? '', house.url);
  expect(link.pathname).toMatch(/^\/shown\//);
  const bytes = await fetch(link);
  expect([bytes.status, await bytes.text()]).toEqual([200, 'कुछ शब्द\n']);
  expect(bytes.headers.get('content-security-policy')).toContain('sandbox');
  expect(bytes.headers.get('set-cookie')).toBeNull();
  // whose cookie comes along counts for nothing, and a link made up is nothing
  expect((await fetch(`${house.url}/shown/${'x'.repeat(200)}`, { headers: { cookie } })).status).toBe(404);
  const { rows } = await sql.query("select count(*)::int as n from foundation.ledger where deed = 'evidence.original'");
  expect(rows[0].n).toBe(1);
  expect(house.log()).not.toContain(link.pathname);
  await endShift(suman);
  expect((await fetch(link)).status).toBe(404);
});
