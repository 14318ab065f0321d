// What falls due is raised once, in order, to whoever must hear of it; a vacant desk keeps its files and is raised itself.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handOverDesk, onDesk, track, watch } from '#casework';
import { acknowledge, attentionOf } from '#deadlines';
import { act, house, read } from '#foundation';
import { openByReceipt, orRefuse } from '#intake';
import { holdersOf } from '#posts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { complaint, storyIn } from '../../../test/story.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  story = storyIn(h);
});
afterAll(() => h.close());
const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code });

const attention = async (id: string) => read(await h.as(id), 'deadlines.attention', attentionOf);
const raisedTo = async (number: string, rule: string) => {
  const rows = await h.sql<{ stage: string; kind: string; reason: string }>(
    `select t.stage, p.kind, t.reason from deadlines.attention t join posts.post p on p.id = t.to_post join casework.file f on f.id = t.file
     where f.number = $1 and t.rule = $2 order by t.at, ext.nlevel(t.to_path) desc, p.kind = 'sho'`,
    [number, rule],
  );
  return rows.map((r) => `${r.stage} ${r.kind}`);
};
const stages = (number: string) =>
  h.sql<{ rule: string; stage: string; n: number }>(
    `select d.rule, s.stage, count(*)::int as n from deadlines.stage s join deadlines.deadline d on d.id = s.deadline join casework.file f on f.id = d.file
     where f.number = $1 group by 1, 2`,
    [number],
  );
// moves the clock without a stop on the way, as if the house had been down
const skipTo = (instant: string) =>
  h.sql(
    'update foundation.clock set ahead_us = (extract(epoch from $1::timestamptz - clock_timestamp()) * 1e6)::bigint',
    [instant],
  );
const handOver = async (by: string, post: string, to_officer: string | null) =>
  act(await h.as(by), 'posts.hand-over', (a) =>
    handOverDesk(a, { post, to_officer, from: undefined, note: 'transfer' }),
  );
const investigated = async (fir: string) => {
  const number = await story.confirmed();
  await story.step('suman', number, { step: 'receive' });
  await story.step('suman', number, { step: 'sign', signed_at: (await story.now()).toString(), place: 'home' });
  await story.step('verma', number, {
    step: 'register-fir',
    fir_number: fir,
    year: 2026,
    recorded_at: (await story.now()).toString(),
    sections: [{ act: 'BNS', section: '78' }],
  });
  await story.step('verma', number, { step: 'assign', to_post: await story.post('khan') });
  return number;
};

describe('the sweep', () => {
  let number = '';
  test('after weeks without a sweep it raises everything it missed, in order of due time, and climbs post by post', async () => {
    number = await investigated('1');
    await skipTo('2026-03-14T10:00:00+05:30');
    await story.sweep();
    expect(await raisedTo(number, 'investigation_two_months')).toEqual([
      'T-30 io',
      'T-15 io',
      'T-7 io',
      'T-3 io',
      'T-3 sho',
      'T-1 io',
      'T-1 sho',
      'T0 io',
      'T0 sho',
      'T+1 io',
      'T+1 sho',
      'T+1 acp',
      'T+8 io',
      'T+8 sho',
      'T+8 acp',
      'T+8 adcp-women',
    ]);
  });

  test('run twice, or by two at once, it raises nothing twice', async () => {
    const before = await h.sql('select count(*)::int as n from deadlines.attention');
    await Promise.all([story.sweep(), story.sweep(), story.sweep()]);
    expect(await h.sql('select count(*)::int as n from deadlines.attention')).toEqual(before);
    for (const { n } of await stages(number)) expect(n).toBe(1);
  });

  test('it says when it has to look again, always later than now', async () => {
    const next = await read(house(), 'casework.look-ahead', async (r) => [r.now, await watch.nextAt(r)] as const);
    expect(next[1] && Temporal.Instant.compare(next[1], next[0])).toBe(1);
  });

  test('every seven days one post higher, until the nation', async () => {
    await skipTo('2026-05-30T10:00:00+05:30');
    await story.sweep();
    const last = (await raisedTo(number, 'investigation_two_months')).filter((one) => one.startsWith('T+85 '));
    const everybody = ['io', 'sho', 'acp', 'adcp-women', 'dcp', 'cp', 'state', 'national'];
    expect(last.sort()).toEqual(everybody.map((kind) => `T+85 ${kind}`).sort());
  });

  test('a post sees of each clock its latest stage; acknowledged, it is gone with the earlier ones, and the clock runs on', async () => {
    const [row, ...more] = (await attention('verma')).filter(
      (a) => a.number === number && a.rule === 'investigation_two_months',
    );
    expect(more).toEqual([]);
    expect(row).toMatchObject({ stage: 'T+85', reason: 'breach' });
    await act(await h.as('verma'), 'deadlines.acknowledge', (a) => acknowledge(a, row?.id ?? '', 'Two officers added'));
    expect(
      (await attention('verma')).filter((a) => a.number === number && a.rule === 'investigation_two_months'),
    ).toEqual([]);
    await expect(
      act(await h.as('verma'), 'deadlines.acknowledge', (a) => acknowledge(a, row?.id ?? '', 'again')),
    ).rejects.toEqual(refused('already-acknowledged'));
    await expect(
      act(await h.as('aruna'), 'deadlines.acknowledge', (a) => acknowledge(a, row?.id ?? '', 'not mine')),
    ).rejects.toEqual(refused('not-found'));
    expect((await story.view('verma', number)).clocks.find((c) => c.rule === 'investigation_two_months')?.state).toBe(
      'late',
    );
    expect(
      await h.sql(
        "select 1 from deadlines.attention where position(convert_to('officers', 'UTF8') in sealed_note) > 0",
      ),
    ).toEqual([]);
  });

  test('a moved file keeps its clocks to the last column; the alarm goes to whoever holds it then', async () => {
    const clocks = () =>
      h.sql(
        'select d.* from deadlines.deadline d join casework.file f on f.id = d.file where f.number = $1 order by d.id',
        [number],
      );
    const before = await clocks();
    await story.step('khan', number, { step: 'move', to_post: await story.post('rekha'), reason: 'leave' });
    expect(await clocks()).toEqual(before);
    // who has given the file away hears no more of it
    expect((await attention('khan')).filter((a) => a.number === number)).toEqual([]);
    await skipTo('2026-06-06T10:00:00+05:30');
    await story.sweep();
    const [holder] = await h.sql<{ to_post: string }>(
      `select t.to_post from deadlines.attention t join casework.file f on f.id = t.file where f.number = $1 and t.stage = 'T+92' and t.rule = 'investigation_two_months' order by ext.nlevel(t.to_path) desc, t.to_post = '${await story.post('verma')}' limit 1`,
      [number],
    );
    expect(holder?.to_post).toBe(await story.post('rekha'));
  });

  test('stopped, a clock raises no more; closed, none of the file does', async () => {
    await story.step('rekha', number, { step: 'submit-report', kind: 'charge-sheet' });
    await story.step('verma', number, { step: 'approve-report' });
    await story.step('singh', number, { step: 'approve-report' });
    await story.step('verma', number, {
      step: 'forward-report',
      court: 'Special court',
      at: (await story.now()).toString(),
    });
    const late = (await story.view('verma', number)).clocks.find((c) => c.rule === 'investigation_two_months');
    expect(late?.state).toBe('late');
    await story.step('verma', number, { step: 'close', outcome: 'convicted' });
    const before = await raisedTo(number, 'progress_90d');
    await skipTo('2026-08-30T10:00:00+05:30');
    await story.sweep();
    expect(await raisedTo(number, 'progress_90d')).toEqual(before);
  });

  test('nobody called: alarm above the desk at twenty hours, one higher at twenty-two, and nothing is closed', async () => {
    const form = complaint();
    const { receipt } = await story.file(form);
    const filed = await story.now();
    await skipTo(filed.add({ hours: 23 }).toString());
    await story.sweep();
    const rows = await h.sql<{ stage: string; kind: string }>(
      "select t.stage, p.kind from deadlines.attention t join posts.post p on p.id = t.to_post where t.file = $1 order by t.at, p.kind <> 'callback-desk', ext.nlevel(t.to_path) desc, p.kind = 'cp'",
      [await story.idOf(form)],
    );
    expect(rows.map((r) => `${r.stage} ${r.kind}`)).toEqual([
      'H12 callback-desk',
      'H16 callback-desk',
      'H20 callback-desk',
      'H20 adcp-women',
      'H22 callback-desk',
      'H22 adcp-women',
      'H22 cp',
    ]);
    const { token } = orRefuse(await act(h.nobody, 'intake.open', (a) => openByReceipt(a, { receipt })));
    const seen = await read(await h.citizen(token), 'casework.track', track);
    expect(seen).toMatchObject({ state: 'submitted', next: { what: 'call-back' }, due: { state: 'late' } });
  });
});

describe('a post that is handed over or falls vacant', () => {
  test('keeps its files: the successor finds them, the one before sees nothing any more', async () => {
    const number = await investigated('2');
    const khan = await h.as('khan');
    const post = await story.post('khan');
    const [other] = await h.sql<{ id: string }>(
      "insert into posts.officer values (gen_random_uuid(), 'नई', 'Nayi', 'उपनिरीक्षक', 'Sub-Inspector', true, true) returning id",
    );
    await expect(handOver('rekha', post, other?.id ?? null)).rejects.toEqual(refused('not-your-power'));
    await expect(handOver('aruna', post, other?.id ?? null)).rejects.toEqual(refused('not-your-power'));
    await handOver('verma', post, other?.id ?? null);
    expect(await read(khan, 'casework.desk', onDesk)).toEqual([]);
    expect((await story.view('khan', number)).desks.map((d) => d.officer?.name.en)).toContain('Nayi');
    const holders = await read(await h.as('verma'), 'posts.holders', (r) => holdersOf(r, post));
    expect(holders.map((o) => o.to === null)).toEqual([false, true]);
  });

  test('vacant, its files show at the superior at once, who does its work; after a day the vacancy is raised, once', async () => {
    const number = await investigated('3');
    const post = await story.post('khan');
    await handOver('administrator', post, null);
    const row = (await read(await h.as('verma'), 'casework.desk', onDesk)).find((r) => r.number === number);
    expect(row?.vacant_post?.en).toBe('Investigating Officer 1, Kalyanpur police station');
    expect((await read(await h.as('rekha'), 'casework.desk', onDesk)).some((r) => r.number === number)).toBe(false);
    const seen = await story.step('verma', number, { step: 'diary', text: 'For the vacant post' });
    expect(seen.desks.at(-1)).toMatchObject({
      vacant: true,
      officer: null,
      held_by: { en: 'Station House Officer, Kalyanpur police station' },
    });
    const [done] = await h.sql<{ form: { acting_for: string } }>(
      "select form from casework.step where step = 'diary' order by at desc limit 1",
    );
    expect(done?.form.acting_for).toBe(post);

    const since = await story.now();
    await skipTo(since.add({ hours: 23 }).toString());
    await story.sweep();
    const vacancies = async () =>
      (await attention('verma')).filter((a) => a.rule === 'vacant-post' && a.number === number);
    expect(await vacancies()).toEqual([]);
    const next = await read(house(), 'casework.look-ahead', (r) => watch.nextAt(r));
    expect(next && Temporal.Instant.compare(next, since.add({ hours: 25 }))).toBe(-1);
    await skipTo(since.add({ hours: 25 }).toString());
    await story.sweep();
    await story.sweep();
    expect(await vacancies()).toMatchObject([{ reason: 'vacant-post', number }]);
    await act(await h.as('verma'), 'deadlines.acknowledge', async (a) =>
      acknowledge(a, (await vacancies())[0]?.id ?? '', 'Asked for an officer'),
    );
    await story.sweep();
    expect(await vacancies()).toEqual([]);
  });

  test('with the superior vacant too, the work comes up to the next one that is there', async () => {
    const number =
      (await h.sql<{ number: string }>("select number from casework.file where fir_number = '3'"))[0]?.number ?? '';
    const sho = await story.post('verma');
    const [verma] = await h.sql<{ officer: string }>(
      'select officer from posts.tenure where post = $1 and to_at is null',
      [sho],
    );
    await handOver('singh', sho, null);
    expect((await read(await h.as('singh'), 'casework.desk', onDesk)).map((r) => r.number)).toContain(number);
    expect((await story.step('singh', number, { step: 'submit-report', kind: 'charge-sheet' })).state).toBe(
      'report-submitted',
    );
    expect((await story.step('singh', number, { step: 'approve-report' })).state).toBe('report-submitted');
    await handOver('singh', sho, verma?.officer ?? null);
    expect((await read(await h.as('singh'), 'casework.desk', onDesk)).map((r) => r.number)).toContain(number);
  });
});
