// Letters to posts: an address an administrator has set, each month's once, nothing in it but where to look.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { act, house, read } from '#foundation';
import { announce } from '#oversight';
import type { Answer, Mail } from './gateway.ts';
import { addressesOf, addressForm, deliverLetter, setAddress } from './letters.ts';

let h: TestHouse;
let post = '';
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-30T10:00+05:30' });
  const officer = await h.as('cp');
  post = officer.kind === 'officer' ? officer.post : '';
});
afterAll(() => h.close());

const set = async (who: string, email: string, to = post) =>
  act(await h.as(who), 'notify.set-address', (a) => setAddress(a, addressForm.parse({ post: to, email })));
type Row = {
  id: string;
  state: string;
  tries: number;
  recipient: string;
  subject: string;
  body: string;
  period: string;
};
const letters = () => h.sql<Row>('select * from notify.letter order by made_at');

test('only an administrator sets the address of a post that supervises', async () => {
  await expect(set('verma', 'x@up.gov.in')).rejects.toThrow('not-your-power');
  await expect(set('administrator', 'x@up.gov.in', '00000000-0000-7000-8000-000000000000')).rejects.toThrow(
    'not-found',
  );
  expect(() => addressForm.parse({ post, email: 'nonsense' })).toThrow('email-shape');
  await set('administrator', 'old@up.gov.in');
  await set('administrator', 'cp-kanpur@up.gov.in');
  const seen = await read(await h.as('administrator'), 'notify.list-addresses', addressesOf);
  expect(seen.map(({ email }) => email)).toEqual(['cp-kanpur@up.gov.in']);
  await expect(h.as('verma').then((who) => read(who, 'notify.list-addresses', addressesOf))).rejects.toThrow(
    'not-your-power',
  );
});

test('the review is announced on the first working day from nine, once, without a figure', async () => {
  // 1 February 2026 is a Sunday
  for (const at of ['2026-02-01T10:00+05:30', '2026-02-02T08:59+05:30']) {
    await h.at(at);
    await announce();
    expect(await letters(), at).toEqual([]);
  }
  await h.at('2026-02-02T09:01+05:30');
  await Promise.all([announce(), announce()]);
  await announce();
  const [letter, ...more] = await letters();
  expect(more).toEqual([]);
  expect(letter).toMatchObject({ period: '2026-01', recipient: 'cp-kanpur@up.gov.in', state: 'waiting' });
  expect(letter!.body).toContain('/watch-review/in/up/kanpur_nagar?month=2026-01');
  expect(letter!.body.replaceAll('2026-01', '')).not.toMatch(/\d/);
});

test('a letter goes once: again when it certainly did not, never when it may have', async () => {
  const [{ id } = { id: '' }] = await letters();
  const sent: Mail[] = [];
  const answers: Answer[] = [
    { kind: 'not-now', reason: 'throttled' },
    { kind: 'taken', gateway_ids: ['x'] },
  ];
  const ways = {
    sms: { give: async (): Promise<Answer> => ({ kind: 'refused', reason: 'refused' }) },
    email: undefined,
    letters: async (mail: Mail): Promise<Answer> => {
      sent.push(mail);
      return answers.shift() ?? { kind: 'unsure', reason: 'no-answer' };
    },
  };
  const state = async () => (await letters())[0]?.state;
  await deliverLetter({ letter: id }, ways);
  expect(await state()).toBe('waiting');
  await deliverLetter({ letter: id }, ways);
  expect(await state()).toBe('sent');
  await deliverLetter({ letter: id }, ways);
  expect(sent.map(({ to }) => to)).toEqual(['cp-kanpur@up.gov.in', 'cp-kanpur@up.gov.in']);

  await h.at('2026-03-02T09:30+05:30');
  await announce();
  const second = (await letters()).at(-1)!;
  expect(second.period).toBe('2026-02');
  await act(house(), 'notify.hand-over', (a) =>
    a.db.updateTable('notify.letter').set({ state: 'handed' }).where('id', '=', second.id).execute(),
  );
  await deliverLetter({ letter: second.id }, ways);
  expect((await letters()).at(-1)!.state).toBe('dead');
  expect(sent.length).toBe(2);
  const seen = async () => read(await h.as('administrator'), 'notify.list-addresses', addressesOf);
  expect((await seen()).map(({ last }) => last)).toEqual([{ period: '2026-02', state: 'dead' }]);
  await set('administrator', '');
  expect(await read(await h.as('administrator'), 'notify.list-addresses', addressesOf)).toEqual([]);
});

test('where there is no way out for e-mail a letter has not gone, and the administrator sees it', async () => {
  await set('administrator', 'cp-kanpur@up.gov.in');
  const seen = async () => (await read(await h.as('administrator'), 'notify.list-addresses', addressesOf))[0]?.last;
  await h.at('2026-04-01T09:30+05:30');
  await announce();
  const { id, period } = (await letters()).at(-1)!;
  expect(await seen()).toEqual({ period, state: 'on-its-way' });
  const refused = { give: async (): Promise<Answer> => ({ kind: 'refused', reason: 'refused' }) };
  await deliverLetter({ letter: id }, { sms: refused, email: undefined });
  expect(await seen()).toEqual({ period, state: 'dead' });
});
