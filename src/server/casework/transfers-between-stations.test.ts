// FIRs of another area and of long ago: numbers, clocks that nothing restarts, who sees what on the way, to and fro.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calendarOf, onDesk, sentElsewhere, track } from '#casework';
import { attentionOf } from '#deadlines';
import { read } from '#foundation';
import { complaint, KALYANPUR, storyIn } from '../../../test/story.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
let kotwali = '';
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  story = storyIn(h);
  const aruna = await h.as('aruna');
  kotwali = aruna.kind === 'officer' ? aruna.unit : '';
});
afterAll(() => h.close());

const refused = (code: string, about?: string) => expect.objectContaining({ code, ...(about ? { about } : {}) });
const now = async () => (await story.now()).toString();
const RAPE = [{ act: 'BNS', section: '64(1)' }];
let last = 100;
const ZERO = { step: 'zero-fir', year: 2026, sections: RAPE };
const zero = async (change: Record<string, unknown> = {}) => {
  const on = { to_unit: kotwali, zero_number: String(last++), recorded_at: await now() };
  return { ...ZERO, ...on, ...change };
};

async function signed(form = complaint()): Promise<string> {
  const number = await story.confirmed(form);
  await story.step('suman', number, { step: 'receive' });
  await story.step('suman', number, { step: 'sign', signed_at: await now(), place: 'home' });
  return number;
}
const twoMonths = (clocks: readonly { rule: string; started_at: Temporal.Instant }[]) =>
  clocks.filter(({ rule }) => rule === 'investigation_two_months').map(({ started_at }) => started_at.toString());
const elsewhere = async (who: string) => read(await h.as(who), 'test.elsewhere', sentElsewhere);

describe('a Zero FIR', () => {
  test('recorded anywhere, sent at once; the two months run from the first recording through every station, once', async () => {
    const form = complaint();
    const number = await signed(form);
    const recorded_at = await now();
    const parted = await story.step('verma', number, await zero({ zero_number: '0007', recorded_at }));
    expect(parted).toMatchObject({ state: 'transferred', in_sight: false, fir: null });
    expect(parted.zero_fir).toMatchObject({
      number: '0007',
      year: 2026,
      station: { en: expect.stringMatching(/Kalyanpur/) },
    });
    await h.at((await story.now()).add({ hours: 5 }).toString());
    const taken = await story.step('aruna', number, { step: 'accept-transfer', fir_number: '31', year: 2026 });
    expect(taken).toMatchObject({
      state: 'investigating',
      fir: { number: '31', year: 2026 },
      register: { year: 2026 },
    });
    expect(taken.station?.en).toContain('Kotwali');
    expect(twoMonths(taken.clocks)).toEqual([Temporal.Instant.from(recorded_at).toString()]);
    expect(taken.clocks.find(({ rule }) => rule === 'transfer_receipt')).toMatchObject({
      kind: 'police-target',
      state: 'met',
      stopped_by: 'transfer-accepted',
    });
    expect(taken.desks.map(({ reason }) => reason)).toEqual(['filed', 'confirmed', 'transferred']);
  });

  test('it waits on both desks: the one that has to take it, and by number and place alone the one that sent it', async () => {
    const number = await signed(complaint({ affected: { woman_or_girl: true, name: 'Kanariya Bai', age: 20 } }));
    await story.step('verma', number, await zero());
    const desk = (await read(await h.as('aruna'), 'casework.desk', onDesk)).find((row) => row.number === number);
    expect(desk).toMatchObject({ state: 'transferred', next: 'accept-transfer', due: { rule: 'transfer_receipt' } });
    const [row] = (await elsewhere('verma')).filter((one) => one.number === number);
    expect(row).toMatchObject({ state: 'transferred', accepted: null, returned: 0 });
    expect(row?.unit.en).toContain('Kotwali');
    expect(JSON.stringify(row)).not.toMatch(/Kanariya/);
    // the list is a superior's of that station: nobody below, nobody beside, and not who sees the file itself
    for (const who of ['suman', 'khan', 'aruna', 'lko-sho', 'savita', 'cp'])
      expect(
        (await elsewhere(who)).map((one) => one.number),
        who,
      ).not.toContain(number);
    await expect(story.view('verma', number)).rejects.toEqual(refused('not-found'));
    await story.step('aruna', number, { step: 'accept-transfer', fir_number: '32', year: 2026 });
    expect((await elsewhere('verma')).find((one) => one.number === number)).toMatchObject({
      state: 'investigating',
      accepted: { fir: '32/2026' },
    });
  });

  test('to a station of another district too; what is no station is none', async () => {
    const lucknow = await h.as('lko-sho');
    const number = await signed();
    await expect(story.step('verma', number, await zero({ to_unit: 'in.up.nowhere' }))).rejects.toEqual(
      refused('no-such-station', 'to_unit'),
    );
    await expect(story.step('verma', number, await zero({ to_unit: "x'; --" }))).rejects.toEqual(
      refused('no-such-station', 'to_unit'),
    );
    await expect(story.step('verma', number, await zero({ to_unit: KALYANPUR }))).rejects.toEqual(
      refused('already-there', 'to_unit'),
    );
    const to_unit = lucknow.kind === 'officer' ? lucknow.unit : '';
    await story.step('verma', number, await zero({ to_unit }));
    const taken = await story.step('lko-sho', number, { step: 'accept-transfer', fir_number: '5', year: 2026 });
    expect(taken.state).toBe('investigating');
  });

  test('its number is one of its station and year, as is the number it gets', async () => {
    const [one, two] = [await signed(), await signed()];
    await story.step('verma', one, await zero({ zero_number: '00900' }));
    await expect(story.step('verma', two, await zero({ zero_number: '900' }))).rejects.toEqual(
      refused('fir-number-taken', 'zero_number'),
    );
    await story.step('verma', two, await zero({ zero_number: '901' }));
    await story.step('aruna', one, { step: 'accept-transfer', fir_number: '900', year: 2026 });
    await expect(story.step('aruna', two, { step: 'accept-transfer', fir_number: '0900', year: 2026 })).rejects.toEqual(
      refused('fir-number-taken', 'fir_number'),
    );
    await expect(story.step('aruna', two, { step: 'accept-transfer', fir_number: '91', year: 2025 })).rejects.toEqual(
      refused('not-that-year', 'year'),
    );
  });

  test('its own FIR is not older than the Zero FIR; what is on record is never written again', async () => {
    const number = await signed();
    const early = (await story.now()).subtract({ hours: 1 }).toString();
    await story.step('verma', number, await zero());
    await expect(
      story.step('aruna', number, { step: 'accept-transfer', fir_number: '77', year: 2026, recorded_at: early }),
    ).rejects.toEqual(refused('before-the-complaint', 'recorded_at'));
    await expect(
      h.sql("update casework.file set zero_recorded_at = zero_recorded_at - interval '1 day' where number = $1", [
        number,
      ]),
    ).rejects.toThrow(/not rewritten/);
  });

  test('nothing is put on record that was not signed or told orally, and nothing from before', async () => {
    const number = await story.confirmed();
    await story.step('suman', number, { step: 'receive' });
    await expect(story.step('verma', number, await zero())).rejects.toEqual(refused('needs-signature'));
    await h.at((await story.now()).add({ hours: 3 }).toString());
    await story.step('suman', number, { step: 'sign', signed_at: await now(), place: 'home' });
    const recorded_at = (await story.now()).subtract({ hours: 1 }).toString();
    await expect(story.step('verma', number, await zero({ recorded_at }))).rejects.toEqual(
      refused('before-the-information', 'recorded_at'),
    );
    const fir = { step: 'register-fir', fir_number: '888', year: 2026, recorded_at, sections: RAPE };
    await expect(story.step('verma', number, fir)).rejects.toEqual(refused('before-the-information', 'recorded_at'));
  });

  test('returned and sent again: one day for all of it, and the second return is raised to the post above', async () => {
    const number = await signed();
    await story.step('verma', number, await zero());
    const due = async () =>
      (
        await h.sql<{ due: string }>(
          "select d.due_at::text as due from deadlines.deadline d join casework.file f on f.id = d.file where f.number = $1 and d.rule = 'transfer_receipt'",
          [number],
        )
      ).map((row) => row.due);
    const first = await due();
    const raised = async () =>
      (await read(await h.as('singh'), 'test.attention', attentionOf)).filter(
        (one) => one.number === number && one.rule === 'ping-pong',
      );
    await h.at((await story.now()).add({ hours: 1 }).toString());
    await story.step('aruna', number, { step: 'return-transfer', reason: 'not our area' });
    expect(await raised()).toEqual([]);
    expect((await story.view('verma', number)).steps.find(({ step }) => step === 'return-transfer')?.why_not).toBe(
      'recorded-here',
    );
    await story.step('verma', number, { step: 'send-on', to_unit: kotwali, reason: 'it is theirs' });
    await h.at((await story.now()).add({ hours: 1 }).toString());
    await story.step('aruna', number, { step: 'return-transfer', reason: 'still not' });
    expect(await raised()).toHaveLength(1);
    expect(await due()).toEqual(first);
    expect(first).toHaveLength(1);
    const view = await story.view('verma', number);
    expect(view.desks.slice(-4).map(({ reason }) => reason)).toEqual([
      'transferred',
      'transfer-returned',
      'transferred',
      'transfer-returned',
    ]);
    // the station that recorded it may take it after all
    const own = await story.step('verma', number, { step: 'accept-transfer', fir_number: '1501', year: 2026 });
    expect(own).toMatchObject({ state: 'investigating', fir: { number: '1501' } });
    expect(twoMonths(own.clocks)).toHaveLength(1);
  });

  test('while it waits, what cannot wait is done: the doctor, the diary; everything else says what it waits for', async () => {
    const number = await signed();
    await story.step('verma', number, await zero());
    const view = await story.step('aruna', number, { step: 'medical', sent_at: await now() });
    expect(view.clocks.find(({ rule }) => rule === 'victim_medical_24h')?.stopped_by).toBe('sent-to-doctor');
    expect(view.steps.find(({ step }) => step === 'register-fir')?.why_not).toBe('waits-for-acceptance');
    await expect(story.step('aruna', number, { step: 'assign', to_post: await story.post('aruna') })).rejects.toEqual(
      refused('waits-for-acceptance'),
    );
  });

  test('its days stand in the calendar of the post that has to take it, and no more in the one that sent it', async () => {
    const number = await signed();
    await story.step('verma', number, await zero());
    const rules = async (who: string) =>
      (
        await read(await h.as(who), 'test.calendar', (r) =>
          calendarOf(r, { from: Temporal.PlainDate.from('2026-01-05'), days: 90 }),
        )
      ).days
        .flatMap(({ entries }) => entries)
        .filter((entry) => entry.number === number)
        .map(({ rule }) => rule);
    expect(await rules('aruna')).toEqual(expect.arrayContaining(['transfer_receipt', 'investigation_two_months']));
    expect(await rules('verma')).toEqual([]);
  });

  test('she sees her number, where it lies and that it has to be taken within the day', async () => {
    const form = complaint();
    const filed = await story.file(form);
    const number = (await story.call(form)).complaint_number ?? '';
    await story.step('suman', number, { step: 'receive' });
    await story.step('suman', number, { step: 'sign', signed_at: await now(), place: 'home' });
    await story.step('verma', number, await zero({ zero_number: '333' }));
    const seen = await read(await story.herself(filed), 'casework.track', track);
    expect(seen).toMatchObject({ state: 'transferred', stage: 'on-record', zero_fir: { number: '333', year: 2026 } });
    expect(seen.next.what).toBe('accept-transfer');
    expect(seen.due?.rule).toBe('transfer_receipt');
    expect(seen.now_with.unit_name.en).toContain('Kotwali');
  });
});

describe('an FIR that was there before she filed', () => {
  const link = (change: Record<string, unknown> = {}) => ({
    step: 'link-fir',
    station: KALYANPUR,
    fir_number: String(last++),
    year: 2025,
    recorded_at: '2025-06-10T11:00:00+05:30',
    offence_on: '2025-06-09',
    sections: RAPE,
    ...change,
  });
  const received = async () => {
    const number = await story.confirmed();
    await story.step('suman', number, { step: 'receive' });
    return number;
  };

  test('its own day starts the clock, so that it is late at once; and nothing rings for the months before', async () => {
    const number = await received();
    const view = await story.step('verma', number, link());
    expect(view).toMatchObject({ state: 'investigating', fir: { year: 2025 } });
    const clock = view.clocks.find(({ rule }) => rule === 'investigation_two_months');
    expect(clock).toMatchObject({ state: 'late', kind: 'law' });
    expect(clock?.due_on.toString()).toBe('2025-08-10');
    await story.sweep();
    const rung = await h.sql(
      "select 1 from deadlines.attention t join casework.file f on f.id = t.file where f.number = $1 and t.rule = 'investigation_two_months'",
      [number],
    );
    expect(rung).toEqual([]);
    await h.at((await story.now()).add({ hours: 24 * 8 }).toString());
    const late = (await read(await h.as('verma'), 'test.attention', attentionOf)).filter((t) => t.number === number);
    expect(late.some(({ rule }) => rule === 'investigation_two_months')).toBe(true);
  });

  test('what was done before she filed can be entered; what lies before that FIR cannot', async () => {
    const number = await received();
    await story.step('verma', number, link());
    await story.step('verma', number, { step: 'assign', to_post: await story.post('khan') });
    await story.step('khan', number, {
      step: 'statement',
      kind: 'magistrate',
      at: '2025-06-20T12:00:00+05:30',
      by: 'JM',
    });
    await expect(
      story.step('khan', number, { step: 'statement', kind: 'police', at: '2025-06-01T12:00:00+05:30', by: 'SI' }),
    ).rejects.toEqual(refused('before-the-complaint', 'at'));
  });

  test('only one from before: a new FIR needs her signature; its number is one of its station and year', async () => {
    const [one, two] = [await received(), await received()];
    await expect(story.step('verma', one, link({ year: 2026, recorded_at: await now() }))).rejects.toEqual(
      refused('not-before-the-complaint', 'recorded_at'),
    );
    await story.step('verma', one, link({ fir_number: '4000' }));
    await expect(story.step('verma', two, link({ fir_number: '04000' }))).rejects.toEqual(
      refused('fir-number-taken', 'fir_number'),
    );
  });

  test('of an FIR older than the day she named, the day of its own deed is asked for; then it is joined', async () => {
    const number = await received();
    await expect(story.step('verma', number, link({ offence_on: undefined }))).rejects.toEqual(
      refused('say-day-of-deed', 'offence_on'),
    );
    expect((await story.view('verma', number)).state).toBe('received');
    expect(await story.step('verma', number, link())).toMatchObject({ state: 'investigating' });
  });

  test('where it stands at another station, the file goes there, into that register', async () => {
    const number = await received();
    const parted = await story.step('verma', number, link({ station: kotwali }));
    expect(parted).toMatchObject({ in_sight: false, state: 'investigating' });
    const there = await story.view('aruna', number);
    expect(there.station?.en).toContain('Kotwali');
    expect(there.register).not.toBeNull();
    expect(there.desks.at(-1)).toMatchObject({ post_kind: 'sho', reason: 'fir-linked' });
    await expect(story.step('verma', await received(), link({ station: 'in.mp.none' }))).rejects.toEqual(
      refused('no-such-station', 'station'),
    );
  });
});
