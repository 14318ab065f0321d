// Pumping: many numbers of one block of a thousand. Some go, the rest waits; whoever was written to before and alarms go on.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, house, read } from '#foundation';
import { fileComplaint } from '#casework';
import { complaintForm } from '#intake';
import { gauges, troubles } from '#operations';
import { someComplaint } from '../../../e2e/complaint.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { sendSms, type TemplateId } from './notify.ts';
import { BLOCK_IN_A_DAY, BLOCK_IN_MINUTES, mayBeWritten } from './rules.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
});
afterAll(() => h.close());

const filed = async (mobile: string): Promise<string> => {
  const form = complaintForm.parse(someComplaint({ mobile }));
  await act(h.nobody, 'test.file', (a) => fileComplaint(a, form));
  await h.jobs();
  return (await h.sql<{ id: string }>('select id from intake.complaint where form_id = $1', [form.form_id]))[0]!.id;
};
const states = () =>
  h.sql<{ state: string; reason: string | null; n: number }>(
    "select state, reason, count(*)::int as n from notify.message where purpose not like 'test%' group by 1, 2 order by 1",
  );
const send = async (subject: string, template: TemplateId, params = {}) => {
  const { id } = await act(house(), 'test.send', (a) =>
    sendSms(a, { subject, purpose: `test-${template}-${subject}`, template, language: 'hi', params }),
  );
  await h.jobs();
  return (await h.sql<{ state: string }>('select state from notify.message where id = $1', [id]))[0]?.state;
};

test('rules: the day counts before the minutes', () => {
  expect(mayBeWritten({ minutes: BLOCK_IN_MINUTES - 1, day: BLOCK_IN_A_DAY - 1 })).toBeUndefined();
  expect(mayBeWritten({ minutes: BLOCK_IN_MINUTES, day: 5 })).toBe('minutes');
  expect(mayBeWritten({ minutes: 0, day: BLOCK_IN_A_DAY })).toBe('day');
});

test('a crowd of numbers of one block: five go, the others wait ten minutes; other blocks and alarms do not', {
  timeout: 60_000,
}, async () => {
  const subjects: string[] = [];
  for (let n = 0; n < 9; n++) subjects.push(await filed(`98765431${String(n).padStart(2, '0')}`));
  expect(await states()).toEqual([
    { state: 'sent', reason: null, n: BLOCK_IN_MINUTES },
    { state: 'waiting', reason: 'number-block', n: 9 - BLOCK_IN_MINUTES },
  ]);
  // seen by whoever runs the house
  const wrong = troubles(await read(await h.as('administrator'), 'test.look', gauges)).map(({ code }) => code);
  expect(wrong).toContain('sms-block-held');
  // a number of another block is not held up, nor is one that was written to before, nor an answer to an alarm
  await filed('9876544300');
  expect(await send(subjects[0]!, 'track-code', { code: '123456' })).toBe('sent');
  expect(await send(subjects[8]!, 'track-code', { code: '123456' })).toBe('waiting');
  expect((await states())[0]?.n).toBe(BLOCK_IN_MINUTES + 1);
  await h.at('2026-01-05T10:12:00+05:30');
  await h.jobs();
  expect((await states()).find(({ state }) => state === 'waiting')).toBeUndefined();
});

test('what is kept of a number says neither the number nor its block, and goes after a day', async () => {
  const kept = await h.sql<{ block: Buffer; number: Buffer }>('select block, number from notify.block_try');
  expect(kept.length).toBeGreaterThan(5);
  for (const row of kept) {
    expect(row.number.toString('hex')).not.toContain('9876543');
    expect(row.block.equals(row.number)).toBe(false);
  }
  await h.sql("update notify.block_try set at = at - interval '25 hours' where number = $1", [kept[0]?.number]);
  await filed('9876540000');
  expect(await h.sql('select 1 from notify.block_try where number = $1', [kept[0]?.number])).toEqual([]);
});
