// The day's money: counted by parts, told at half and at four fifths; when it is used up only what answers an alarm goes.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, house, read, type Refusal } from '#foundation';
import { fileComplaint } from '#casework';
import { complaintForm } from '#intake';
import { gauges, troubles } from '#operations';
import { someComplaint } from '../../../e2e/complaint.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { budget, sendSms, setBudget, type TemplateId } from './notify.ts';
import { marksPassed, mayBePaid } from './rules.ts';

let h: TestHouse;
let subject: string;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  await act(h.nobody, 'test.file', (a) => fileComplaint(a, complaintForm.parse(someComplaint())));
  subject = (await h.sql<{ id: string }>('select id from casework.file'))[0]?.id ?? '';
  await h.jobs();
});
afterAll(() => h.close());

const set = async (paise_per_part: number, rupees_per_day: number) =>
  act(await h.as('administrator'), 'test.set', (a) => setBudget(a, { paise_per_part, rupees_per_day }));
let n = 0;
const send = async (template: TemplateId, params = {}) => {
  n++;
  const { id } = await act(house(), 'test.send', (a) =>
    sendSms(a, { subject, purpose: `test-${n}`, template, language: 'hi', params }),
  );
  await h.jobs();
  return (
    await h.sql<{ state: string; reason: string | null }>('select state, reason from notify.message where id = $1', [
      id,
    ])
  )[0];
};
const wrong = async () =>
  troubles(await read(await h.as('administrator'), 'test.look', gauges)).map(({ code }) => code);

test('rules: the last rupee is spent once, alarms go beyond it, each mark is passed once', () => {
  expect(mayBePaid({ paise: 75, limit_paise: 100 }, 25, false)).toBe(true);
  expect(mayBePaid({ paise: 76, limit_paise: 100 }, 25, false)).toBe(false);
  expect(mayBePaid({ paise: 500, limit_paise: 100 }, 25, true)).toBe(true);
  expect(marksPassed(25, 50, 100)).toEqual(['half_at']);
  expect(marksPassed(0, 100, 100)).toEqual(['half_at', 'most_at', 'all_at']);
  expect(marksPassed(50, 75, 100)).toEqual([]);
});

test('half, four fifths, all: told each time; then codes wait for tomorrow and answers to alarms go; a raised limit lets them go at once', async () => {
  // ten paise a part and one rupee a day, on top of what the filing has cost
  await h.sql('delete from notify.spent');
  await set(10, 1);
  for (let sent = 0; sent < 5; sent++)
    expect(await send('track-code', { code: '123456' })).toMatchObject({ state: 'sent' });
  expect(await wrong()).toContain('sms-budget-half');
  for (let sent = 0; sent < 3; sent++) await send('track-code', { code: '123456' });
  expect(await wrong()).toEqual(expect.arrayContaining(['sms-budget-most']));
  expect(await wrong()).not.toContain('sms-budget-half');
  for (let sent = 0; sent < 2; sent++) await send('track-code', { code: '123456' });
  expect(await send('call-code', { code: '12345678' })).toEqual({ state: 'waiting', reason: 'over-budget' });
  expect(await send('will-call')).toMatchObject({ state: 'sent' });
  expect(await send('on-the-way', { few: '2', minutes: '9' })).toMatchObject({ state: 'sent' });
  expect(await wrong()).toContain('sms-waiting');
  expect(await read(await h.as('administrator'), 'test.look', budget)).toMatchObject({
    parts: 12,
    rupees: 1.2,
    waiting: 1,
  });
  const marks = await h.sql(
    "select detail ->> 'mark' as mark from foundation.ledger where deed = 'notify.budget-mark' order by at, id",
  );
  expect(marks.map(({ mark }) => mark)).toEqual(['half_at', 'most_at', 'all_at']);
  await set(10, 50);
  await h.jobs();
  expect(await wrong()).not.toContain('sms-waiting');
  expect((await h.sql("select count(*)::int as n from notify.message where state = 'waiting'"))[0]?.n).toBe(0);
});

test('the next day begins with all its money, and what waited goes by itself', async () => {
  await set(10, 1);
  expect(await send('call-code', { code: '12345678' })).toMatchObject({ state: 'waiting' });
  await h.at('2026-01-06T00:05:00+05:30');
  await h.jobs();
  expect((await h.sql("select count(*)::int as n from notify.message where state = 'waiting'"))[0]?.n).toBe(0);
  expect((await h.sql("select parts from notify.spent where day = '2026-01-06'"))[0]?.parts).toBe(1);
});

test('only an administrator says what it may cost', async () => {
  const refused = async (id: string) =>
    act(await h.as(id), 'test.set', (a) => setBudget(a, { paise_per_part: 1, rupees_per_day: 1 })).catch(
      (e: unknown) => (e as Refusal).code,
    );
  expect(await refused('verma')).toBe('not-your-power');
  expect(await refused('cp')).toBe('not-your-power');
});
