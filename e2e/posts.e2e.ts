// A superior and his people: who has how much, leave with a deputy, files sent together, an order of transfer signed by both. In Hindi on
// a phone without script, and in English at a desk.
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import type { Lang } from './answers.ts';
import { someComplaint, someMobile } from './complaint.ts';
import { type Json, openBrowser, type RunningHouse, startHouse } from './house.ts';
import { beginShift, follow, lookAt, type Officer, type Ways } from './officer.ts';
import { asOfficer, confirmByPhone } from './whole-case.ts';

let house: RunningHouse;
let browser: Browser;
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await house?.discard();
});

async function onDeskOf(post: string): Promise<string> {
  const mobile = someMobile();
  await house.api('POST', '/complaints', someComplaint({ mobile }), { key: `posts-${mobile}` });
  const number = await confirmByPhone(house, mobile);
  await asOfficer(house, 'suman', 'POST', `/files/${number}/steps`, { step: 'receive' });
  await asOfficer(house, 'verma', 'POST', `/files/${number}/steps`, { step: 'assign', to_post: post });
  return number;
}
const member = async (id: string, lang: Lang): Promise<Json> =>
  ((await house.api('GET', '/sandbox/cast', undefined, { lang })).json as Json[]).find((one) => one.id === id);
const plainly = (at: Temporal.Instant) => {
  const here = at.toZonedDateTimeISO('Asia/Kolkata');
  return { on: `${here.day}-${here.month}-${here.year}`, at: here.toPlainTime().toString({ smallestUnit: 'minute' }) };
};
const now = async () => Temporal.Instant.from((await house.api('GET', '/sandbox/clock')).json.now);
const text = async ({ page }: Officer) => (await page.locator('main').textContent()) ?? '';

const TABLE: { how: string; lang: Lang; ways: Ways }[] = [
  { how: 'in Hindi, on a phone, without script', lang: 'hi', ways: { script: false, lang: 'hi', width: 360 } },
  { how: 'in English, at a desk', lang: 'en', ways: { script: true, lang: 'en', width: 1280 } },
];

// at a desk in English too in the long run
test.each(process.env.ITSSO_LONG ? TABLE : TABLE.slice(0, 1))(
  'a superior orders leave, sends files together and posts an officer elsewhere: $how',
  async ({ lang, ways }) => {
    const w = words(lang).staff.posts;
    const [khan, rekha] = [await member('khan', lang), await member('rekha', lang)];
    const numbers = [await onDeskOf(khan.post), await onDeskOf(khan.post)];
    const verma = await beginShift(browser, house, 'verma', ways);
    const { page } = verma;
    await follow(verma, 'nav a[href="/posts"]');
    const row = page.locator(`tr:has(a[href="/posts/${khan.post}"])`);
    expect(await row.textContent()).toContain(khan.name);
    await follow(verma, `a[href="/posts/${khan.post}"]`);
    for (const number of numbers) expect(await page.locator(`input[value="${number}"]`).count()).toBe(1);

    // nothing chosen, no reason: it comes back with what is missing
    await page.locator('form[action="?/move"] button[type=submit]').click();
    await page.waitForSelector('.govuk-error-summary');
    expect(verma.statuses.at(-1)).toBe(422);
    for (const number of numbers) await page.locator(`input[value="${number}"]`).check();
    await page.selectOption('form[action="?/move"] select[name=to_post]', rekha.post);
    await page.fill('form[action="?/move"] textarea[name=reason]', 'She knows the area.');
    await follow(verma, 'form[action="?/move"] button[type=submit]');
    expect(await page.locator('[role=status]').textContent()).toBe(w.moved(2));
    await page.goto(`${house.url}/posts/${rekha.post}`);
    await lookAt(verma);
    for (const number of numbers) expect(await page.locator(`input[value="${number}"]`).count()).toBe(1);

    // leave from now on, with a deputy; then it is ended
    await page.goto(`${house.url}/posts/${khan.post}`);
    await page.locator('details:has(form[action="?/leave"]) summary').click();
    const until = plainly((await now()).add({ hours: 72 }));
    await page.fill('form[action="?/leave"] input[name="to.on"]', until.on);
    await page.fill('form[action="?/leave"] input[name="to.at"]', until.at);
    await page.check('form[action="?/leave"] input[value=training]');
    const deputy = page.locator('form[action="?/leave"] select[name=deputy]');
    const chosen = await deputy.locator('option', { hasText: rekha.post_name }).getAttribute('value');
    await deputy.selectOption(chosen ?? '');
    await follow(verma, 'form[action="?/leave"] button[type=submit]');
    expect(await page.locator('[role=status]').textContent()).toBe(w.leave.done);
    expect(await text(verma)).toContain(w.deputy(rekha.name));
    expect((await member('khan', lang)).name, 'the deputy sits there').toBe(rekha.name);
    await follow(verma, 'form[action="?/back"] button[type=submit]');
    expect((await member('khan', lang)).name).toBe(khan.name);

    // posted elsewhere from the day after tomorrow on
    await page.locator('details:has(form[action="?/transfer"]) summary').click();
    const at = plainly((await now()).add({ hours: 48 }));
    await page.fill('form[action="?/transfer"] input[name="at.on"]', at.on);
    await page.fill('form[action="?/transfer"] input[name="at.at"]', at.at);
    const successor = page.locator('form[action="?/transfer"] select').first();
    await successor.selectOption(
      (await successor.locator('option', { hasText: rekha.post_name }).getAttribute('value')) ?? '',
    );
    await page.fill('form[action="?/transfer"] textarea[name=note]', 'Order 12.');
    await follow(verma, 'form[action="?/transfer"] button[type=submit]');
    expect(await page.locator('[role=status]').textContent()).toBe(w.transfer.done);

    const gives = await beginShift(browser, house, 'khan', ways);
    await follow(gives, 'nav a[href="/posts"]');
    await follow(gives, 'form[action="?/sign"] button[type=submit]');
    expect(await gives.page.locator('[role=status]').textContent()).toBe(w.charge.done);
    await gives.context.close();
    await house.advance('PT49H');
    const takes = await beginShift(browser, house, 'khan', ways);
    expect(await takes.page.locator('header').first().textContent(), 'the successor sits there').toContain(rekha.name);
    await follow(takes, 'nav a[href="/posts"]');
    await takes.page.fill('form[action="?/sign"] textarea[name=note]', 'All there.');
    await follow(takes, 'form[action="?/sign"] button[type=submit]');
    await takes.context.close();

    const again = await beginShift(browser, house, 'verma', ways);
    await again.page.goto(`${house.url}/posts/${khan.post}`);
    await lookAt(again);
    expect(await text(again)).toContain(w.charge.same);
    expect(await text(again)).toContain('All there.');
    // back to the first officer, for whoever comes next
    await again.page.locator('details:has(form[action="?/hand"]) summary').click();
    const back = again.page.locator('form[action="?/hand"] select[name=to_officer]');
    await back.selectOption((await back.locator('option', { hasText: w.no_post }).getAttribute('value')) ?? '');
    await again.page.fill('form[action="?/hand"] textarea[name=note]', 'Back.');
    await follow(again, 'form[action="?/hand"] button[type=submit]');
    await again.context.close();

    const rekhas = await beginShift(browser, house, 'rekha', ways);
    await rekhas.page.goto(`${house.url}/posts/${khan.post}`);
    expect(rekhas.statuses.at(-1), 'who supervises nobody sees no such page').toBe(404);
    await rekhas.context.close();
  },
  300_000,
);

test('a file that needs a decision for three reasons stays on a phone’s screen; more than fifty matters come in parts; a note that is refused comes back in its part, one that is taken leads back there', async () => {
  const number = await onDeskOf((await member('khan', 'hi')).post);
  const { post } = await member('singh', 'hi');
  await house.advance('PT480H');
  const sql = new pg.Client({ host: `${house.data}/db-socket`, user: 'postgres', database: 'itsso' });
  await sql.connect();
  await sql.query('set session_replication_role = replica');
  await sql.query(
    `insert into deadlines.attention (id, file, deadline, rule, stage, at, due_at, to_post, to_path, reason, raised_at)
     select gen_random_uuid(), f.id, gen_random_uuid(), 'efir_sign', 'T0', f.submitted_at, f.submitted_at + n * interval '1 minute', p.id, p.path, 'breach', f.submitted_at
     from casework.file f, posts.post p, generate_series(1, 60) n where f.number = $1 and p.id = $2`,
    [number, post],
  );
  await sql.end();
  const singh = await beginShift(browser, house, 'singh', { script: false, lang: 'hi', width: 360 });
  const { page } = singh;
  const matters = () => page.locator('details.ack').count();
  await page.goto(`${house.url}/attention`);
  await lookAt(singh);
  expect(await page.locator('.att b.late').first().textContent()).toContain(' · ');
  expect(await matters()).toBe(50);
  await follow(singh, 'nav.pager a[rel=next]');
  const left = await matters();
  expect(left).toBeGreaterThanOrEqual(9);
  const say = async (note: string) => {
    const last = page.locator('details.ack').last();
    if ((await last.getAttribute('open')) === null) await last.locator('summary').click();
    await last.locator('textarea').fill(note);
    await Promise.all([page.waitForEvent('load'), last.locator('button').click()]);
  };
  await say(' ');
  expect(singh.statuses.at(-1)).toBe(422);
  expect([await matters(), await page.locator('details.ack[open] textarea[aria-invalid=true]').count()]).toEqual([
    left,
    1,
  ]);
  await say('थाने से बात हुई।');
  await lookAt(singh);
  expect(new URL(page.url()).search).toBe('?done&after=50');
  expect(await matters()).toBeLessThan(left);
  await follow(singh, 'nav.pager a[rel=prev]');
  expect(await matters()).toBe(50);
  await singh.context.close();
});
