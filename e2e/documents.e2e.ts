// The papers of a file on their pages: issued, fetched, sealed and opened; and a paper checked by anybody, with a phone and without script.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import { textOf } from '../test/pdf-text.ts';
import { someComplaint } from './complaint.ts';
import { type Json, openBrowser, openPhone, type RunningHouse, startHouse, waysToWalk } from './house.ts';
import { faultsOfItsKind } from './judge.ts';
import { beginShift, follow, type Officer, type Ways } from './officer.ts';
import { asOfficer, confirmByPhone } from './whole-case.ts';

let house: RunningHouse;
let browser: Browser;
let number = '';
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse(), openBrowser()]);
  const complaint = someComplaint({ happened: ['rape'] });
  expect((await house.api('POST', '/complaints', complaint)).status).toBe(201);
  number = await confirmByPhone(house, String(complaint.mobile));
  const step = (who: string, body: Json) => asOfficer(house, who, 'POST', `/files/${number}/steps`, body);
  const { now } = (await house.api('GET', '/sandbox/clock')).json;
  const cast = (await house.api('GET', '/sandbox/cast')).json as Json[];
  await step('suman', { step: 'receive' });
  await step('suman', { step: 'sign', signed_at: now, place: 'home' });
  await step('verma', {
    step: 'register-fir',
    fir_number: '777',
    year: Number(now.slice(0, 4)),
    recorded_at: now,
    offence_on: now.slice(0, 10),
    sections: [{ act: 'BNS', section: '64(1)' }],
  });
  await step('verma', { step: 'assign', to_post: cast.find(({ id }) => id === 'rekha').post });
});
afterAll(async () => {
  await browser?.close();
  await house?.discard();
});

/** Presses a link to a PDF and reads what was saved, and under which name. */
async function saved(officer: Officer, selector: string): Promise<{ pdf: Buffer; name: string }> {
  const [download] = await Promise.all([
    officer.page.waitForEvent('download'),
    officer.page.locator(selector).first().click(),
  ]);
  return { pdf: readFileSync(await download.path()), name: download.suggestedFilename() };
}

const paper = (kind: string) => `form:has(input[name=kind][value=${kind}])`;

test.each(waysToWalk<Ways>({ lang: 'hi', script: false, width: 360 }, { lang: 'en', script: true, width: 1280 }))(
  'an officer issues papers and fetches them again ($lang, $width)',
  async (ways) => {
    const w = words(ways.lang).staff.documents;
    const officer = await beginShift(browser, house, 'rekha', ways);
    const { page } = officer;
    await page.goto(`${house.url}/file/${number}/documents`);
    await follow(officer, `${paper('progress-letter')} button`);
    expect(await page.locator('[role=status]').textContent()).toMatch(/\d{4}\/\d{4}/);
    const first = await saved(officer, '.papers tbody tr a');
    const again = await saved(officer, '.papers tbody tr a');
    expect(again.pdf.equals(first.pdf)).toBe(true);
    expect(first.name).toMatch(/^\d{4}-\d{4}\.pdf$/);
    expect(textOf(first.pdf)[0]?.text).toContain(words(ways.lang).documents.titles['progress-letter']);
    // what names her asks for the reason first
    await page
      .locator(`${paper('fir')} button`)
      .first()
      .click();
    await page.waitForLoadState();
    expect(await page.locator('.govuk-error-summary').textContent()).toContain(
      words(ways.lang).reasons['purpose-unknown'],
    );
    await page.locator(`${paper('fir')} select[name=purpose]`).selectOption('court');
    await follow(officer, `${paper('fir')} button`);
    expect(await page.locator('.papers footer').textContent()).toMatch(new RegExp(w.is_open(String.raw`\d\d:\d\d`)));
    const fir = await saved(officer, '.papers tbody tr a');
    expect(textOf(fir.pdf)[0]?.text).toContain(words(ways.lang).documents.titles.fir);
    // the seal is closed: the paper stays where it is, and its address leads back here
    const at = await page.locator('.papers tbody tr a').first().getAttribute('href');
    await page.goto(`${house.url}/file/${number}`);
    await follow(officer, 'form[action="?/close"] button');
    await page.goto(house.url + at);
    expect(new URL(page.url()).pathname).toBe(`/file/${number}/documents`);
    expect(await page.locator('.govuk-error-summary').textContent()).toContain(
      words(ways.lang).reasons['needs-opening'],
    );
    await page.locator('#open-purpose').selectOption('court');
    await follow(officer, 'form[action="?/open"] button');
    expect((await saved(officer, `a[href="${at}"]`)).pdf.equals(fir.pdf)).toBe(true);
    // every paper that cannot be issued now says why
    expect(await page.locator('.papers-new .why').count()).toBe(4);
    await officer.context.close();
  },
);

test('nobody else finds the paper: another station, and whoever is not signed in', async () => {
  const { items } = await asOfficer(house, 'rekha', 'GET', `/files/${number}/documents`);
  const aruna = await beginShift(browser, house, 'aruna', { lang: 'hi', script: false, width: 360 });
  for (const address of [
    `/file/${number}/documents`,
    `/file/${number}/documents/${items[0].id}`,
    `/file/${number}/documents/x`,
  ])
    expect((await aruna.page.goto(house.url + address))?.status(), address).toBe(404);
  await aruna.context.close();
  const nobody = await openPhone(browser, { script: false });
  const page = await nobody.newPage();
  await page.goto(`${house.url}/file/${number}/documents/${items[0].id}`);
  expect(new URL(page.url()).pathname).toBe('/signin');
  await nobody.close();
});

test.each([
  { script: false, lang: 'hi' },
  { script: true, lang: 'en' },
] as const)('anybody checks a paper by its code ($lang, script $script)', async ({ script, lang }) => {
  const { items } = await asOfficer(house, 'rekha', 'POST', `/files/${number}/documents`, {
    kind: 'progress-letter',
    language: lang,
  });
  const token = await house.signIn('rekha');
  const answer = await fetch(`${house.url}/api/v1/documents/${items[0].id}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const pdf = Buffer.from(await answer.arrayBuffer());
  const code = /[0-9A-Z]{4}(?: [0-9A-Z]{4}){3}/.exec(textOf(pdf).at(-1)?.text ?? '')?.[0] ?? '';
  const w = words(lang).documents.verify;

  const phone = await openPhone(browser, { script, width: 360 });
  const page = await phone.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  if (lang === 'en') await page.goto(`${house.url}/l/en`);
  // as a camera opens it
  await page.goto(`${house.url}/verify#${code.replaceAll(' ', '')}`);
  expect(await page.title()).toBe(words(lang).common.service);
  expect(await faultsOfItsKind(page)).toEqual([]);
  if (script) {
    expect(await page.locator('#code').inputValue()).toBe(code);
    expect(page.url()).toBe(`${house.url}/verify`);
  } else await page.locator('#code').fill(code.toLowerCase());
  const send = async () => {
    const [response] = await Promise.all([page.waitForNavigation(), page.locator('main form button').click()]);
    return response?.status();
  };
  expect(await send()).toBe(200);
  const said = (await page.locator('main').textContent()) ?? '';
  for (const part of [w.found, items[0].number, items[0].mark]) expect(said).toContain(part);
  expect(said.replaceAll(' ', '')).toContain(createHash('sha256').update(pdf).digest('hex'));
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  // nothing of the case, its kind, its place or its people
  for (const secret of [
    number,
    'Kalyanpur',
    'कल्याणपुर',
    'Rekha',
    'रेखा',
    words(lang).staff.documents.names['progress-letter'],
  ])
    expect(said).not.toContain(secret);
  // nor the FIR's number; a digest in groups of four and eight may have these digits among its own
  expect(said).not.toMatch(/\b777\b/);
  expect(await faultsOfItsKind(page)).toEqual([]);
  await page.goto(`${house.url}/verify`);
  await page.locator('#code').fill(`${code.slice(0, -1)}${code.endsWith('7') ? '8' : '7'}`);
  expect(await send()).toBe(404);
  const wrong = (await page.locator('main').textContent()) ?? '';
  await page.goto(`${house.url}/verify`);
  await page.locator('#code').fill("' or 1=1");
  expect(await send()).toBe(404);
  expect(await page.locator('main').textContent(), 'like a code that nobody was given').toBe(wrong);
  expect(await faultsOfItsKind(page)).toEqual([]);
  // the code was in no address that was asked for, and in no line of the log
  const bare = code.replaceAll(' ', '');
  for (const url of asked) expect(url.split('#')[0]).not.toContain(bare);
  expect(house.log()).not.toContain(bare);
  await phone.close();
});
