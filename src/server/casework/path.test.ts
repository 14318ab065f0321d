// The whole path of one complaint, through the door, by the people who walk it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { onDesk, openIdentityOf, track } from '#casework';
import { act, read } from '#foundation';
import { openByReceipt, orRefuse } from '#intake';
import { complaint, storyIn } from '../../../test/story.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  story = storyIn(h);
});
afterAll(() => h.close());
const refused = (code: string, about?: string) =>
  expect.objectContaining({ name: 'Refusal', code, ...(about ? { about } : {}) });
const instant = (text: string) => Temporal.Instant.from(text);

describe('the whole path', () => {
  const form = complaint();
  let receipt = '';
  let number = '';
  // her session is short: she opens her file with her receipt each time
  const hers = async () => {
    const { token } = orRefuse(await act(h.nobody, 'intake.open', (a) => openByReceipt(a, { receipt })));
    return read(await h.citizen(token), 'casework.track', track);
  };

  test('she files: a receipt, two words, hours by which; the file lies on the call-back desk from that instant', async () => {
    const filed = await story.file(form);
    receipt = filed.receipt;
    expect(filed.receipt).toMatch(/^\d{16}$/);
    expect(filed.caller_phrase).toMatch(/ · /);
    const seen = await hers();
    expect(seen).toMatchObject({
      number: null,
      state: 'submitted',
      stage: 'sent',
      days_pending: 0,
      next: { what: 'call-back' },
    });
    expect(seen.due?.rule).toBe('callback');
    expect(filed.callback_by.equals(seen.submitted_at.add({ hours: 22 }))).toBe(true);
    expect(filed.sign_by?.toString()).toBe('2026-01-08T18:29:59.999Z');
    expect(seen.now_with).toMatchObject({
      post_kind: 'callback-desk',
      vacant: false,
      officer: { rank: { en: 'Sub-Inspector' } },
      days: 0,
    });
  });

  test('the same form again: the same receipt and the same words; another body: refused', async () => {
    const again = await story.file(form);
    const first = await story.file(form, 'a-key-of-hers');
    expect([again.receipt, again.caller_phrase]).toEqual([first.receipt, first.caller_phrase]);
    await expect(story.file({ ...form, happened: ['cyber'] })).rejects.toEqual(refused('already-sent-differently'));
    expect((await h.sql('select 1 from casework.file where id = $1', [await story.idOf(form)])).length).toBe(1);
    expect(
      (await h.sql("select 1 from casework.step where step = 'file' and file = $1", [await story.idOf(form)])).length,
    ).toBe(1);
  });

  test('the operator hears the code: number, help desk, three days to sign counted from the sending', async () => {
    const told = await story.call(form);
    number = told.complaint_number ?? '';
    expect(number).toMatch(/^\d{12}$/);
    const seen = await hers();
    expect(seen).toMatchObject({
      number,
      state: 'confirmed',
      stage: 'called',
      next: { what: 'receive' },
      callback: null,
    });
    expect(seen.now_with.post_name.en).toBe('Women Help Desk, Kalyanpur police station');
    expect(seen.clocks.find((c) => c.rule === 'callback')?.state).toBe('met');
    const signing = seen.clocks.find((c) => c.rule === 'efir_sign');
    expect(signing?.due_on.toString()).toBe('2026-01-08');
    expect(signing?.started_at.equals(seen.submitted_at)).toBe(true);
    expect(seen.openings.map((o) => o.purpose)).toEqual(['call-back']);
  });

  test('a code tried again changes nothing: the same number, one step, one stay', async () => {
    const before = await h.sql('select count(*)::int as n from casework.stay');
    const operator = await h.as('savita');
    const id = await story.promiseOf(form);
    const code = await story.codeFor(form);
    const { confirmCall } = await import('#casework');
    const again = await act(operator, 'casework.confirm', (a) => confirmCall(a, id, { code }));
    expect(again.complaint_number).toBe(number);
    expect(await h.sql('select count(*)::int as n from casework.stay')).toEqual(before);
    expect((await h.sql("select 1 from casework.step where step = 'confirm'")).length).toBe(1);
  });

  test('the help desk receives: the next serial of the station', async () => {
    const desk = await read(await h.as('suman'), 'casework.desk', onDesk);
    expect(desk).toMatchObject([{ number, state: 'confirmed', next: 'receive', vacant_post: null }]);
    const seen = await story.step('suman', number, { step: 'receive' });
    expect(seen).toMatchObject({
      state: 'received',
      register: { serial: 1, year: 2026 },
      station: { en: 'Kalyanpur police station' },
    });
    await expect(story.step('suman', number, { step: 'receive' })).rejects.toEqual(refused('already-done'));
  });

  test('no FIR before she has signed; she signs, not before the complaint and not in the future', async () => {
    const fir = {
      step: 'register-fir',
      fir_number: '0412',
      year: 2026,
      recorded_at: '2026-01-05T10:00:00+05:30',
      sections: [{ act: 'BNS', section: '64(1)' }],
    };
    await expect(story.step('verma', number, fir)).rejects.toEqual(refused('needs-signature'));
    await expect(
      story.step('suman', number, { step: 'sign', signed_at: '2026-01-04T10:00:00+05:30', place: 'home' }),
    ).rejects.toEqual(refused('before-the-complaint', 'signed_at'));
    await expect(
      story.step('suman', number, { step: 'sign', signed_at: '2026-02-04T10:00:00+05:30', place: 'home' }),
    ).rejects.toEqual(refused('not-in-the-future', 'signed_at'));
    await h.at('2026-01-06T12:00:00+05:30');
    const seen = await story.step('suman', number, { step: 'sign', signed_at: '2026-01-06T11:30', place: 'home' });
    expect(seen.state).toBe('signed');
    expect(seen.signed_at?.toString()).toBe('2026-01-06T06:00:00Z');
    expect(seen.clocks.find((c) => c.rule === 'efir_sign')?.state).toBe('met');
  });

  test('the SHO registers the FIR: the two months run from the recording; dates and sections are checked', async () => {
    const fir = {
      step: 'register-fir',
      fir_number: '0412',
      year: '2026',
      recorded_at: '2026-01-06T11:45:00+05:30',
      offence_on: '2024-07-15',
      sections: [
        { act: 'बीएनएस', section: '64 (1)' },
        { act: 'BNS', section: '78(2)' },
      ],
    };
    await expect(story.step('suman', number, fir)).rejects.toEqual(refused('not-your-power'));
    await expect(story.step('verma', number, { ...fir, recorded_at: '2026-01-05T09:00:00+05:30' })).rejects.toEqual(
      refused('before-the-complaint', 'recorded_at'),
    );
    await expect(story.step('verma', number, { ...fir, recorded_at: '2026-01-07T09:00:00+05:30' })).rejects.toEqual(
      refused('not-in-the-future', 'recorded_at'),
    );
    await expect(
      story.step('verma', number, {
        ...fir,
        sections: [
          { act: 'BNS', section: '64(1)' },
          { act: 'BNS', section: '999' },
        ],
      }),
    ).rejects.toEqual(refused('unknown-section', 'sections.1.section'));
    const seen = await story.step('verma', number, fir);
    expect(seen).toMatchObject({
      state: 'investigating',
      stage: 'inquiry',
      fir: { number: '0412', year: 2026 },
      sections: [
        { act: 'BNS', section: '64(1)' },
        { act: 'BNS', section: '78(2)' },
      ],
    });
    const clock = seen.clocks.find((c) => c.rule === 'investigation_two_months');
    expect(clock).toMatchObject({ kind: 'law', authority: 'BNSS 193(2)', state: 'running' });
    expect(clock?.due_on.toString()).toBe('2026-03-06');
    expect(seen.clocks.map((c) => c.rule)).toContain('victim_medical_24h');
    expect(seen.duties.map((d) => d.duty)).toContain('magistrate-statement');
  });

  test('assigned, the file lies with the Investigating Officer and with nobody else of that rank; the clock has not moved', async () => {
    const before = (await hers()).clocks;
    const seen = await story.step('verma', number, { step: 'assign', to_post: await story.post('khan') });
    expect(seen.desks.at(-1)).toMatchObject({ post_kind: 'io', reason: 'assigned' });
    expect((await hers()).clocks).toEqual(before);
    await expect(story.view('rekha', number)).rejects.toEqual(refused('not-found'));
    await expect(story.view('suman', number)).rejects.toEqual(refused('not-found'));
    await expect(story.view('aruna', number)).rejects.toEqual(refused('not-found'));
    expect((await story.view('singh', number)).number).toBe(number);
    expect((await story.view('khan', number)).account).toEqual({ kind: 'text', text: 'Kanariya: what happened' });
  });

  test('diary, statement, medical, summons, a direction, a reason for delay: each a row, numbered or dated', async () => {
    await story.step('khan', number, { step: 'diary', text: 'First entry' });
    await story.step('khan', number, { step: 'diary', text: 'Second entry' });
    await story.step('khan', number, {
      step: 'statement',
      kind: 'police',
      at: '2026-01-06T12:00:00+05:30',
      by: 'woman SI',
      woman_officer: true,
    });
    await story.step('khan', number, { step: 'medical', sent_at: '2026-01-06T12:00:00+05:30' });
    await story.step('khan', number, {
      step: 'summon',
      why: 'magistrate-statement',
      at: '2026-01-09T11:00:00+05:30',
      place: 'court',
    });
    await story.step('singh', number, { step: 'direct', text: 'Do not wait for the laboratory' });
    await story.step('khan', number, {
      step: 'explain-delay',
      kind: 'fsl-awaited',
      from: '2026-01-06',
      text: 'The laboratory has it',
    });
    await expect(story.step('rekha', number, { step: 'diary', text: 'x' })).rejects.toEqual(refused('not-found'));
    await expect(story.step('verma', number, { step: 'diary', text: 'x' })).rejects.toEqual(
      refused('not-on-your-desk'),
    );
    const seen = await story.view('khan', number);
    expect(seen.diary.map((e) => [e.number, e.text])).toEqual([
      [1, 'First entry'],
      [2, 'Second entry'],
    ]);
    expect(seen.history.find((s) => s.step === 'direct')?.note).toBe('Do not wait for the laboratory');
    expect(seen.delays).toMatchObject([{ kind: 'fsl-awaited', text: 'The laboratory has it' }]);
    expect(seen.clocks.find((c) => c.rule === 'victim_medical_24h')?.stopped_at?.toString()).toBe(
      '2026-01-06T06:30:00Z',
    );
    const mine = await hers();
    expect(mine.appearances).toMatchObject({ planned: 3, asked: 1, attended: 0, reasons: ['magistrate-statement'] });
    expect(mine.delays).toMatchObject([{ kind: 'fsl-awaited', text: 'The laboratory has it' }]);
    const stored = await h.sql<{ t: string }>(
      'select d::text as t from casework.diary d union all select s::text from casework.step s union all select l::text from foundation.ledger l',
    );
    for (const { t } of stored) expect(t).not.toMatch(/First entry|laboratory|Kanariya/);
  });

  test('the report goes to the SHO, then the ACP, back to the SHO; returned, it goes back to the officer', async () => {
    await expect(
      story.step('verma', number, { step: 'forward-report', court: 'Special court', at: '2026-01-06T12:00:00+05:30' }),
    ).rejects.toEqual(refused('needs-approvals'));
    await expect(story.step('khan', number, { step: 'submit-report', kind: 'final-report' })).rejects.toEqual(
      refused('say-why', 'reason'),
    );
    const parted = await story.step('khan', number, { step: 'submit-report', kind: 'charge-sheet' });
    expect(parted).toMatchObject({
      state: 'report-submitted',
      in_sight: false,
      diary: [],
      account: { kind: 'text', text: null },
    });
    await expect(story.view('khan', number)).rejects.toEqual(refused('not-found'));
    await expect(story.step('singh', number, { step: 'approve-report' })).rejects.toEqual(
      refused('sho-approves-first'),
    );
    const returned = await story.step('verma', number, { step: 'return-report', reason: 'The map is missing' });
    expect(returned).toMatchObject({ state: 'investigating' });
    expect(returned.desks.at(-1)).toMatchObject({ post_kind: 'io', reason: 'report-returned' });
    await story.step('khan', number, { step: 'submit-report', kind: 'charge-sheet' });
    const once = await story.step('verma', number, { step: 'approve-report' });
    expect(once.state).toBe('report-submitted');
    await expect(story.step('verma', number, { step: 'approve-report' })).rejects.toEqual(refused('not-found'));
    const twice = await story.step('singh', number, { step: 'approve-report' });
    expect(twice.state).toBe('report-approved');
    expect(twice.desks.slice(-3).map((d) => d.post_kind)).toEqual(['sho', 'acp', 'sho']);
  });

  test('forwarded: the two-month clock stops at that instant, met; then the court, then closed; reopened from above', async () => {
    await h.at('2026-01-20T10:00:00+05:30');
    await expect(
      story.step('verma', number, { step: 'forward-report', court: 'Special court', at: '2026-01-05T12:00:00+05:30' }),
    ).rejects.toEqual(refused('before-the-approval', 'at'));
    const seen = await story.step('verma', number, {
      step: 'forward-report',
      court: 'Special court',
      at: '2026-01-19T15:00:00+05:30',
    });
    const clock = seen.clocks.find((c) => c.rule === 'investigation_two_months');
    expect(clock).toMatchObject({ state: 'met', stopped_at: instant('2026-01-19T15:00:00+05:30') });
    expect((await hers()).report).toMatchObject({ kind: 'charge-sheet', court: 'Special court' });
    const closed = await story.step('verma', number, { step: 'close', outcome: 'convicted' });
    expect(closed).toMatchObject({ state: 'closed', outcome: 'convicted' });
    await expect(story.step('verma', number, { step: 'reopen', reason: 'x' })).rejects.toEqual(
      refused('not-your-power'),
    );
    const again = await story.step('singh', number, { step: 'reopen', reason: 'A new witness' });
    expect(again).toMatchObject({ state: 'investigating', outcome: null });
    expect(again.clocks.find((c) => c.rule === 'investigation_two_months')?.state).toBe('met');
  });

  test('the stays add up to the age, without a gap, for her and for the police', async () => {
    for (const seen of [await hers(), await story.view('verma', number)]) {
      const { desks } = seen;
      expect(desks[0]?.from.equals(seen.submitted_at)).toBe(true);
      for (const [n, stay] of desks.slice(1).entries()) expect(stay.from.toString()).toBe(desks[n]?.to?.toString());
      expect(desks.at(-1)?.to).toBeNull();
      const age = Math.floor((seen.as_of.epochMilliseconds - seen.submitted_at.epochMilliseconds) / 1000);
      expect(Math.abs(desks.reduce((sum, stay) => sum + stay.seconds, 0) - age)).toBeLessThanOrEqual(1);
    }
  });

  test('she sees who opened what; the ledger knows who looked', async () => {
    await act(await h.as('verma'), 'casework.open-identity', (a) => openIdentityOf(a, number, 'court'));
    const seen = await hers();
    expect(seen.openings.at(-1)).toMatchObject({
      purpose: 'court',
      post_name: { en: 'Station House Officer, Kalyanpur police station' },
    });
    await expect(
      act(await h.as('aruna'), 'casework.open-identity', (a) => openIdentityOf(a, number, 'court')),
    ).rejects.toEqual(refused('not-found'));
    const looked = await h.sql("select 1 from foundation.ledger where deed = 'casework.view-file' and subject = $1", [
      await story.idOf(form),
    ]);
    expect(looked.length).toBeGreaterThan(3);
  });
});
