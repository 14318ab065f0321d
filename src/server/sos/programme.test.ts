// Switching rapid response off takes two posts, a week and a word to every registered woman; what is off hands every alarm to 112.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, house, read, Refusal } from '#foundation';
import { sentMessages } from '#notify';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import {
  agreeSwitch,
  alertForm,
  confirm,
  controlForm,
  decide,
  forgetFleet,
  programmeChanges,
  programmeForm,
  proposeSwitch,
  raise,
  readMine,
  register,
  serviceStatus,
  takeFixes,
  withdrawSwitch,
} from '#sos';

const HERE = { lat: 26.5, lon: 80.25 };
let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
});
afterAll(() => h.close());

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (e: unknown) => (e instanceof Refusal ? e.code : Promise.reject(e)),
  );
const propose = async (who: string, turns: 'off' | 'on', from_day?: string) =>
  act(await h.as(who), 'sos.propose-switch', (a) =>
    proposeSwitch(a, programmeForm.parse({ turns, from_day, reason: 'गाड़ियों की मरम्मत' })),
  );
const agree = async (who: string, id: string) => act(await h.as(who), 'sos.agree-switch', (a) => agreeSwitch(a, id));
const report = async () => {
  const at = await read(house(), 'test.now', async (r) => r.now);
  const fixes = await Promise.all(
    [1, 2, 3, 4].map(async (n) => {
      const crew = await h.as(`prv-${n}`);
      return { vehicle: crew.kind === 'officer' ? crew.post : '', lat: HERE.lat + 0.01 * n, lon: HERE.lon, at };
    }),
  );
  await takeFixes(await h.as('fleet'), { fixes });
};

test('one post alone, a date too near and a post below change nothing; two posts and a week do, and every woman is told once', async () => {
  for (const mobile of ['+919812345670', '+919812345671']) {
    await register({ mobile, language: 'hi', name: undefined, home: undefined, emergency_contact: undefined });
    await h.jobs();
    const sent = await read(house(), 'notify.read', (r) => sentMessages(r, mobile));
    await confirm({ mobile, code: /\d{6}/.exec(sent.at(-1)!.text)![0], pin: '1234', duress_pin: '4321' });
  }
  await report();
  const before = await raise(null, alertForm.parse({ point: HERE }));
  expect(before.units).toHaveLength(3);
  await act(await h.as('cp'), 'sos.close', (a) =>
    decide(a, before.alert, 'close', controlForm.parse({ outcome: 'not-found', reason: 'over' })),
  );

  expect(await refusal(propose('verma', 'off', '2026-03-20'))).toBe('not-your-power');
  expect(await refusal(propose('control', 'off', '2026-03-20'))).toBe('not-your-power');
  expect(await refusal(propose('rao', 'off', '2026-03-08'))).toBe('too-soon');
  expect(await refusal(propose('rao', 'on'))).toBe('already-so');
  const first = await propose('rao', 'off', '2026-03-20');
  expect(await refusal(propose('cp', 'off', '2026-03-25'))).toBe('already-proposed');
  expect(await refusal(agree('rao', first))).toBe('second-post-needed');
  await act(await h.as('rao'), 'sos.withdraw-switch', (a) => withdrawSwitch(a, first));
  expect(await refusal(agree('cp', first))).toBe('wrong-state');
  // the database says so too, whoever asks it
  const second = await propose('rao', 'off', '2026-03-20');
  await expect(
    h.sql(
      'update sos.programme_change set agreed_at = proposed_at, agreed_by = proposed_by, agreer = proposer where id = $1',
      [second],
    ),
  ).rejects.toThrow(/two_posts_two_officers/);
  await agree('cp', second);
  await h.jobs();
  const told = await h.sql<{ n: number; women: number }>(
    "select count(*)::int as n, count(distinct subject)::int as women from notify.message where purpose like 'sos-programme/%' and template = 'update'",
  );
  expect(told).toEqual([{ n: 2, women: 2 }]);
  expect((await programmeChanges()).map(({ state, turns, told: n }) => [state, turns, n])).toEqual([
    ['ahead', 'off', 2],
    ['withdrawn', 'off', 0],
  ]);
  // until the day everything runs
  await report();
  expect((await serviceStatus()).parts.every(({ state }) => state !== 'off')).toBe(true);
});

test('off, an alarm is written down and handed to 112 at once; on again it takes two posts, and vehicles come', async () => {
  await h.sql(
    "update foundation.clock set ahead_us = (extract(epoch from timestamptz '2026-03-20T10:00:00+05:30' - clock_timestamp()) * 1e6)::bigint",
  );
  forgetFleet();
  await report();
  const raised = await raise(null, alertForm.parse({ point: HERE }));
  expect([raised.units.length, raised.short_of]).toEqual([0, 'programme-off']);
  await h.at('2026-03-20T10:01:00+05:30');
  expect((await readMine(null, raised.alert)).state).toBe('handed-to-112');
  const status = await serviceStatus();
  expect(
    status.parts.filter(({ unit }) => unit.startsWith('in.up.kanpur_nagar')).every(({ state }) => state === 'off'),
  ).toBe(true);
  expect((await programmeChanges())[0]?.state).toBe('in-force');

  const on = await propose('cp', 'on');
  expect(await refusal(agree('cp', on))).toBe('second-post-needed');
  await agree('rao', on);
  await h.jobs();
  forgetFleet();
  await report();
  expect((await raise(null, alertForm.parse({ point: HERE }))).units.length).toBeGreaterThan(0);
});
