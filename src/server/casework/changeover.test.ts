// 1 July 2024 as it ought to have been: planned ahead, seen by each post in its own circle, and the day itself changes no old file.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeForm, changePlan, changesAhead, changesHere, scheduleChange, withdrawChange } from '#casework';
import { act, read } from '#foundation';
import { whichCode } from '#law';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { complaint, KALYANPUR, storyIn } from '../../../test/story.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
beforeAll(async () => {
  h = await testHouse({ at: '2024-06-10T10:00:00+05:30' });
  story = storyIn(h);
});
afterAll(() => h.close());
const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code });

const form = (change: Record<string, unknown> = {}) =>
  changeForm.parse({
    name_hi: 'भारतीय न्याय संहिता',
    name_en: 'Bharatiya Nyaya Sanhita',
    in_force_from: '2024-07-01',
    acts: ['I.P.C.'],
    goal: 'Finish what is pending under the old code',
    ...change,
  });
const schedule = async (by: string, change: Record<string, unknown> = {}) =>
  act(await h.as(by), 'casework.schedule-change', (a) =>
    // a page sends its form's own key with it
    scheduleChange(a, Object.assign(form(change), { form_id: 'x' })),
  );
const withdraw = async (by: string, id: string) =>
  act(await h.as(by), 'casework.withdraw-change', (a) => withdrawChange(a, id, { reason: 'Put off' }));
const plan = async (by: string, id: string, view: Parameters<typeof changePlan>[2] = {}) =>
  read(await h.as(by), 'casework.read-change', (r) => changePlan(r, id, view));
const ahead = async (by: string) => read(await h.as(by), 'casework.list-changes', changesAhead);
const here = async (by: string) => read(await h.as(by), 'casework.list-changes', changesHere);
const numbers = (files: readonly { number: string | null }[]) => files.map(({ number }) => number).sort();

const ofJanuary = () => complaint({ when: { from: '2024-01-01', precision: 'day' } });
const sent = () => story.confirmed(ofJanuary());
let fir = 0;
const registered = async (section: { act: string; section: string }, received?: string) => {
  const number = received ?? (await sent());
  if (!received) await story.step('suman', number, { step: 'receive' });
  await story.step('suman', number, { step: 'sign', signed_at: (await story.now()).toString(), place: 'home' });
  await story.step('verma', number, {
    step: 'register-fir',
    fir_number: String(++fir),
    year: 2024,
    recorded_at: (await story.now()).toString(),
    // she told of January; what falls under the new code happened on the day itself
    ...(section.act === 'BNS' ? { offence_on: '2024-07-01' } : {}),
    sections: [section],
  });
  await story.step('verma', number, { step: 'assign', to_post: await story.post('khan') });
  return number;
};
const forwarded = async (number: string) => {
  await story.step('khan', number, { step: 'submit-report', kind: 'charge-sheet' });
  await story.step('verma', number, { step: 'approve-report' });
  await story.step('singh', number, { step: 'approve-report' });
  const at = (await story.now()).toString();
  await story.step('verma', number, { step: 'forward-report', court: 'Special court', at });
};
const clocks = (number: string) =>
  h.sql<Record<string, unknown>>(
    `select d.rule, d.kind, d.basis, d.authority, d.started_at, d.due_at, d.due_on, d.steps, d.stopped_at
     from deadlines.deadline d join casework.file f on f.id = d.file where f.number = $1 order by d.rule, d.started_at`,
    [number],
  );

let old = '';
let pending = '';
let pocso = '';
let done = '';
let change = '';
let crpc = '';

describe('before the day', () => {
  test('scheduling lists the open files it concerns: by section with an FIR, every pending one before it', async () => {
    old = await registered({ act: 'IPC', section: '376' });
    done = await registered({ act: 'IPC', section: '354' });
    await forwarded(done);
    pocso = await registered({ act: 'POCSO', section: '8' });
    pending = await sent();
    await story.step('suman', pending, { step: 'receive' });
    await story.file(ofJanuary());
    const made = await schedule('administrator');
    change = made.id;
    // the old file, the pending one, the one nobody has called yet; not POCSO alone, not what is in court
    expect(made.concerned).toBe(3);
    crpc = (await schedule('state', { acts: ['CrPC', 'IPC'] })).id;
    expect(await h.sql('select count(*)::int as n from casework.change_file where change = $1', [crpc])).toEqual([
      { n: 4 },
    ]);
    const [noted] = await h.sql(`select detail from foundation.ledger where deed = 'law-change.scheduled' order by at`);
    expect(noted).toEqual({ detail: { concerned: 3 } });
  });

  test('a single section going out takes its clauses with it, and no other number', async () => {
    const { id } = await schedule('national', { acts: [], sections: [{ act: 'IPC', section: '354' }] });
    expect(numbers((await plan('verma', id, { at: KALYANPUR, show: 'all' })).files)).toEqual([pending]);
    await withdraw('national', id);
  });

  test('who may not, what has no name, what is no law and what does not lie ahead is refused', async () => {
    for (const by of ['verma', 'cp', 'auditor', 'savita'])
      await expect(schedule(by)).rejects.toEqual(refused('not-your-power'));
    for (const day of ['2024-06-10', '2024-06-09', '2020-01-01'])
      await expect(schedule('administrator', { in_force_from: day })).rejects.toEqual(refused('day-not-ahead'));
    const wrong = (told: Record<string, unknown>) =>
      changeForm
        .safeParse({ name_hi: 'क', name_en: 'B', in_force_from: '2024-07-01', acts: ['IPC'], goal: 'x', ...told })
        .error?.issues.map((i) => `${i.path.join('.')} ${i.message}`);
    expect(wrong({ name_hi: ' ', name_en: undefined })).toEqual([
      'name_hi change-needs-name',
      'name_en change-needs-name',
    ]);
    expect(wrong({ acts: ['Customs Act'] })).toEqual(['acts.0 unknown-act']);
    expect(wrong({ acts: [] })).toEqual(['acts say-which-act']);
    expect(wrong({ sections: [{ act: 'IPC', section: '9999' }] })).toEqual(['sections.0.section unknown-section']);
    expect(wrong({ in_force_from: '31-06-2024' })).toEqual(['in_force_from not-a-day']);
  });

  test('scheduled twice, one after the other or at once, it is scheduled once', async () => {
    await expect(schedule('administrator')).rejects.toEqual(refused('already-scheduled'));
    const raced = await Promise.allSettled(
      Array.from({ length: 4 }, () => schedule('administrator', { in_force_from: '2025-01-01' })),
    );
    const [made, ...more] = raced.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []));
    expect(more).toEqual([]);
    for (const one of raced) if (one.status === 'rejected') expect(one.reason).toEqual(refused('already-scheduled'));
    const taken = await Promise.allSettled([withdraw('administrator', made ?? ''), withdraw('state', made ?? '')]);
    expect(taken.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await plan('administrator', made ?? '')).withdrawn?.why).toBe('Put off');
    // once withdrawn it may be scheduled again
    await withdraw('administrator', (await schedule('administrator', { in_force_from: '2025-01-01' })).id);
  });

  test('progress counts what has been finished since, and names what came after', async () => {
    await h.at('2024-06-18');
    const arrived = await sent();
    await forwarded(old);
    const seen = await plan('verma', change, { show: 'all' });
    expect(seen).toMatchObject({ phase: 'ahead', days_left: 13, name: { en: 'Bharatiya Nyaya Sanhita' } });
    expect(seen.all).toMatchObject({ total: 2, finished: 1, arrived: 1, arrived_finished: 0, left: 2 });
    expect(seen.files.map((f) => [f.number, f.standing, f.arrived, f.next])).toEqual(
      expect.arrayContaining([
        [pending, 'left', false, 'sign'],
        [arrived, 'left', true, 'receive'],
        [old, 'finished', false, 'court'],
      ]),
    );
    expect(numbers((await plan('verma', change)).files)).toEqual([pending, arrived].sort());
    expect(numbers((await plan('verma', change, { show: 'arrived' })).files)).toEqual([arrived]);
  });

  test('a file that comes to cite another law is not pressed for any more', async () => {
    const number = await sent();
    await story.step('suman', number, { step: 'receive' });
    expect((await plan('verma', change)).all.left).toBe(3);
    await registered({ act: 'POCSO', section: '8' }, number);
    expect((await plan('verma', change)).all.left).toBe(2);
  });
});

describe('sight', () => {
  test('each post sees its own circle: the desk its files, superiors the units below them', async () => {
    const desk = await plan('suman', change);
    expect(desk.files).toHaveLength(2);
    expect(desk.posts).toHaveLength(1);
    expect((await here('suman')).find(({ id }) => id === change)?.mine).toBe(2);
    expect((await here('khan')).find(({ id }) => id === change)?.mine).toBe(0);
    expect((await plan('khan', change)).all).toMatchObject({ total: 0, left: 0 });
    const circle = await plan('singh', change);
    expect(circle.files).toEqual([]);
    expect(circle.units).toMatchObject([{ path: KALYANPUR, left: 2 }]);
    const down = await plan('rao', change, { at: KALYANPUR });
    expect(down.above.map(({ path }) => path.split('.').at(-1))).toEqual(['west', 'circle_12']);
    expect(down.files).toHaveLength(2);
    expect((await plan('aruna', change)).all).toMatchObject({ total: 0, left: 0 });
    // the one nobody has called yet lies with the district's call-back desk
    const cp = await plan('cp', change);
    expect(cp.files).toMatchObject([{ number: null, next: 'call-back' }]);
    expect(cp.all).toMatchObject({ total: 3, arrived: 1 });
    // a unit outside the own circle is not looked at
    expect((await plan('aruna', change, { at: KALYANPUR })).files).toEqual([]);
    expect((await plan('lko-sho', change, { at: KALYANPUR })).all.total).toBe(0);
  });

  test('an administrator sees how many lie in each station, and no file', async () => {
    const seen = await plan('administrator', change, { at: KALYANPUR, show: 'all' });
    expect(seen).toMatchObject({ files: [], posts: [], all: { total: 2, finished: 1, arrived: 1 } });
    expect(seen.units).toMatchObject([{ path: KALYANPUR }]);
    expect((await ahead('administrator')).find(({ id }) => id === change)?.all.total).toBe(3);
    const rows = (text: string) =>
      h.as('administrator').then((actor) =>
        read(actor, 'test.look', async (r) => {
          const { sql } = await import('kysely');
          return (await sql.raw(text).execute(r.db)).rows;
        }),
      );
    expect(await rows('select * from casework.change_file')).toEqual([]);
    expect(await rows('select * from casework.changeover')).toEqual([]);
  });

  test('counts without files are an administrator’s: to nobody else are they told', async () => {
    for (const by of ['national', 'lko-sho', 'savita', 'auditor']) {
      const { sql } = await import('kysely');
      const told = await read(await h.as(by), 'test.look', (r) =>
        sql`select * from casework.change_counts(${change})`.execute(r.db),
      );
      expect(told.rows).toEqual([]);
    }
  });

  test('a plan is known in its unit, below and above; who stands below does not withdraw it', async () => {
    expect((await ahead('lko-sho')).map(({ id }) => id)).toContain(change);
    expect((await ahead('national')).map(({ id }) => id)).toContain(change);
    await expect(withdraw('verma', change)).rejects.toEqual(refused('not-your-power'));
    const { id } = await schedule('national', { acts: ['POCSO'] });
    await expect(withdraw('administrator', id)).rejects.toEqual(refused('not-your-power'));
    expect((await plan('verma', id)).all.left).toBeGreaterThan(0);
    await withdraw('national', id);
    await expect(withdraw('national', id)).rejects.toEqual(refused('already-withdrawn'));
    expect(await plan('verma', id)).toMatchObject({ phase: 'withdrawn', files: [], all: { total: 0 } });
    expect((await here('suman')).map((one) => one.id)).not.toContain(id);
  });
});

describe('the day itself', () => {
  let straddles = '';
  test('comes at midnight in a house that keeps running; no clock of an old file moves', async () => {
    await h.at('2024-06-30T22:00:00+05:30');
    straddles = await registered({ act: 'IPC', section: '376' });
    const before = [await clocks(straddles), await clocks(pocso), await clocks(done)];
    expect(before[0]?.find(({ rule }) => rule === 'investigation_two_months')).toMatchObject({
      kind: 'law',
      basis: 'express',
      authority: 'CrPC 173(1A)',
    });
    await h.at('2024-06-30T23:59:00+05:30');
    expect(await plan('verma', change)).toMatchObject({ phase: 'ahead', days_left: 1 });
    await h.at('2024-07-01T00:01:00+05:30');
    expect(await plan('verma', change)).toMatchObject({ phase: 'in-force', days_left: 0 });
    expect([await clocks(straddles), await clocks(pocso), await clocks(done)]).toEqual(before);
  });

  test('what is recorded on the day gets the new rule, in the same running house', async () => {
    const recorded_on = Temporal.PlainDate.from('2024-07-01');
    const both = { from: recorded_on, recorded_on };
    expect(whichCode(both)).toEqual({ substantive: 'BNS', procedure: 'BNSS' });
    const fresh = await registered({ act: 'BNS', section: '64(1)' });
    const months = async (number: string) =>
      (await clocks(number)).find(({ rule }) => rule === 'investigation_two_months');
    expect(await months(fresh)).toMatchObject({ kind: 'law', basis: 'express', authority: 'BNSS 193(2)' });
    // an old deed recorded now: the old section, the new procedure
    const from = Temporal.PlainDate.from('2024-01-01');
    expect(whichCode({ from, recorded_on })).toEqual({ substantive: 'IPC', procedure: 'BNSS' });
    await registered({ act: 'IPC', section: '376' }, pending);
    expect(await months(pending)).toMatchObject({ kind: 'law', basis: 'by-correspondence' });
    expect(await months(straddles)).toMatchObject({ authority: 'CrPC 173(1A)' });
    // what came on the day belongs to no list
    expect(numbers((await plan('verma', change, { show: 'all' })).files)).not.toContain(fresh);
  });

  test('the plan shows what crossed over, which of it keeps its law, and what was finished in time', async () => {
    const { files, all } = await plan('verma', change, { show: 'all' });
    expect(Object.fromEntries(files.map((f) => [f.number, f.standing]))).toMatchObject({
      [straddles]: 'keeps-law',
      [pending]: 'fir-since',
      [old]: 'finished',
    });
    expect(all).toMatchObject({ total: 2, finished: 1, arrived: 2, left: 3, keeps: 1, done_since: 0 });
    await forwarded(straddles);
    const after = await plan('verma', change);
    expect(after.all).toMatchObject({ finished: 1, left: 3, done_since: 1 });
    expect((await clocks(straddles)).find(({ rule }) => rule === 'investigation_two_months')).toMatchObject({
      authority: 'CrPC 173(1A)',
    });
    expect(await here('suman')).toEqual([]);
    await expect(withdraw('administrator', change)).rejects.toEqual(refused('already-in-force'));
  });

  test('with the procedure going out, whatever was recorded before the day is concerned, whatever it cites', async () => {
    const standing = new Map(
      (await plan('verma', crpc, { show: 'all' })).files.map((f) => [f.number, f.standing] as const),
    );
    expect(standing.get(pocso)).toBe('keeps-law');
  });

  test('a plan is never rewritten, and its list never shortened, whoever asks', async () => {
    const may = await h.sql(`select grantee, table_name, column_name from information_schema.column_privileges
      where table_name in ('law_change', 'change_file') and privilege_type = 'UPDATE' and grantee <> 'itsso_owner' order by 3`);
    expect(may.map(({ column_name }) => column_name)).toEqual(['withdrawn_at', 'withdrawn_by', 'withdrawn_why']);
    await expect(h.sql('update casework.law_change set withdrawn_at = now() where id = $1', [change])).rejects.toThrow(
      /withdrawn_is_whole/,
    );
  });
});
