// An officer's morning without a mouse: twenty things done by keys alone; and the same pages on a phone, in Hindi, without script.
import type { Browser } from 'playwright-core';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import { writeMany } from '../test/many-files.ts';
import { someComplaint } from './complaint.ts';
import { type Json, openBrowser, type RunningHouse, startHouse } from './house.ts';
import { beginShift, lookAt, type Officer } from './officer.ts';
import { asOfficer, confirmByPhone } from './whole-case.ts';

const w = words('hi').staff;
const MANY = 160;
let house: RunningHouse;
let browser: Browser;
let number = '';
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse(), openBrowser()]);
  const cast = (await house.api('GET', '/sandbox/cast')).json as Json[];
  const postOf = (who: string): string => cast.find(({ id }) => id === who).post;
  const now = (await house.api('GET', '/sandbox/clock')).json.now as string;
  number = await onHisDesk(postOf('khan'), now);
  const sql = new pg.Client({ host: `${house.data}/db-socket`, port: 5432, user: 'postgres', database: 'itsso' });
  await sql.connect();
  await writeMany(sql, { from: 1, many: MANY, desks: [postOf('khan'), postOf('khan'), postOf('rekha')], now });
  await sql.query(
    `insert into deadlines.attention (id, file, rule, stage, at, due_at, to_post, to_path, reason, raised_at)
     select gen_random_uuid(), f.id, 'investigation_two_months', 'T-7', $2::timestamptz, f.submitted_at + interval '60 days', p.id, p.path, 'warning', $2::timestamptz
     from casework.file f join posts.post p on p.id = f.desk_post where f.number = $1`,
    [number, now],
  );
  await sql.end();
});
afterAll(async () => {
  await browser?.close();
  await house?.discard();
});

/** A case as it comes: filed, called, signed, with its FIR, given to the investigator. */
async function onHisDesk(khan: string, now: string): Promise<string> {
  const complaint = someComplaint({ happened: ['stalking'] });
  await house.api('POST', '/complaints', complaint);
  const made = await confirmByPhone(house, String(complaint.mobile));
  const step = (who: string, body: Json) => asOfficer(house, who, 'POST', `/files/${made}/steps`, body);
  const hour = (await house.api('GET', '/sandbox/clock')).json.now as string;
  await step('suman', { step: 'receive' });
  await step('suman', { step: 'sign', signed_at: hour, place: 'home' });
  const fir = { fir_number: '9412', year: Number(now.slice(0, 4)), offence_on: '2026-01-01' };
  await step('verma', {
    step: 'register-fir',
    ...fir,
    recorded_at: hour,
    code: 'BNS',
    sections: [{ act: 'BNS', section: '78(2)' }],
  });
  await step('verma', { step: 'assign', to_post: khan });
  return made;
}

const active = ({ page }: Officer) =>
  page.evaluate(() => {
    const one = document.activeElement;
    return `${one?.tagName} ${one?.getAttribute('href') ?? one?.getAttribute('name') ?? one?.textContent?.trim() ?? ''}`;
  });

/** Tab, until this has the focus: no mouse, no script of ours. */
async function tabTo({ page }: Officer, what: string): Promise<void> {
  for (let presses = 0; presses < 250; presses++) {
    if (await page.evaluate((one) => document.activeElement?.matches(one) ?? false, what)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${what} is not reached by Tab on ${page.url()}`);
}

/** Keys one after the other; the last one leads to another page, which is looked at. */
async function leads(officer: Officer, ...keys: string[]): Promise<string> {
  const { page } = officer;
  const there = page.waitForEvent('load');
  for (const key of keys) await page.keyboard.press(key);
  await there;
  await lookAt(officer);
  return page.url().replace(officer.home, '');
}
const types = (officer: Officer, text: string) => officer.page.keyboard.type(text);

test('twenty things of a morning, by keys alone', async () => {
  const khan = await beginShift(browser, house, 'singh', { script: true, lang: 'hi', width: 1280 });
  const { page } = khan;
  const done: string[] = [];
  const did = (what: string) => done.push(what);

  // the shift of another post, chosen by Tab and Enter
  await page.goto(`${house.url}/signin`);
  await tabTo(khan, 'button[name="id"][value="khan"]');
  expect(await leads(khan, 'Enter')).toBe('/desk');
  did('begin the shift');
  await page.keyboard.press('Tab');
  expect(await active(khan), 'the first stop leads to the matter').toContain('#main');

  await page.keyboard.press('KeyJ');
  await page.keyboard.press('KeyJ');
  await page.keyboard.press('KeyK');
  await page.keyboard.press('ArrowDown');
  const rows = await page.locator('[data-row]').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  expect(await active(khan)).toBe(`A ${rows[1]}`);
  did('go through the rows');
  expect(await leads(khan, 'Enter')).toBe(rows[1]);
  did('open a file');
  expect(await leads(khan, 'KeyU')).toMatch(new RegExp(`^/desk\\?at=${rows[1]?.slice(6)}#f-`));
  expect(await page.locator('tr.is-cur [data-row]').getAttribute('href')).toBe(rows[1]);
  did('back to the same row');
  await page.keyboard.press('KeyJ');
  expect(await active(khan), 'the first key goes on from there').toBe(`A ${rows[1]}`);

  await page.keyboard.press('Slash');
  await types(khan, '9412');
  expect(await leads(khan, 'Enter')).toBe(`/file/${number}`);
  did('find a file by its FIR number');

  await page.keyboard.press('KeyD');
  await types(khan, 'घटनास्थल देखा। j k n / ? यहां अक्षर हैं');
  expect(page.url(), 'no key works while one writes').toContain(number);
  await tabTo(khan, 'button[formaction="?/keep"]');
  expect(await leads(khan, 'Enter')).toContain('done=kept');
  expect(await page.locator('section:has(> header #diary) .tl li').count()).toBe(0);
  did('keep a diary entry for later');
  expect(await leads(khan, 'KeyG', 'KeyD')).toBe('/desk');
  did('to the desk');
  await page.keyboard.press('Slash');
  await types(khan, number);
  await leads(khan, 'Enter');
  expect(await page.locator('#text').inputValue()).toContain('घटनास्थल देखा।');
  did('find the draft again');
  await page.keyboard.press('KeyD');
  await page.keyboard.press('Control+End');
  await types(khan, ' नक्शा बनाया।');
  await tabTo(khan, 'form[action="?/diary"] button.btn--go');
  expect(await leads(khan, 'Enter')).toContain('done=diary');
  expect(await page.locator('section:has(> header #diary) .tl li').first().textContent()).toContain('नक्शा बनाया।');
  expect(await page.locator('#text').inputValue(), 'what is written is no draft any more').toBe('');
  did('write it in the diary');

  await tabTo(khan, `a[href="/file/${number}/explain-delay"]`);
  await leads(khan, 'Enter');
  await tabTo(khan, 'main form.step-form select[name="kind"], main form.step-form input[name="kind"]');
  await page.keyboard.press('ArrowDown');
  await tabTo(khan, 'main form.step-form .acts-row button');
  expect(await leads(khan, 'Enter')).toContain(`/file/${number}`);
  expect(await page.locator('.said').textContent()).toContain(w.steps.label['explain-delay']);
  did('take a step by its form');

  const next = await leads(khan, 'KeyN');
  expect(next).toMatch(/^\/file\/\d{12}$/);
  expect(next).not.toContain(number);
  did('the next file');

  await leads(khan, 'KeyG', 'KeyS');
  await page.keyboard.press('Slash');
  await types(khan, 'peecha');
  expect(await leads(khan, 'Enter')).toContain('/search?q=peecha');
  expect(await page.locator('main [data-row]').count()).toBeGreaterThan(3);
  did('search by a word typed in Latin letters');
  await page.keyboard.press('KeyJ');
  expect(await leads(khan, 'Enter')).toMatch(/^\/file\/\d{12}$/);
  did('open what was found');

  await leads(khan, 'KeyG', 'KeyS');
  await tabTo(khan, 'input[name="by"]');
  await page.keyboard.press('ArrowDown');
  await tabTo(khan, 'input[name="value"]');
  await types(khan, 'नमूना');
  await tabTo(khan, 'select[name="reason"]');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await tabTo(khan, 'form[action="/search?/look_up"] button');
  expect(await leads(khan, 'Enter'), 'nothing of it stands in the address').toBe('/search?/look_up');
  expect(await page.locator('#results').count()).toBe(1);
  did('look for a name, with a reason');

  await leads(khan, 'KeyG', 'KeyD');
  await tabTo(khan, '.chips a[href="/desk?show=late"]');
  expect(await leads(khan, 'Enter')).toBe('/desk?show=late');
  did('filter');
  await tabTo(khan, '.narrow summary');
  await page.keyboard.press('Enter');
  await tabTo(khan, 'select[name="category"]');
  await page.keyboard.press('ArrowDown');
  await tabTo(khan, '.narrow form[method="get"] button');
  expect(await leads(khan, 'Enter')).toContain('category=rape');
  did('filter further');
  await tabTo(khan, 'input[name="name"]');
  await types(khan, 'सुबह की सूची');
  expect(await leads(khan, 'Enter')).toBe('/desk?kept=1');
  did('save the filter');
  await tabTo(khan, '.saved .chips a');
  expect(await leads(khan, 'Enter')).toBe('/desk?show=late&category=rape');
  did('use the saved filter');

  await leads(khan, 'KeyG', 'KeyD');
  const first = await page.locator('[data-row]').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  await tabTo(khan, '.pager [rel="next"]');
  await leads(khan, 'Enter');
  const second = await page.locator('[data-row]').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  expect(first).toHaveLength(50);
  expect(second.filter((one) => first.includes(one))).toEqual([]);
  did('the next part of the list');

  expect(await leads(khan, 'KeyG', 'KeyC')).toBe('/calendar');
  did('the calendar');
  expect(await leads(khan, 'KeyG', 'KeyA')).toBe('/attention');
  await tabTo(khan, '.ack summary');
  await page.keyboard.press('Enter');
  await tabTo(khan, '.ack[open] textarea');
  await types(khan, 'देख लिया, एफएसएल से बात हुई।');
  await tabTo(khan, '.ack[open] button[type="submit"]');
  await leads(khan, 'Enter');
  expect(await page.locator('.said').textContent()).toContain(w.attention.done);
  did('acknowledge what came up');

  await page.keyboard.press('?');
  expect(await page.locator('#keys').getAttribute('open')).not.toBeNull();
  await tabTo(khan, '#keys [data-keys-on] button');
  await page.keyboard.press('Enter');
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyD');
  expect(page.url(), 'switched off they do nothing').toContain('/attention');
  await page.keyboard.press('Enter');
  expect(await leads(khan, 'KeyG', 'KeyD')).toBe('/desk');
  did('switch the keys off and on');
  await tabTo(khan, 'form[action="/signin?/end"] button');
  expect(await leads(khan, 'Enter')).toContain('/signin');
  did('end the shift');
  expect(done.length).toBeGreaterThanOrEqual(20);
  await khan.context.close();
});

test('the same pages on a phone without script, in Hindi', async () => {
  const rekha = await beginShift(browser, house, 'rekha', { script: false, lang: 'hi', width: 360 });
  const { page } = rekha;
  const shots = process.env.ITSSO_SHOTS;
  const shoot = async (name: string) =>
    shots && (await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true }));
  const go = async (path: string, name: string) => {
    await page.goto(house.url + path);
    await lookAt(rekha);
    await shoot(name);
  };
  await go('/desk', 'desk-360');
  expect(await page.locator('[data-keys]').isVisible(), 'keys are spoken of only where they work').toBe(false);
  await go('/desk?show=late&sort=due', 'desk-late-360');
  // whatever stands among what is past says what is: the date it shows, or another one
  const rows = page.locator('tr:has([data-row])');
  expect(await rows.count()).toBeGreaterThan(0);
  expect(await rows.and(page.locator('tr:has(.left--late)')).count()).toBe(await rows.count());
  expect(await page.locator(`tr:has-text("${w.desk.another_past}")`).count()).toBeGreaterThan(0);
  await go('/desk?state=investigating&sort=age', 'desk-narrowed-360');
  await go('/desk?show=nonsense&after=nonsense', 'desk-nonsense-360');
  await go('/search', 'search-360');
  await go('/search?q=peecha', 'search-found-360');
  await go('/search?q=qwrtz', 'search-none-360');
  await go('/search?fir=abc', 'search-wrong-360');
  await page.locator('input[name="by"][value="accused-name"]').check();
  await page.locator('input[name="value"]').fill('Ramesh');
  await Promise.all([page.waitForEvent('load'), page.locator('form[action="/search?/look_up"] button').click()]);
  expect(rekha.statuses.at(-1), 'without a reason nothing is looked for').toBe(422);
  expect(await page.locator('#reason-error').count()).toBe(1);
  await page.locator('select[name="reason"]').selectOption('order');
  await Promise.all([page.waitForEvent('load'), page.locator('form[action="/search?/look_up"] button').click()]);
  await lookAt(rekha);
  await shoot('look-up-360');
  await go('/calendar', 'calendar-360');
  await go('/attention', 'attention-360');
  await rekha.context.close();
  if (!shots) return;
  const wide = await beginShift(browser, house, 'khan', { script: true, lang: 'hi', width: 1280 });
  for (const [path, name] of [
    ['/desk', 'desk-1280'],
    ['/search?q=peecha', 'search-1280'],
    [`/file/${number}`, 'file-1280'],
    ['/desk?state=investigating', 'desk-narrowed-1280'],
  ]) {
    await wide.page.goto(`${house.url}${path}`);
    if (name === 'desk-1280') for (let n = 0; n < 3; n++) await wide.page.keyboard.press('KeyJ');
    await wide.page.screenshot({ path: `${shots}/${name}.png`, fullPage: name !== 'desk-1280' });
  }
  await wide.context.close();
});
