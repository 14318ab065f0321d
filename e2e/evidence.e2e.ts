// Evidence as an officer meets it: a file by the page's own form, without a script, on a phone; a thing and its chain at a desk; the
// label; what is handed out and how; and an upload that survives the end of the server.
import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import { film, silence, svg } from '../test/evidence-files.ts';
import { someComplaint } from './complaint.ts';
import { dataFolder, openBrowser, type RunningHouse, startHouse } from './house.ts';
import { beginShift, follow, lookAt, type Officer } from './officer.ts';
import { asOfficer, confirmByPhone } from './whole-case.ts';

const data = dataFolder();
let house: RunningHouse;
let browser: Browser;
let number = '';
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse({ data }), openBrowser({ microphone: true })]);
  const complaint = someComplaint({});
  expect((await house.api('POST', '/complaints', complaint)).status).toBe(201);
  number = await confirmByPhone(house, String(complaint.mobile));
  await asOfficer(house, 'suman', 'POST', `/files/${number}/steps`, { step: 'receive' });
});
afterAll(async () => {
  await browser?.close();
  await house?.discard();
});

const sum = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const shoot = async ({ page, ways }: Officer, name: string): Promise<void> => {
  const folder = process.env.ITSSO_SHOTS;
  if (folder)
    await page.screenshot({
      path: path.join(folder, `evidence-${name}-${ways.width}-${ways.lang}.png`),
      fullPage: true,
    });
};
/** What the officer's cookie gets, as a browser would ask for it: bytes are shown elsewhere, by a link. */
const get = async (at: string, headers: Record<string, string> = {}) =>
  fetch(`${house.url}${at}`, {
    headers: { cookie: `__Host-p=${await house.signIn('suman')}`, ...headers },
  });

test('a photo from a phone: refused in words, then taken; looked at without its place; verified', async () => {
  const suman = await beginShift(browser, house, 'suman', { script: false, lang: 'hi', width: 360 });
  const { page } = suman;
  const e = words('hi').staff.evidence;
  const { reasons } = words('hi');
  await page.goto(`${house.url}/file/${number}/evidence`);
  await lookAt(suman);
  expect(await page.locator('nav.tabs [aria-current=page]').textContent()).toBe(words('hi').staff.file.tabs.evidence);
  expect(await page.locator('main').textContent()).toContain(e.none);
  await follow(suman, `a[href="/file/${number}/evidence/add"]`);
  await shoot(suman, 'add');
  const press = async (): Promise<string> => {
    await Promise.all([page.waitForEvent('load'), page.locator('form.step-form button[type=submit]').click()]);
    return (await page.locator('main').textContent()) ?? '';
  };
  expect(await press()).toContain(reasons['choose-one']);
  await page.locator('#kind').selectOption('photo');
  await page.locator('#description').fill('Kanariya: धमकी वाला मैसेज');
  expect(await press()).toContain(reasons['file-missing']);
  // as large as no other form may be, and nothing that is taken
  const wrong = Buffer.concat([svg(), randomBytes(600_000)]);
  await page.locator('#file').setInputFiles({ name: 'Kanariya.jpg', mimeType: 'image/jpeg', buffer: wrong });
  expect(await press()).toContain(reasons['not-this-type']);
  expect(await page.locator('#description').inputValue()).toBe('Kanariya: धमकी वाला मैसेज');
  await shoot(suman, 'refused');
  const noise = await sharp(randomBytes(900 * 700 * 3), { raw: { width: 900, height: 700, channels: 3 } })
    .withExif({ IFD0: { Make: 'KanariyaPhone' }, IFD3: { GPSLatitude: '26/1 27/1 0/1', GPSLatitudeRef: 'N' } })
    .jpeg({ quality: 95 })
    .toBuffer();
  expect(noise.length).toBeGreaterThan(300_000);
  await page.locator('#file').setInputFiles({ name: 'Kanariya.jpg', mimeType: 'image/jpeg', buffer: noise });
  expect(await press()).toContain(e.done.file(1));
  await lookAt(suman);
  await shoot(suman, 'list');
  await follow(suman, `a[href="/file/${number}/evidence/1"]`);
  expect(await page.locator('.sum').textContent()).toBe(sum(noise));
  await follow(suman, 'form[action="?/verify"] button');
  expect(await page.locator('form[action="?/verify"] [role=status]').textContent()).toContain(e.verify.file.unchanged);
  await shoot(suman, 'exhibit');

  const original = await get(`/file/${number}/evidence/1/original`);
  expect(sum(new Uint8Array(await original.arrayBuffer()))).toBe(sum(noise));
  expect(original.headers.get('content-disposition')).toBe('attachment; filename="exhibit-1.jpg"');
  expect(original.headers.get('content-type')).toBe('application/octet-stream');
  expect(original.headers.get('content-security-policy')).toContain('sandbox');
  expect(original.headers.get('x-content-type-options')).toBe('nosniff');
  const copy = await get(`/file/${number}/evidence/1/view`);
  const shown = Buffer.from(await copy.arrayBuffer());
  expect([copy.headers.get('content-type'), copy.headers.get('content-disposition')]).toEqual([
    'image/jpeg',
    'inline; filename="exhibit-1-view.jpg"',
  ]);
  expect((await sharp(shown).metadata()).exif).toBeUndefined();
  expect((await get(`/file/${number}/evidence/1/original`, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  const part = await get(`/file/${number}/evidence/1/original`, { range: 'bytes=70000-70009' });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 70000-70009/${noise.length}`]);
  expect(Buffer.from(await part.arrayBuffer()).equals(noise.subarray(70_000, 70_010))).toBe(true);
  // for another station there is nothing here
  const kiran = { cookie: `__Host-p=${await house.signIn('kiran')}` };
  for (const at of ['', '/add', '/enter', '/1', '/1/label', '/1/view', '/1/original'])
    expect((await fetch(`${house.url}/file/${number}/evidence${at}`, { headers: kiran })).status, at).toBe(404);
  expect(house.log()).not.toContain('Kanariya');
  await suman.context.close();
});

test('a thing, its chain to the laboratory, what is awaited, its label', async () => {
  const suman = await beginShift(browser, house, 'suman', { script: true, lang: 'en', width: 1280 });
  const { page } = suman;
  const e = words('en').staff.evidence;
  await page.goto(`${house.url}/file/${number}/evidence/enter`);
  await lookAt(suman);
  await page.locator('#kind').selectOption('physical');
  await page.locator('#description').fill('A torn dupatta, green');
  await page.locator('#found_where').fill('Behind the market');
  await follow(suman, 'form.step-form button[type=submit]');
  expect(await page.locator('.said').textContent()).toContain(e.done.thing(2));
  await follow(suman, `a[href="/file/${number}/evidence/2"]`);
  const moveOn = async (move: string, person: string) => {
    await page.locator('#move').selectOption(move);
    await page.locator('#person').fill(person);
    await follow(suman, 'form[action="?/move"] button');
  };
  await page.locator('#move').selectOption('to-malkhana');
  await Promise.all([page.waitForEvent('load'), page.locator('form[action="?/move"] button').click()]);
  expect(await page.locator('#person-error').textContent()).toContain(words('en').reasons['say-who']);
  await moveOn('to-malkhana', 'HC Moharrir, register 12');
  await moveOn('sent-to-fsl', 'Constable 114');
  expect(await page.locator('.chain li').count()).toBe(3);
  expect(await page.locator('#move option').allTextContents()).not.toContain(e.moves['to-malkhana']);
  await shoot(suman, 'chain');
  await follow(suman, `a[href="/file/${number}/evidence/2/label"]`);
  expect(await page.locator('.label').textContent()).not.toContain(number);
  await shoot(suman, 'label');
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.label').isVisible()).toBe(true);
  expect(
    await page.locator('h1, nav, header').evaluateAll((all) => all.filter((one) => one.checkVisibility()).length),
  ).toBe(0);
  await page.emulateMedia({ media: 'screen' });
  await page.goto(`${house.url}/file/${number}/evidence`);
  await lookAt(suman);
  expect(await page.locator('.awaited').textContent()).toContain(e.awaited.fsl_today(2));
  await shoot(suman, 'list');
  // the circle above sees the same, cannot add, and is told so
  const singh = { cookie: `__Host-p=${await house.signIn('singh')}; __Host-l=en` };
  const above = await (await fetch(`${house.url}/file/${number}/evidence`, { headers: singh })).text();
  expect(above).toContain(words('en').reasons['not-on-your-desk']);
  expect(above).not.toContain('/evidence/enter');
  await suman.context.close();
});

/** Begins an upload over tus; tells its address and how to send a part of it. */
async function beginTus(bytes: Buffer, kind: string) {
  const headers = async () => ({ 'tus-resumable': '1.0.0', authorization: `Bearer ${await house.signIn('suman')}` });
  const meta = Object.entries({ number, kind, filename: 'Kanariya' });
  const made = await fetch(`${house.url}/api/v1/uploads`, {
    method: 'POST',
    headers: {
      ...(await headers()),
      'upload-length': String(bytes.length),
      'upload-metadata': meta.map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`).join(','),
    },
  });
  const at = made.headers.get('location') ?? '';
  return {
    head: async () => fetch(`${house.url}${at}`, { method: 'HEAD', headers: await headers() }),
    patch: async (from: number, to = bytes.length) =>
      fetch(`${house.url}${at}`, {
        method: 'PATCH',
        headers: {
          ...(await headers()),
          'upload-offset': String(from),
          'content-type': 'application/offset+octet-stream',
        },
        body: new Uint8Array(bytes.subarray(from, to)),
      }),
  };
}

test('half an upload outlives the server that took it; what sounds is played where it lies', async () => {
  const bytes = film(3_000_000);
  const upload = await beginTus(bytes, 'video');
  expect((await upload.patch(0, 1_500_000)).status).toBe(204);
  process.kill(house.pid, 'SIGKILL');
  house = await startHouse({ data });
  expect((await upload.head()).headers.get('upload-offset')).toBe('1500000');
  expect((await upload.patch(1_500_000)).status).toBe(204);
  const { exhibits } = await asOfficer(house, 'suman', 'GET', `/files/${number}/evidence`);
  expect(exhibits.at(-1)).toMatchObject({
    number: 3,
    digital: { media: 'video/mp4', sha256: sum(bytes), name: 'Kanariya' },
  });
  const again = await asOfficer(house, 'suman', 'POST', `/files/${number}/evidence/3/verify`);
  expect(again).toEqual({ file: 'unchanged', chain: 'unbroken', sha256: sum(bytes) });

  expect((await (await beginTus(silence(), 'audio')).patch(0)).status).toBe(204);
  const suman = await beginShift(browser, house, 'suman', { script: false, lang: 'hi', width: 360 });
  await suman.page.goto(`${house.url}/file/${number}/evidence/4/play`);
  const plays = 'document.querySelector("video, audio")?.duration ?? 0';
  for (let tries = 0; tries < 50 && !((await suman.page.evaluate(plays)) as number); tries++)
    await suman.page.waitForTimeout(100);
  expect(Math.round((await suman.page.evaluate(plays)) as number)).toBe(10);
  expect(house.log()).not.toContain('Kanariya');
});

test('the diary in voice: spoken with the keyboard alone, sent with the entry, heard where it stands; without a script a file of sound', async () => {
  const d = words('hi').staff.file.diary.voice;
  const suman = await beginShift(browser, house, 'suman', { script: true, lang: 'hi', width: 360 });
  const { page } = suman;
  const file = `${house.url}/file/${number}`;
  await page.goto(file);
  const told = (state: string) => page.locator(`[data-say="${state}"]:visible`).waitFor();
  await page.locator('[data-do=record]').focus();
  await page.keyboard.press('Enter');
  await told('recording');
  await page.waitForTimeout(1200);
  await page.keyboard.press('Enter');
  await told('recorded');
  await shoot(suman, 'voice');
  // nothing but a voice: the entry says that it is spoken
  await follow(suman, 'form[action="?/diary"] .btn--go');
  expect(page.url()).toContain('done=diary');
  const [spoken] = (await asOfficer(house, 'suman', 'GET', `/files/${number}`)).voices;
  expect(spoken.seconds).toBeGreaterThanOrEqual(1);
  expect(await page.locator('#diary ~ ol, section[aria-labelledby=diary]').first().textContent()).toContain(
    d.seconds(spoken.seconds),
  );
  const heard = await get((await page.locator('ol.tl audio').first().getAttribute('src')) ?? '');
  expect(heard.headers.get('content-type')).toBe('video/webm');
  expect(sum(new Uint8Array(await heard.arrayBuffer()))).toBe(spoken.sha256);
  await suman.context.close();

  const plain = await beginShift(browser, house, 'suman', { script: false, lang: 'hi', width: 360 });
  await plain.page.goto(file);
  expect(await plain.page.locator('[data-voice]').isVisible()).toBe(false);
  await follow(plain, `a[href="/file/${number}/evidence/add?entry=${spoken.entry}"]`);
  await plain.page.setInputFiles('input[type=file]', {
    name: 'Kanariya.mp3',
    mimeType: 'audio/mpeg',
    buffer: silence(),
  });
  await follow(plain, 'form.step-form button[type=submit]');
  expect(await plain.page.locator('ol.tl audio').count()).toBe(2);
  await shoot(plain, 'voices');
  await plain.context.close();
});
