// Her part, on her phone: from the neutral home through the form to the receipt and to the page where she follows it; with script
// and without, in both languages.
import path from 'node:path';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import { asForm, type Lang, wholeFiling } from './answers.ts';
import { aboutHer, following, quickTo, reachingHer, receiptOf, sending, whatHappened } from './her-journey.ts';
import { fill, goOn, herPhone, lastStatus, look, press, putAway, said, typedOn, wrongly } from './her-phone.ts';
import { openBrowser, type RunningHouse, startHouse } from './house.ts';
import { faultsOf, faultsOfItsKind } from './judge.ts';
import { openWire } from './wire.ts';

/** On a machine that is busy with other things. */
const SLOWEST_MS = 400_000;

let house: RunningHouse;
let browser: Browser;
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await house?.discard();
});

const TABLE = (['hi', 'en'] as const).flatMap((lang) =>
  [true, false].map((script) => ({ lang, script, how: script ? 'with script' : 'without script' })),
);

// the two that differ most; the long run walks all four
test.concurrent.each(process.env.ITSSO_LONG ? TABLE : TABLE.filter(({ lang, script }) => script === (lang === 'en')))(
  'she files and follows it, $how, in $lang',
  async ({ lang, script }: { lang: Lang; script: boolean }) => {
    const phone = await herPhone(browser, house.url, { script, lang });
    const told = wholeFiling(lang, { mobile: lang === 'hi' ? '9876500001' : '9876500002' });
    await look(phone);
    await press(phone, 'start');
    await aboutHer(phone, told);
    await reachingHer(phone, told);
    await whatHappened(phone, told);
    await sending(phone, told);
    const receipt = await receiptOf(phone);
    await following(phone, receipt);

    expect(await putAway(phone)).toEqual({ local: 0, session: 0, databases: 0, caches: 0, bytes: 0, workers: 0 });
    for (const cookie of await phone.context.cookies()) {
      expect(cookie.name).toMatch(/^__Host-/);
      expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/', expires: -1 });
    }
    // nothing but pages, one style sheet, the icon and with script the one module was asked for, all of this house, and no address says anything
    const paths = new Set(
      phone.asked.map((address) => address.replace(house.url, '').replace(/assets\/[\w.-]+\.css$/, 'assets/*.css')),
    );
    const ours = ['/', '/l/en', '/icon.svg', ...(script ? ['/hers.js'] : [])];
    expect([...paths].filter((at) => !ours.includes(at))).toEqual([
      expect.stringMatching(/^\/_app\/.*assets\/\*\.css$/),
    ]);
    await phone.context.close();
  },
  SLOWEST_MS,
);

/** How many complaints there are: asked of the database itself. */
async function complaints(): Promise<number> {
  const owner = new pg.Client({
    host: path.join(house.data, 'db-socket'),
    port: 5432,
    user: 'postgres',
    database: 'itsso',
  });
  await owner.connect();
  const { rows } = await owner.query<{ n: number }>('select count(*)::int as n from intake.complaint');
  await owner.end();
  return rows[0]?.n ?? 0;
}

test('“send” pressed many times at once makes one complaint and shows one receipt', async () => {
  const phone = await herPhone(browser, house.url, { script: false, lang: 'hi' });
  const told = wholeFiling('hi');
  await press(phone, 'start');
  await quickTo(phone, told, 'check');
  const before = await complaints();
  const cookie = (await phone.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const wire = openWire(house.url);
  const again = () => wire.post('/', [...asForm({ screen: 'check', agreed: 'yes' }), ['do', 'send']], { cookie });
  const sent = await Promise.all(Array.from({ length: 6 }, again));
  expect(sent.map(({ status, headers }) => [status, headers.location])).toEqual(sent.map(() => [303, '/']));
  expect(await complaints()).toBe(before + 1);
  await phone.page.reload();
  const shown = await phone.page.locator('.its-code').textContent();
  // the thumb that presses once more gets the same page, not another complaint
  await phone.page.goBack();
  await phone.page.goto(phone.home);
  expect(await phone.page.locator('.its-code').textContent()).toBe(shown);
  expect(await complaints()).toBe(before + 1);
  await phone.context.close();
});

test('what she began on one phone she finishes on another, with the code she wrote down', async () => {
  const told = wholeFiling('en');
  const first = await herPhone(browser, house.url, { script: false, lang: 'en' });
  await press(first, 'start');
  await quickTo(first, told, 'phone');
  await fill(first, { mobile: '98 765' });
  await press(first, 'later');
  await look(first);
  const code = ((await first.page.locator('.its-code').textContent()) ?? '').replaceAll(/\D/g, '');
  expect(code).toMatch(/^\d{12}$/);
  await press(first, 'leave');
  expect(await said(first)).toContain(words('en').citizen.home.title);

  const second = await herPhone(browser, house.url, { script: true, lang: 'en' });
  await press(second, 'door-resume');
  await look(second);
  await fill(second, { resume: code === '123456789012' ? '210987654321' : '123456789012' });
  await press(second, 'resume');
  expect(lastStatus(second)).toBe(422);
  await look(second);
  await fill(second, { resume: (code.match(/\d{4}/g) ?? []).join(' ') });
  await press(second, 'resume');
  expect(await typedOn(second)).toEqual({ mobile: '98 765', seen_by: '' });
  await quickTo(second, told.slice(told.findIndex(({ screen }) => screen === 'phone')), 'check');
  await fill(second, { agreed: ['yes'] });
  await press(second, 'send');
  expect(await second.page.locator('.its-phrase').count()).toBe(1);
  await Promise.all([first.context.close(), second.context.close()]);
});

test('a girl of sixteen, and a woman of whom it was done as a girl, are asked whether the adults at home are safe', async () => {
  const girl = await herPhone(browser, house.url, { script: false, lang: 'hi' });
  const told = wholeFiling('hi', { age: '16' });
  await press(girl, 'start');
  await quickTo(girl, told, 'phone');
  expect(await said(girl)).toContain(words('hi').form.screens.child.title);
  await wrongly(girl, {}, ['guardian_safe']);
  await goOn(girl, { guardian_safe: 'accused' });
  expect(await typedOn(girl)).toHaveProperty('mobile');
  await press(girl, 'back');
  expect(await typedOn(girl)).toEqual({ guardian_safe: 'accused' });

  const woman = await herPhone(browser, house.url, { script: false, lang: 'hi' });
  await press(woman, 'start');
  await quickTo(woman, wholeFiling('hi', { age: '24', when_from_y: '2015' }), 'where');
  expect(await said(woman)).toContain(words('hi').form.screens.child.title);
  await look(woman);
  await Promise.all([girl.context.close(), woman.context.close()]);
});

/** Does something while no page of the house reaches its database. */
async function withoutDatabase(deed: () => Promise<void>): Promise<void> {
  const owner = new pg.Client({
    host: path.join(house.data, 'db-socket'),
    port: 5432,
    user: 'postgres',
    database: 'itsso',
  });
  await owner.connect();
  await owner.query('alter role itsso_app nologin');
  await owner.query("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'itsso_app'");
  try {
    await deed();
  } finally {
    await owner.query('alter role itsso_app login');
    await owner.end();
  }
}

test('what she typed while the database was away stands before her again, and goes on when it is back', async () => {
  const told = wholeFiling('en');
  const phone = await herPhone(browser, house.url, { script: false, lang: 'en' });
  await press(phone, 'start');
  await quickTo(phone, told, 'contact');
  const typed = { modes: ['call', 'sms'], windows: ['noon'], window_from: '18', window_to: '19' };
  await fill(phone, typed);
  await withoutDatabase(async () => {
    for (const button of ['save', 'later', 'save']) {
      await press(phone, button);
      expect(lastStatus(phone), button).toBe(503);
      expect(await said(phone)).toContain(words('en').form.notKept.title);
      expect(await typedOn(phone)).toMatchObject(typed);
      expect(await phone.page.locator('h1').textContent()).toBe(words('en').form.screens.contact.title);
      await look(phone);
    }
  });
  await press(phone, 'save');
  expect(lastStatus(phone)).toBe(200);
  await press(phone, 'back');
  expect(await typedOn(phone)).toMatchObject(typed);
  await quickTo(phone, told.slice(told.findIndex(({ screen }) => screen === 'contact')), 'check');
  await fill(phone, { agreed: ['yes'] });
  await withoutDatabase(async () => {
    await press(phone, 'send');
    expect(lastStatus(phone)).toBe(503);
    expect(await said(phone)).toContain(words('en').citizen.notSent.title);
    await look(phone);
  });
  await press(phone, 'send-again');
  if ((await phone.page.locator('.its-phrase').count()) === 0) {
    // the tick is all that was on that page
    await fill(phone, { agreed: ['yes'] });
    await press(phone, 'send');
  }
  expect(await phone.page.locator('.its-phrase').count()).toBe(1);
  await phone.context.close();
});

test('axe would notice, with script and without', async () => {
  for (const script of [true, false]) {
    const phone = await herPhone(browser, house.url, { script, lang: 'hi' });
    await phone.page.evaluate(() =>
      document.querySelector('main')?.append(document.createElement('img'), document.createElement('textarea')),
    );
    const faults = (await faultsOf(phone.page)).join();
    expect(faults).toContain('image-alt');
    expect(faults).toContain('label');
    // contrast is judged once for letters of a kind; these are of none that was judged
    await press(phone, 'door-receipt');
    await phone.page.evaluate(() => {
      for (const written of document.querySelectorAll<HTMLElement>('main label')) written.style.color = '#bbbbbb';
    });
    expect((await faultsOfItsKind(phone.page)).join()).toContain('color-contrast');
    await phone.context.close();
  }
});
