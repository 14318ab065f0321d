// What an officer records as it happens: the clocks that start and stop by it, who may record what, and a court's stay that moves no date.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stepForm, track } from '#casework';
import { clocksOf } from '#deadlines';
import { house, read } from '#foundation';
import { sentMessages } from '#notify';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { complaint, storyIn } from '../../../test/story.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  story = storyIn(h);
});
afterAll(() => h.close());

const refused = (code: string, about?: string) => expect.objectContaining({ code, ...(about ? { about } : {}) });
const clock = async (number: string, rule: string) =>
  (await story.view('verma', number)).clocks.filter((one) => one.rule === rule);
const now = async () => (await story.now()).toString();
const record = async (by: string, number: string, event: string) =>
  story.step(by, number, { step: 'record-event', event, at: await now() });

async function onRecord(fir: string, sections: { act: string; section: string }[], form = complaint()) {
  await story.file(form);
  const number = (await story.call(form)).complaint_number ?? '';
  await story.step('suman', number, { step: 'receive' });
  await story.step('suman', number, { step: 'sign', signed_at: await now(), place: 'home' });
  const recorded_at = await now();
  await story.step('verma', number, { step: 'register-fir', fir_number: fir, year: 2026, recorded_at, sections });
  await story.step('verma', number, { step: 'assign', to_post: await story.post('khan') });
  return number;
}
const RAPE = [{ act: 'BNS', section: '64(1)' }];
const STALKING = [{ act: 'BNS', section: '78' }];

describe('the clocks of a case', () => {
  test('with the FIR start those that the law sets for it, and no others', async () => {
    const number = await onRecord('11', RAPE);
    const running = (await story.view('verma', number)).clocks.filter((one) => !one.stopped_at);
    const rules = running.map(({ rule }) => rule).sort();
    expect(rules).toEqual([
      'fir_copy',
      'investigation_two_months',
      'magistrate_statement',
      'progress_90d',
      'report_to_magistrate',
      'victim_medical_24h',
    ]);
    const law = running.filter(({ kind }) => kind === 'law').map(({ rule }) => rule);
    expect(law.sort()).toEqual(['investigation_two_months', 'progress_90d', 'victim_medical_24h']);
  });

  test('a section that names no hours gives a duty in law and a number of the police, never mixed', async () => {
    const number = await onRecord('12', RAPE);
    const [copy] = await clock(number, 'fir_copy');
    expect(copy).toMatchObject({ kind: 'police-target', authority: 'police-target' });
    expect(copy?.steps).toContainEqual({ code: 'no-number-in-law', authority: 'BNSS 173(2)', says: 'forthwith' });
    await record('khan', number, 'copy-given');
    expect(await clock(number, 'fir_copy')).toMatchObject([{ state: 'met', stopped_by: 'copy-given' }]);
  });

  test('each accused has his own clock from his own remand, that day included; one released stops his alone', async () => {
    const number = await onRecord('13', RAPE);
    for (const accused of ['1', '2']) await story.step('khan', number, { step: 'remand', accused, at: await now() });
    const bail = await clock(number, 'default_bail');
    expect(bail.map(({ accused }) => accused).sort()).toEqual([1, 2]);
    const first = (await story.now()).toZonedDateTimeISO('Asia/Kolkata').toPlainDate();
    expect(bail[0]?.due_on.toString()).toBe(first.add({ days: 89 }).toString());
    await story.step('khan', number, { step: 'release', accused: '1', at: await now(), how: 'court-bail' });
    const after = await clock(number, 'default_bail');
    expect(after.filter(({ stopped_at }) => !stopped_at).map(({ accused }) => accused)).toEqual([2]);
  });

  test('arrest must name the accused by number; production within the day meets it', async () => {
    const number = await onRecord('14', STALKING);
    const at = await now();
    expect(stepForm.safeParse({ step: 'arrest', at }).success).toBe(false);
    expect(stepForm.safeParse({ step: 'arrest', at, accused: 'Ram Lal' }).success).toBe(false);
    await story.step('khan', number, { step: 'arrest', accused: '1', at });
    await h.at((await story.now()).add({ hours: 20 }).toString());
    await story.step('khan', number, { step: 'remand', accused: '1', at: await now() });
    expect(await clock(number, 'arrest_24h')).toMatchObject([{ state: 'met', kind: 'law', accused: 1 }]);
  });

  test('of two searches the record of the first is met first', async () => {
    const number = await onRecord('15', STALKING);
    const searched = async () =>
      story.step('khan', number, { step: 'seizure', at: await now(), what: 'a phone', place: 'a shop', search: true });
    await searched();
    await h.at((await story.now()).add({ hours: 2 }).toString());
    await searched();
    await record('khan', number, 'search-record-sent');
    const [one, two] = await clock(number, 'search_record_48h');
    expect([one?.stopped_at === null, two?.stopped_at === null]).toEqual([false, true]);
  });

  test('a charge sheet starts the trial that the law limits, and the duty to tell her; a judgment ends it', async () => {
    const number = await onRecord('16', RAPE);
    await story.step('khan', number, { step: 'submit-report', kind: 'charge-sheet' });
    await story.step('verma', number, { step: 'approve-report' });
    await story.step('singh', number, { step: 'approve-report' });
    await story.step('verma', number, { step: 'forward-report', court: 'POCSO court', at: await now() });
    expect(await clock(number, 'trial_two_months')).toMatchObject([{ kind: 'law', responsible: 'court' }]);
    expect(await clock(number, 'action_taken_to_informant')).toMatchObject([{ kind: 'police-target' }]);
    expect(await clock(number, 'progress_90d')).toMatchObject([{ stopped_by: 'report-forwarded' }]);
    const judgment = { step: 'outcome', kind: 'judgment', at: await now() };
    await expect(story.step('verma', number, judgment)).rejects.toEqual(refused('choose-one', 'result'));
    await story.step('verma', number, { ...judgment, result: 'convicted' });
    expect(await clock(number, 'trial_two_months')).toMatchObject([{ state: 'met', stopped_by: 'judgment' }]);
  });

  test('only an ACP or above permits a preliminary enquiry, and only in its band', async () => {
    const form = complaint();
    await story.file(form);
    const number = (await story.call(form)).complaint_number ?? '';
    await story.step('suman', number, { step: 'receive' });
    await expect(record('verma', number, 'enquiry-permitted')).rejects.toEqual(refused('needs-a-superior', 'event'));
    await record('singh', number, 'enquiry-permitted');
    expect(await clock(number, 'preliminary_enquiry')).toMatchObject([{ kind: 'law' }]);
    const other = await onRecord('17', RAPE);
    await expect(record('singh', other, 'enquiry-permitted')).rejects.toEqual(refused('no-enquiry-here', 'event'));
  });

  test('what lies before the complaint or ahead of now is no event', async () => {
    const number = await onRecord('18', STALKING);
    const at = (await story.now()).add({ hours: 1 }).toString();
    await expect(story.step('khan', number, { step: 'record-event', event: 'copy-given', at })).rejects.toEqual(
      refused('not-in-the-future', 'at'),
    );
    expect(stepForm.safeParse({ step: 'record-event', event: 'confirmed', at }).success).toBe(false);
  });

  test('refused, only her way to the superior runs on, until he directs', async () => {
    const form = complaint();
    await story.file(form);
    const number = (await story.call(form)).complaint_number ?? '';
    await story.step('suman', number, { step: 'receive' });
    await story.step('verma', number, { step: 'refuse-registration', reason: 'a civil matter' });
    const before = await h.sql<{ rule: string }>(
      'select d.rule from deadlines.wake w join deadlines.deadline d on d.id = w.deadline join casework.file f on f.id = d.file where f.number = $1',
      [number],
    );
    expect(before.map(({ rule }) => rule)).toEqual(['refusal_to_sp']);
    await story.step('singh', number, { step: 'uphold-refusal', reason: 'a quarrel over rent' });
    expect(await clock(number, 'refusal_to_sp')).toMatchObject([{ stopped_by: 'superior-directed' }]);
  });
});

describe('an order of a court', () => {
  test('stands beside the dates, for officers and for her, and moves none of them', async () => {
    const form = complaint();
    const number = await onRecord('21', RAPE, form);
    const dates = async () => (await story.view('khan', number)).clocks.map(({ rule, due_at }) => `${rule} ${due_at}`);
    const before = await dates();
    await story.step('khan', number, { step: 'court-order', kind: 'stay', court: 'High Court', at: await now() });
    expect(await dates()).toEqual(before);
    const view = await story.view('khan', number);
    expect(view.orders.map(({ kind }) => kind)).toEqual(['stay']);
    expect(view.history.at(-1)).toMatchObject({ step: 'court-order', about: 'stay', note: 'High Court' });
  });

  test('leave for further investigation gives ninety days', async () => {
    const number = await onRecord('22', RAPE);
    const leave = { step: 'further-investigation', permitted_at: await now(), court: 'Sessions' };
    const seen = await story.step('verma', number, leave);
    expect(seen.orders.map(({ kind }) => kind)).toEqual(['further-investigation']);
    expect(await clock(number, 'further_investigation_90d')).toMatchObject([{ kind: 'law', authority: 'BNSS 193(9)' }]);
    await story.step('khan', number, { step: 'further-investigation', done_at: await now() });
    expect(await clock(number, 'further_investigation_90d')).toMatchObject([{ stopped_by: 'further-done' }]);
  });
});

test.each([
  ['2024-06', 'month', ['callback']],
  ['2024', 'year', ['callback']],
  ['2025-12-31', 'day', ['callback', 'posh_complaint']],
])('only a day on record is counted from: %s, told as a %s, starts %o', async (from, precision, rules) => {
  const form = complaint({ happened: ['workplace'], when: { from, precision } });
  await story.file(form);
  const file = await story.idOf(form);
  const clocks = await read(house(), 'deadlines.look', (r) => clocksOf(r, [file]));
  expect(clocks.map(({ rule }) => rule).sort()).toEqual(rules);
});

test('what concerns her and has passed is told her once, and the word says nothing', async () => {
  const form = complaint();
  const filed = await story.file(form);
  await story.call(form);
  const number = (await read(await story.herself(filed), 'casework.track', track)).number ?? '';
  await story.step('suman', number, { step: 'receive' });
  await h.at((await story.now()).add({ hours: 24 * 20 }).toString());
  await h.jobs();
  const said = (await read(house(), 'notify.look', (r) => sentMessages(r, form.mobile))).filter(
    ({ template }) => template === 'update',
  );
  expect(said.length).toBeGreaterThan(0);
  expect(said.length).toBeLessThanOrEqual(2);
  for (const { text } of said) expect(text).not.toMatch(/पुलिस|शिकायत|police|case|\d/i);
  const clocks = await read(house(), 'deadlines.look', async (r) => clocksOf(r, [await story.idOf(form)]));
  expect(clocks.some(({ state, hers }) => state === 'late' && hers)).toBe(true);
});
