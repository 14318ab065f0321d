// The simulator finds what is broken: each thing that must hold is broken in one way, past every constraint, and the question about it speaks.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rungsAmiss, watchTheDates } from '../../sim/dates.ts';
import { type Broken, brokenNow, lostOrDoubled } from '../../sim/invariants.ts';
import { leaked } from '../../sim/leaks.ts';
import { act, read } from '#foundation';
import { alertForm, beginShift, raise, takeFixes } from '#sos';
import { type TestHouse, testHouse } from '../house.ts';
import { complaint, postOf, storyIn } from '../story.ts';

const HERE = { lat: 26.5, lon: 80.25 };
const THEN = '2026-01-13T09:00:00+05:30';
const until = Temporal.Instant.from(THEN).epochMilliseconds;
const form = complaint();
const told = { n: 1, form, acknowledged: true, lost_sms: 0, answers: 10 };
let h: TestHouse;
let dates: ReturnType<typeof watchTheDates>;

beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  const story = storyIn(h);
  const number = await story.confirmed(form);
  await story.step('suman', number, { step: 'receive' });
  await story.step('suman', number, { step: 'sign', signed_at: (await story.now()).toString(), place: 'home' });
  // nobody reaches her: her clocks warn and are broken
  await story.file();
  await h.at(THEN);
  const fixes = [];
  for (const crew of ['prv-1', 'prv-2', 'prv-3']) {
    await act(await h.as(crew), 'sos.begin-shift', (a) => beginShift(a, undefined));
    fixes.push({ vehicle: postOf(await h.as(crew)), ...HERE, at: await story.now() });
  }
  await takeFixes(await h.as('fleet'), { fixes });
  await raise(null, alertForm.parse({ point: HERE }));
  await h.at('2026-01-13T09:02:00+05:30');
  dates = watchTheDates(h);
});
afterAll(() => h.close());

/** A copy of every row of a table, with other values in some columns. */
const copy = (table: string, change: string, where = 'true') =>
  `insert into ${table} select (jsonb_populate_record(t, ${change})).* from ${table} t where ${where}`;
const again = `jsonb_build_object('id', gen_random_uuid())`;

/** Breaks the house, asks, and takes it back: nothing keeps the superuser from it, no key, no check, no trigger. */
async function having(broken: readonly string[], tables: readonly string[], ask: () => Promise<Broken[]>) {
  await h.sql('begin');
  try {
    await h.sql('set local session_replication_role = replica');
    for (const table of tables)
      await h.sql(`do $$ declare c record; begin
        for c in select conname from pg_constraint where conrelid = '${table}'::regclass and contype in ('p', 'u', 'x', 'c', 'f') loop
          execute format('alter table ${table} drop constraint if exists %I cascade', c.conname);
        end loop;
        for c in select indexrelid::regclass as name from pg_index where indrelid = '${table}'::regclass and indisunique loop
          execute format('drop index %s', c.name);
        end loop; end $$`);
    for (const words of broken) await h.sql(words);
    return (await ask()).map(({ invariant }) => invariant);
  } finally {
    await h.sql('rollback');
  }
}

test('a house in which nothing was broken is found so', async () => {
  const all = [
    ...(await brokenNow(h, null)),
    ...(await brokenNow(h, Temporal.Instant.from('2026-01-05T00:00:00Z'))),
    ...(await lostOrDoubled(h, [told])),
    ...(await dates()),
    ...(await rungsAmiss(h, until)),
    ...(await leaked(h, [form.mobile.slice(-10)], 'Kanariya')),
  ];
  expect(all).toEqual([]);
});

/** Between what one fault makes speak where it breaks more than one promise. */
const WITH = ' + ';
// what is asked of the database after every step or once a day: what is said of it and nothing else, what breaks it, in which tables keys are
// in the way
const BREAKS: readonly [said: string, broken: string, ...tables: string[]][] = [
  ['I3 a rung raised twice', copy('deadlines.stage', `'{}'`), 'deadlines.stage'],
  ['I4 a rung raised before it was due', `update deadlines.stage set raised_at = at - interval '1 second'`],
  ['I4 a rung raised late', `update deadlines.stage set raised_at = raised_at + interval '3 minutes'`],
  [
    'I4 a rung that fell due and was left lying',
    `insert into deadlines.wake select id, file, ladder, started_at, due_on, 1, foundation.now() - interval '2 minutes'
     from deadlines.deadline where ladder is not null limit 1`,
    'deadlines.wake',
  ],
  [
    'I4 a timer of an alarm fired before it was due, or late',
    `update sos.timer set fired_at = due_at + interval '5 minutes' where fired_at is not null`,
  ],
  [
    'I4 a timer of an alarm that ran out and was left lying',
    `update sos.timer set fired_at = null, due_at = foundation.now() - interval '1 hour'`,
  ],
  ['I5 a vehicle with two open alarms', copy('sos.call_out', again, 'ended_at is null'), 'sos.call_out'],
  [
    'I5 an alarm with fewer than two vehicles, and nobody was told',
    `with one as (select id from sos.call_out where ended_at is null limit 1), a as (update sos.alert set short_of = null, at_112 = null)
     update sos.call_out set ended_at = foundation.now(), state = 'released' where ended_at is null and id not in (select id from one)`,
  ],
  ['I7 more than five tries at one code', 'update callback.code set tries = 6', 'callback.code'],
  [
    'I7 two calls confirmed one complaint',
    copy('callback.attempt', again, `outcome = 'confirmed'`),
    'callback.attempt',
  ],
  ['I7 two codes used for one complaint', copy('callback.code', `jsonb_build_object('n', t.n + 1)`), 'callback.code'],
  ['I7 a code that was used again', `update callback.attempt set at = at + interval '1 day'`],
  ['I7 confirmed, and no code was used', 'update callback.code set used_at = null'],
  [
    'I9 the two months do not run from the recording',
    `insert into deadlines.deadline select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'rule', 'investigation_two_months',
       'due_on', ((d.started_at at time zone 'Asia/Kolkata')::date + interval '2 months')::date))).* from deadlines.deadline d limit 1`,
    'deadlines.deadline',
  ],
  [
    `I9 the two months do not end two months later${WITH}I9 the two months do not run from the recording`,
    `update deadlines.deadline set rule = 'investigation_two_months', due_on = due_on + 400`,
    'deadlines.deadline',
  ],
  ['I9 the steps tell of another state than the file', `update casework.file set state = 'received'`, 'casework.file'],
  [
    'I9 the steps tell of another recording than the file',
    'update casework.file set recorded_at = signed_at',
    'casework.file',
  ],
  [
    `I11 a file without a desk, or with two${WITH}I11 the first desk began after the filing`,
    'delete from casework.stay',
  ],
  [
    'I11 a file without a desk, or with two',
    "update casework.stay set to_at = from_at + interval '1 second' where to_at is null",
    'casework.stay',
  ],
  [
    `I11 a file that lies with a second desk${WITH}I11 a gap or an overlap between desks`,
    `insert into casework.stay select (jsonb_populate_record(s, jsonb_build_object('n', 99, 'post', (select id from posts.post where kind = 'cp' limit 1)))).*
     from casework.stay s where to_at is null`,
    'casework.stay',
  ],
  [
    'I11 a gap or an overlap between desks',
    `update casework.stay set from_at = from_at + interval '1 minute' where n > 1`,
    'casework.stay',
  ],
  [
    'I11 the first desk began after the filing',
    `update casework.stay set from_at = from_at + interval '1 second' where n = 1`,
    'casework.stay',
  ],
  ['I11 a file that nobody answers for', 'delete from posts.tenure'],
  ['I12 two messages for one purpose and number', copy('notify.message', again), 'notify.message'],
  [
    'I12 more codes on request than a day allows',
    `insert into callback.code select (jsonb_populate_record(c, jsonb_build_object('n', g, 'reason', 'asked', 'used_at', null))).*
     from callback.code c, generate_series(10, 13) g`,
    'callback.code',
  ],
  [
    'a register number left out',
    `update casework.step set form = form || '{"register_serial": 7}' where form ? 'register_serial'`,
  ],
  [
    `a closed case that never went to court${WITH}I9 the steps tell of another state than the file`,
    `update casework.file set state = 'closed'`,
    'casework.file',
  ],
  ['a step without a row of that instant in the ledger', `delete from foundation.ledger`],
];

describe('asked of the database', () => {
  test.each(BREAKS)('%s: %s', async (said, broken, ...tables) => {
    const heard = new Set(await having([broken], tables, () => brokenNow(h, null)));
    expect([...heard].sort()).toEqual(said.split(WITH).sort());
  });
});

test('after a step only what it touched is asked, and what it touched is found', async () => {
  const [filed, since] = [Temporal.Instant.from('2026-01-05T00:00:00Z'), Temporal.Instant.from('2026-01-12T00:00:00Z')];
  const lost = ['delete from casework.stay'];
  expect(await having(lost, [], () => brokenNow(h, filed))).toContain('I11 a file without a desk, or with two');
  expect(await having(lost, [], () => brokenNow(h, since))).toEqual([]);
});

test('what was told while the house was down is not late, and what was told long after it is', async () => {
  const later = (minutes: number) => [`update deadlines.stage set raised_at = at + interval '${minutes} minutes'`];
  const downs = await h.sql<{ from: string; to: string }>(
    `select to_json(min(at) - interval '1 minute')#>>'{}' as from, to_json(max(at) + interval '1 hour')#>>'{}' as to from deadlines.stage`,
  );
  const down = downs.map(({ from, to }) => ({ from: Temporal.Instant.from(from), to: Temporal.Instant.from(to) }));
  expect(await having(later(30), [], () => brokenNow(h, null))).toContain('I4 a rung raised late');
  expect(await having(later(30), [], () => brokenNow(h, null, down))).toEqual([]);
});

describe('I1 and I2, what was acknowledged', () => {
  test('lost', async () => {
    expect(await having(['delete from casework.file'], [], () => lostOrDoubled(h, [told]))).toEqual([
      'I1 an acknowledged complaint lost',
    ]);
  });
  test('doubled', async () => {
    const other = `jsonb_build_object('id', '00000000-0000-4000-8000-000000000001')`;
    const twice = [copy('intake.complaint', other), copy('casework.file', other)];
    expect(await having(twice, ['intake.complaint', 'casework.file'], () => lostOrDoubled(h, [told]))).toEqual([
      'I2 a complaint doubled',
    ]);
  });
});

describe('I3 and I9, the instants', () => {
  test('a rung not raised, and one that never fell due', async () => {
    for (const broken of [
      'delete from deadlines.stage',
      `update deadlines.stage set stage = 'H999' where stage like 'H%'`,
    ])
      expect(await having([broken], ['deadlines.stage'], () => rungsAmiss(h, until)), broken).toContain(
        'I3 the rungs of a clock',
      );
  });
  test('of a file that was closed and taken up again: what fell due in its sleep is not asked for, what came after is', async () => {
    const [rung] = await h.sql<{ at: string; first: string }>(
      `select to_json(max(at))#>>'{}' as at, to_json(min(at))#>>'{}' as first from deadlines.stage where at < foundation.now() - interval '1 day'`,
    );
    const step = (name: string, to: string, at: string) =>
      `insert into casework.step (id, file, step, at, from_state, to_state) select gen_random_uuid(), id, '${name}', ${at}, 'signed', '${to}' from casework.file`;
    const asleep = (from: string, to: string) => [
      step('close', 'closed', `'${from}'::timestamptz - interval '1 hour'`),
      step('reopen', 'investigating', `'${to}'::timestamptz + interval '1 hour'`),
      `delete from deadlines.stage where at = '${rung!.at}'`,
    ];
    expect(await having(asleep(rung!.at, rung!.at), ['casework.step'], () => rungsAmiss(h, until))).toEqual([]);
    expect(
      await having(
        [...asleep(rung!.at, rung!.at), `delete from deadlines.stage where at = '${rung!.first}'`],
        ['casework.step'],
        () => rungsAmiss(h, until),
      ),
    ).toContain('I3 the rungs of a clock');
    // of a clock that began only after that, with what it runs from long ago, all of them are asked for
    const slept = asleep(rung!.at, rung!.at).slice(0, 2);
    const late = `update deadlines.stage set raised_at = greatest(at, '${rung!.at}'::timestamptz + interval '2 hours')`;
    const asked = (more: string[]) => having([...slept, ...more], ['casework.step'], () => rungsAmiss(h, until));
    expect(await asked([])).toContain('I3 the rungs of a clock');
    expect(await asked([late])).toEqual([]);
    expect(await asked([late, `delete from deadlines.stage where at = '${rung!.at}'`])).toContain(
      'I3 the rungs of a clock',
    );
  });
  test('a rung after a clock had stopped, unless it was only told afterwards that it had', async () => {
    const [rung] = await h.sql<{ at: string }>(`select to_json(min(at))#>>'{}' as at from deadlines.stage`);
    const stopped = `'${rung!.at}'::timestamptz - interval '1 hour'`;
    const stops = [
      `update deadlines.deadline set stopped_at = ${stopped} where id in (select deadline from deadlines.stage where at = '${rung!.at}')`,
      `delete from deadlines.stage where at > '${rung!.at}' and deadline in (select deadline from deadlines.stage where at = '${rung!.at}')`,
    ];
    const told = (after: string) =>
      `insert into casework.step (id, file, step, at, from_state, to_state, form) select gen_random_uuid(), id, 'record-event',
        '${rung!.at}'::timestamptz + interval '${after}', 'signed', 'signed', jsonb_build_object('at', ${stopped}) from casework.file`;
    const asked = (more: string[]) => having([...stops, ...more], ['casework.step'], () => rungsAmiss(h, until));
    expect(await asked([])).toContain('I3 the rungs of a clock');
    expect(await asked([told('-1 minute')])).toContain('I3 the rungs of a clock');
    expect(await asked([told('1 minute')])).toEqual([]);
  });
  test('a date moved, and one gone', async () => {
    const moved = [`update deadlines.deadline set due_at = due_at + interval '1 day'`];
    expect(await having(moved, [], () => dates(Temporal.Instant.from('2026-01-05T00:00:00Z')))).toContain(
      'I9 a date was moved',
    );
    await dates();
    expect(await having(['delete from deadlines.deadline'], [], () => dates())).toContain('I9 a date is gone');
  });
});

describe('I10, in the clear', () => {
  const put = (what: string) => [`create table posts.spilt as select ${what} as what`];
  test.each([
    ['a text', `'so Kanariya said'`],
    ['the bytes of a text', `'so Kanariya said'::bytea`],
    ['base 64 of it, wherever it begins', `encode('soKanariya said', 'base64')`],
    ['json', `'{"a": ["Kanariya"]}'::jsonb`],
    ['her number', `'${form.mobile.slice(-10)}'::text`],
    ['the bytes of her number', `'${form.mobile.slice(-10)}'::bytea`],
  ])('%s', async (_what, spilt) => {
    expect(await having(put(spilt), [], () => leaked(h, [form.mobile.slice(-10)], 'Kanariya'))).toEqual([
      'I10 in the clear',
    ]);
  });
});

test('nothing of this was kept', async () => {
  expect(await brokenNow(h, null)).toEqual([]);
  expect(await read(await h.as('verma'), 'test.now', async (r) => r.now)).toBeDefined();
});
