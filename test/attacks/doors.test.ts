// Every door of the API at once: what stands in another unit is not there, and whatever is thrown at a door is refused without breaking it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sandboxSignIn } from '#signin';
import { ENDPOINTS } from '../../src/routes/api/v1/table.ts';
import { complaint } from '../api/complaint.ts';
import { apart, ask } from '../api/knock.ts';
import { type TestHouse, testHouse } from '../house.ts';

const NUMBER = '234567890123';
const NOBODYS = '987654321098';
const NO_ID = '00000000-0000-7000-8000-000000000000';
// a stream is left open until its listener goes
const doors = ENDPOINTS.filter((door) => !door.path.includes('live'));
const fill = (path: string, number: string): string => path.replace('{number}', number).replace(/\{\w+\}/g, NO_ID);

let h: TestHouse;
let hers = '';
const as = async (id: string): Promise<string> => (await sandboxSignIn(id)).token;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00+05:30' });
  const { receipt } = (await ask('POST /complaints', { body: complaint() })).body;
  hers = (await ask('POST /track/sessions', { body: { receipt } })).body.token;
  await h.sql('update casework.file set number = $1', [NUMBER]);
});
afterAll(() => h.close());

test('a file of another unit is at every one of its doors byte for byte a file that does not exist', async () => {
  const ofFiles = doors.filter((door) => door.path.includes('{number}'));
  expect(ofFiles.length).toBeGreaterThan(15);
  const told: string[] = [];
  for (const id of ['lko-sho', 'lko-io']) {
    const token = await as(id);
    for (const { method, path } of ofFiles) {
      const other = (number: string) =>
        ask(`${method} ${fill(path, number)}`, { token, ...(method === 'GET' ? {} : { body: {} }) });
      const [unseen, absent] = [await other(NUMBER), await other(NOBODYS)];
      if (apart(unseen) !== apart(absent) || unseen.status < 400) told.push(`${id} ${method} ${path} ${unseen.status}`);
      if (method === 'GET') expect([path, unseen.status]).toEqual([path, 404]);
    }
  }
  expect(told).toEqual([]);
});

const THROWN: [string, BodyInit][] = [
  ['bytes', new Uint8Array(Array.from({ length: 999 }, (_, n) => (n * 197 + 31) % 256))],
  ['a NUL in a text', '{"text":"\\u0000","reason":"a\\u0000b","step":"\\u0000"}'],
  ['half a letter', '{"text":"\\ud83d","receipt":"\\udc00","step":"\\ud800"}'],
  ['depth', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`],
  ['keys of every object', '{"__proto__":{"may":true},"constructor":{"prototype":{"may":true}},"toString":1}'],
  ['lists for everything', '{"step":[],"text":[[]],"to":{},"at":1e999,"id":-0}'],
  ['a number no machine counts', `{"n":${'9'.repeat(5000)},"at":"99999-99-99T99:99:99+99:99"}`],
  ['a list of ten thousand', `{"list":[${'0,'.repeat(9999)}0]}`],
];

test.each(THROWN)('%s thrown at every door as each kind of caller breaks none of them', async (_what, raw) => {
  const callers = [await as('verma'), hers];
  const fell: string[] = [];
  for (const { method, path } of doors.filter((door) => door.method !== 'GET'))
    for (const token of callers) {
      const answer = await ask(`${method} ${fill(path, NUMBER)}`, { token, raw, key: 'thrown-at-the-door' });
      // a door without words of its own takes no notice of any
      if (answer.status >= 500) fell.push(`${method} ${path} ${answer.status}`);
    }
  expect(fell).toEqual([]);
  expect(({} as { may?: boolean }).may).toBeUndefined();
});

test('keys that a form does not ask for change nothing: neither state nor hour, neither desk nor rank', async () => {
  const more = {
    state: 'closed',
    number: NOBODYS,
    submitted_at: '2020-01-01T00:00:00Z',
    recorded_on: '2020-01-01',
    desk_post: NO_ID,
    child: false,
    no_contact: true,
    receipt: '1111222233334444',
    role: 'administrator',
    unit: 'in',
  };
  const sent = complaint();
  const answer = await ask('POST /complaints', { body: { ...sent, ...more } });
  expect(answer.status).toBe(201);
  expect(answer.body.receipt.replace(/\D/g, '')).not.toBe(more.receipt);
  const [file] = await h.sql(
    `select f.state, f.number, f.submitted_at::date::text as day, f.desk_post::text as desk, c.no_contact from casework.file f
       join intake.complaint c on c.id = f.id where c.form_id = $1`,
    [sent.form_id],
  );
  expect(file).toMatchObject({ state: 'submitted', number: null, day: '2026-01-05', no_contact: false });
  expect(file?.desk).not.toBe(NO_ID);
  const opened = await ask('POST /track/sessions', {
    body: {
      receipt: answer.body.receipt,
      kind: 'officer',
      rights: ['cctns'],
      subject: NO_ID,
      expires_at: '2099-01-01',
    },
  });
  const [session] = await h.sql(
    "select kind, rights, expires_at < foundation.now() + interval '1 day' as short from posts.session where secret_hash = sha256(convert_to($1, 'UTF8'))",
    [opened.body.token],
  );
  expect(session).toEqual({ kind: 'citizen', rights: [], short: true });
});

test('a text of 10 MB is too large at a door, read or not', async () => {
  const raw = new TextEncoder().encode(`{"text":"${'क'.repeat(3_500_000)}"}`);
  const token = await as('verma');
  for (const { method, path } of doors.filter((door) => door.method === 'POST' && door.body).slice(0, 12)) {
    const { status } = await ask(`${method} ${fill(path, NUMBER)}`, { token, raw });
    expect([path, status >= 400 && status < 500]).toEqual([path, true]);
  }
});

test.each(["' or 1=1--", '%2e%2e%2fetc', '𝟙𝟚𝟛', '‮123', '9'.repeat(3000), '-1', 'NaN', '{}', '%00'])(
  'where an address wants a number or an id, %s is not there',
  async (said) => {
    const token = await as('verma');
    const fell: string[] = [];
    for (const { method, path } of doors.filter((door) => door.path.includes('{') && door.method === 'GET')) {
      const at = path.replace(/\{\w+\}/g, said.startsWith('%') ? said : encodeURIComponent(said));
      const { status } = await ask(`${method} ${at}`, { token });
      if (status < 400 || status >= 500) fell.push(`${path} ${status}`);
    }
    expect(fell).toEqual([]);
  },
);

test('what is asked for in the query is read strictly: no door falls over it', async () => {
  const token = await as('verma');
  const fell: string[] = [];
  for (const { path } of doors.filter((door) => door.method === 'GET'))
    for (const query of [
      'cursor=%00',
      'limit=1e9',
      'q=%ED%A0%80',
      'from=x&from=y',
      '__proto__[a]=1',
      'limit=-1&page=NaN',
    ])
      if ((await ask(`GET ${fill(path, NUMBER)}?${query}`, { token })).status >= 500) fell.push(`${path}?${query}`);
  expect(fell).toEqual([]);
});
