// A request that comes twice is the same request: one complaint, one step, one answer, however many arrive at once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#foundation';
import { sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../house.ts';
import { complaint } from './complaint.ts';
import { ask } from './knock.ts';

const TWENTY = Array.from({ length: 20 });
let house: TestHouse;
let verma = '';
let suman = '';
let khan = '';
const as = async (id: string): Promise<string> => (await sandboxSignIn(id)).token;
const count = async (table: string): Promise<number> =>
  Number((await house.sql<{ n: string }>(`select count(*) as n from ${table}`))[0]?.n);

// each of another thousand, and with other last digits, by which the call is found
let nth = 0;
/** A complaint, confirmed by the desk. */
async function confirmed(): Promise<string> {
  const mobile = String(9_811_000_000 + 1001 * nth++);
  await ask('POST /complaints', { body: complaint({ mobile }) });
  await house.jobs();
  const [sms] = await house.sql<{ text: string }>('select text from notify.sandbox_sent where recipient = $1', [
    `+91${mobile}`,
  ]);
  const token = await as('savita');
  const id = (await ask('GET /callbacks', { token })).body.items.find((row: { mobile_masked: string }) =>
    row.mobile_masked.endsWith(mobile.slice(-4)),
  ).id;
  await ask(`POST /callbacks/${id}/claim`, { token });
  await ask(`POST /callbacks/${id}/connected`, { token });
  const done = await ask(`POST /callbacks/${id}/attempts`, {
    token,
    body: { outcome: 'confirmed', code: sms?.text.match(/\d{4} ?\d{4}/)?.[0] },
  });
  return done.body.complaint_number;
}

beforeAll(async () => {
  house = await testHouse({ at: '2026-01-05T10:00+05:30' });
  [verma, suman, khan] = [await as('verma'), await as('suman'), await as('khan')];
});
afterAll(() => house.close());

describe('filing', () => {
  test('twenty at once with one key are one complaint with one receipt', async () => {
    const body = complaint();
    const before = await count('intake.complaint');
    const answers = await Promise.all(TWENTY.map(() => ask('POST /complaints', { body, key: 'twenty-at-once' })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await count('intake.complaint')).toBe(before + 1);
    expect(await count('casework.file')).toBe(await count('intake.complaint'));
    expect(await count('callback.promise')).toBe(await count('casework.file'));
  });

  test('the same form_id without a key is the same complaint; with another body it is 409 and shows no receipt', async () => {
    const body = complaint();
    const first = await ask('POST /complaints', { body });
    expect((await ask('POST /complaints', { body })).text).toBe(first.text);
    const other = await ask('POST /complaints', { body: { ...body, happened: ['dowry'] } });
    expect(other.status).toBe(409);
    expect(other.text).not.toContain('receipt');
  });

  test('the same key with another complaint is 409 in one session; strangers may choose the same key', async () => {
    const key = 'one-key-two-bodies';
    const { token } = (await ask('POST /drafts', { body: { language: 'hi' } })).body;
    expect((await ask('POST /complaints', { body: complaint(), key, token })).status).toBe(201);
    const other = await ask('POST /complaints', { body: complaint(), key, token });
    expect([other.status, other.body.code]).toEqual([409, 'key-used-differently']);
    for (const body of [complaint(), complaint()]) {
      const first = await ask('POST /complaints', { body, key });
      expect([first.status, (await ask('POST /complaints', { body, key })).text]).toEqual([201, first.text]);
    }
  });

  test.each(['short', 'x'.repeat(201), 'sieben\u00fcber'])('a key that is no key is 400: %s', async (key) => {
    expect((await ask('POST /complaints', { body: complaint(), key })).status).toBe(400);
  });
});

describe('steps', () => {
  test('twenty at once with one key are one step, and every one is answered with the file', async () => {
    const number = await confirmed();
    const answers = await Promise.all(
      TWENTY.map(() =>
        ask(`POST /files/${number}/steps`, { token: suman, body: { step: 'receive' }, key: 'receive-once' }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.register.serial)).size).toBe(1);
    const steps = await house.sql(
      'select from casework.step s join casework.file f on f.id = s.file where f.number = $1 and s.step = $2',
      [number, 'receive'],
    );
    expect(steps).toHaveLength(1);

    const diary = { step: 'diary', text: 'One entry.' };
    await Promise.all(
      TWENTY.map(() => ask(`POST /files/${number}/steps`, { token: suman, body: diary, key: 'diary-once' })),
    );
    expect((await ask(`GET /files/${number}`, { token: suman })).body.diary).toHaveLength(1);
    // without a key, or with another, it is another entry
    await ask(`POST /files/${number}/steps`, { token: suman, body: diary });
    await ask(`POST /files/${number}/steps`, { token: suman, body: diary, key: 'diary-twice' });
    expect((await ask(`GET /files/${number}`, { token: suman })).body.diary).toHaveLength(3);
  });

  test('the order of keys in a body does not matter, what it says does', async () => {
    const number = await confirmed();
    await ask(`POST /files/${number}/steps`, { token: suman, body: { step: 'receive' } });
    const key = 'same-but-turned';
    const at = `POST /files/${number}/steps`;
    expect((await ask(at, { token: suman, key, body: { step: 'diary', text: 'a' } })).status).toBe(200);
    expect((await ask(at, { token: suman, key, body: { text: 'a', step: 'diary' } })).status).toBe(200);
    const other = await ask(at, { token: suman, key, body: { step: 'diary', text: 'b' } });
    expect([other.status, other.body.code]).toEqual([409, 'key-used-differently']);
    expect((await ask(`GET /files/${number}`, { token: suman })).body.diary).toHaveLength(1);
  });

  test('a refused step leaves its key free; a key belongs to the post, the method and the address', async () => {
    const number = await confirmed();
    const key = 'key-of-a-refusal';
    const at = `POST /files/${number}/steps`;
    const early = await ask(at, { token: verma, key, body: { step: 'direct', text: '' } });
    expect(early.status).toBe(422);
    expect((await ask(at, { token: verma, key, body: { step: 'close', outcome: 'convicted' } })).status).toBe(409);
    expect((await ask(at, { token: verma, key, body: { step: 'direct', text: 'Hurry.' } })).status).toBe(200);
    expect((await ask(at, { token: suman, key, body: { step: 'receive' } })).status).toBe(200);
    const another = await confirmed();
    expect(
      (await ask(`POST /files/${another}/steps`, { token: verma, key, body: { step: 'direct', text: 'Quick.' } }))
        .status,
    ).toBe(200);
  });

  test('whoever gave the file away is answered the same way again, and told nothing more of it', async () => {
    const number = await confirmed();
    const at = `POST /files/${number}/steps`;
    const to_post = (await ask('GET /me', { token: khan })).body.post.id;
    await ask(at, { token: suman, body: { step: 'receive' } });
    await ask(at, { token: suman, body: { step: 'diary', text: 'A secret line.' } });
    const move = { step: 'move', to_post, reason: 'His work.' };
    const first = await ask(at, { token: suman, key: 'moved-away', body: move });
    const again = await ask(at, { token: suman, key: 'moved-away', body: move });
    expect([first.status, again.status]).toEqual([200, 200]);
    expect([first.body.in_sight, again.body.in_sight]).toEqual([false, false]);
    expect(again.text).not.toContain('secret');
    expect(again.body.desks.length).toBe(first.body.desks.length);
    expect((await ask(`GET /files/${number}`, { token: suman })).status).toBe(404);
  });
});

describe('identity, alarms and posts', () => {
  test('one key opens the identity once, as she sees it', async () => {
    const number = await confirmed();
    const asked = { token: suman, body: { purpose: 'signing' }, key: 'opened-once' };
    const [first, again] = [
      await ask(`POST /files/${number}/identity`, asked),
      await ask(`POST /files/${number}/identity`, asked),
    ];
    expect(again.body.until).toBe(first.body.until);
    expect(
      (await ask(`GET /files/${number}`, { token: suman })).body.openings.filter(
        (o: { purpose: string }) => o.purpose === 'signing',
      ),
    ).toHaveLength(1);
    const none = await ask(`POST /files/${number}/identity`, { token: suman, body: { purpose: 'curiosity' } });
    expect([none.status, none.body.fields[0].code]).toEqual([422, 'purpose-unknown']);
  });

  test('an alarm is acknowledged once; whoever repeats it hears the same', async () => {
    await house.at('2026-01-06T09:00+05:30');
    const dcp = await as('rao');
    const nandini = await as('nandini');
    const cp = await as('cp');
    const raised = (
      await Promise.all(
        [dcp, nandini, cp].map(async (token) => ({
          token,
          items: (await ask('GET /attention', { token })).body.items,
        })),
      )
    ).find(({ items }) => items.length > 0);
    if (!raised) return;
    const { id } = raised.items[0];
    const asked = { token: raised.token, body: { note: 'Heard.' }, key: 'acknowledged-once' };
    const [first, again] = [
      await ask(`POST /attention/${id}/acknowledge`, asked),
      await ask(`POST /attention/${id}/acknowledge`, asked),
    ];
    expect(first.body).toEqual({ id, acknowledged: true });
    expect(again.text).toBe(first.text);
    expect(
      (await ask(`POST /attention/${id}/acknowledge`, { token: raised.token, body: { note: 'Again.' } })).status,
    ).toBe(409);
  });

  test('a post is handed over once, its sessions end, and its holders are listed', async () => {
    const cp = await as('cp');
    const io = (await ask('GET /me', { token: await as('lko-io') })).body;
    const post = (await ask('GET /me', { token: await as('rekha') })).body.post.id;
    const before = await as('rekha');
    const asked = { token: cp, body: { to_officer: null, note: 'Leave.' }, key: 'handed-over-once' };
    expect((await ask(`POST /posts/${post}/hand-over`, { token: await as('khan'), body: asked.body })).status).toBe(
      403,
    );
    const first = await ask(`POST /posts/${post}/hand-over`, asked);
    expect(first.body).toEqual({ post, holder: null });
    expect((await ask(`POST /posts/${post}/hand-over`, asked)).text).toBe(first.text);
    expect((await ask('GET /me', { token: before })).status).toBe(401);
    const named = await ask(`POST /posts/${post}/hand-over`, {
      token: cp,
      body: { to_officer: io.officer.id, note: 'New.' },
    });
    expect(named.body.holder).toBe(io.officer.id);
    const holders = await ask(`GET /posts/${post}/holders?limit=1`, { token: cp });
    expect(holders.body.items).toHaveLength(1);
    const rest = await ask(`GET /posts/${post}/holders?after=${holders.body.next}`, { token: cp });
    expect(rest.body.items.map((h: { officer: string }) => h.officer)).toEqual([io.officer.id]);
    expect(rest.body.next).toBeNull();
    expect((await ask(`GET /posts/${newId()}/holders`, { token: cp })).status).toBe(404);
  });
});

describe('unsent forms', () => {
  test('a draft is kept, read back with its code from elsewhere, and becomes the session of her file when it is sent', async () => {
    const begun = await ask('POST /drafts', { body: { language: 'en' } });
    expect(begun.body).toMatchObject({ language: 'en', values: {}, screen: '' });
    const { token, resume, form_id } = begun.body;
    await ask(`PUT /drafts/${resume}`, { token, body: { values: { happened: ['stalking'], a: 1 }, screen: 'when' } });
    const elsewhere = await ask(`PUT /drafts/${resume.slice(0, 4)}-${resume.slice(4)}`, {
      body: { values: { a: null } },
    });
    expect(elsewhere.body).toMatchObject({ resume, form_id, screen: 'when', values: { happened: ['stalking'] } });
    expect(elsewhere.body.token).not.toBe(token);
    expect((await ask('PUT /drafts/00000000', {})).status).toBe(404);
    expect((await ask('PUT /drafts/nonsense', {})).status).toBe(404);
    expect((await ask('GET /track', { token })).status).toBe(401);
    const sent = await ask('POST /complaints', { token, body: complaint({ form_id }) });
    expect(sent.status).toBe(201);
    expect((await ask('GET /track', { token })).body.stage).toBe('sent');
    expect((await ask(`PUT /drafts/${resume}`, {})).status).toBe(404);
  });

  test('her code is sent again three times a day, and then no more', async () => {
    const { receipt } = (await ask('POST /complaints', { body: complaint() })).body;
    const { token } = (await ask('POST /track/sessions', { body: { receipt } })).body;
    const answers = [1, 2, 3, 4].map(() => () => ask('POST /complaints/code', { token }));
    const statuses: number[] = [];
    await Promise.all([1, 2, 3].map(() => ask('POST /complaints/code', { token, key: 'the-same-wish' })));
    await ask('POST /complaints/code', { token, key: 'the-same-wish' });
    for (const again of answers) statuses.push((await again()).status);
    // the four above were one wish
    expect(statuses).toEqual([202, 202, 429, 429]);
  });
});

describe('lists and the law', () => {
  test('a list goes on where it stopped, and nobody is shown twice', async () => {
    const all = (await ask('GET /law/offences?limit=200')).body.items;
    const seen: string[] = [];
    for (let after = ''; ; ) {
      const part = (await ask(`GET /law/offences?limit=7${after && `&after=${after}`}`)).body;
      seen.push(...part.items.map((o: { act: string; section: string }) => `${o.act} ${o.section}`));
      if (part.next === null) break;
      after = part.next;
    }
    expect(seen).toEqual(all.map((o: { act: string; section: string }) => `${o.act} ${o.section}`));
    for (const limit of ['0', '-1', '201', 'x', '1.5'])
      expect((await ask(`GET /law/offences?limit=${limit}`)).status).toBe(422);
    expect((await ask('GET /law/offences?after=%00')).status).toBe(422);
    expect((await ask('GET /law/offences?after=nonsense')).status).toBe(200);
  });
  test('offences are found by number and by word, in both languages', async () => {
    expect((await ask('GET /law/offences?q=bns%2064')).body.items[0]).toMatchObject({
      act: 'BNS',
      two_month: true,
    });
    expect(
      (await ask(`GET /law/offences?q=${encodeURIComponent('पीछा')}`, { lang: 'hi' })).body.items.length,
    ).toBeGreaterThan(0);
    expect((await ask('GET /law/offences?q=zzzz')).body).toEqual({ items: [], next: null });
  });
});
