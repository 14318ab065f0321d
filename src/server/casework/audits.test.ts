// What audits of real police files have found, each made impossible or visible: times, arrests, reports, endings, corrections.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REPORT_REASONS, stepForm } from '#casework';
import { complaint, storyIn } from '../../../test/story.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  story = storyIn(h);
});
afterAll(() => h.close());

const refused = (code: string, about?: string) => expect.objectContaining({ code, ...(about ? { about } : {}) });
const now = async () => (await story.now()).toString();
const earlier = async (hours: number) => (await story.now()).subtract({ hours }).toString();
const later = async (hours: number) => h.at((await story.now()).add({ hours }).toString());
let fir = 500;

async function received(form = complaint()): Promise<string> {
  const number = await story.confirmed(form);
  await story.step('suman', number, { step: 'receive' });
  return number;
}
async function withOfficer(section = '64(1)', form = complaint()): Promise<string> {
  const number = await received(form);
  await story.step('suman', number, { step: 'sign', signed_at: await now(), place: 'home' });
  const sections = [{ act: 'BNS', section }];
  const entry = { step: 'register-fir', fir_number: String(fir++), year: 2026, recorded_at: await now(), sections };
  await story.step('verma', number, entry);
  await story.step('verma', number, { step: 'assign', to_post: await story.post('khan') });
  return number;
}
async function inCourt(kind: 'charge-sheet' | 'final-report' = 'charge-sheet'): Promise<string> {
  const number = await withOfficer();
  await report(number, { kind, ...(kind === 'final-report' ? { reason: 'FR_UNTRACED' } : {}) });
  return number;
}
async function report(number: string, form: Record<string, unknown>): Promise<void> {
  await story.step('khan', number, { step: 'submit-report', ...form });
  await story.step('verma', number, { step: 'approve-report' });
  await story.step('singh', number, { step: 'approve-report' });
  await story.step('verma', number, { step: 'forward-report', court: 'Sessions', at: await now() });
}
const bail = async (number: string) =>
  (await story.view('khan', number)).clocks.filter(({ rule }) => rule === 'default_bail');
const day = (at: Temporal.Instant) => at.toZonedDateTimeISO('Asia/Kolkata').toPlainDate();

describe('an arrest', () => {
  test('before the FIR needs a reason, which stays on the file under seal; after it none', async () => {
    const number = await received();
    const arrest = { step: 'arrest', accused: '1', at: await now() };
    await expect(story.step('suman', number, arrest)).rejects.toEqual(
      refused('arrest-before-fir', 'before_fir_reason'),
    );
    await story.step('suman', number, { ...arrest, before_fir_reason: 'caught in the act by the neighbours' });
    const view = await story.view('suman', number);
    expect(view.history.at(-1)).toMatchObject({ step: 'arrest', note: 'caught in the act by the neighbours' });
    expect(view.clocks.find(({ rule }) => rule === 'arrest_24h')).toMatchObject({ kind: 'law', accused: 1 });
    const [row] = await h.sql<{ form: Record<string, unknown> }>(
      "select s.form from casework.step s join casework.file f on f.id = s.file where f.number = $1 and s.step = 'arrest'",
      [number],
    );
    expect(row?.form).toMatchObject({ before_fir: true });
    expect(JSON.stringify(row)).not.toContain('neighbours');
    const other = await withOfficer();
    await expect(story.step('khan', other, { step: 'arrest', accused: '1', at: await earlier(2) })).rejects.toEqual(
      refused('arrest-before-fir', 'before_fir_reason'),
    );
    await story.step('khan', other, { step: 'arrest', accused: '1', at: await now() });
    expect((await story.view('khan', other)).accused).toMatchObject([{ accused: 1, in_custody: true }]);
  });

  test('in the future is none, nobody is arrested twice, and nobody is freed who was not held', async () => {
    const number = await withOfficer();
    const at = (await story.now()).add({ hours: 1 }).toString();
    await expect(story.step('khan', number, { step: 'arrest', accused: '1', at })).rejects.toEqual(
      refused('not-in-the-future', 'at'),
    );
    await expect(
      story.step('khan', number, { step: 'release', accused: '1', at: await now(), how: 'court-bail' }),
    ).rejects.toEqual(refused('not-in-custody', 'accused'));
    await story.step('khan', number, { step: 'arrest', accused: '1', at: await now() });
    await expect(story.step('khan', number, { step: 'arrest', accused: '1', at: await now() })).rejects.toEqual(
      refused('already-in-custody', 'accused'),
    );
  });
});

describe('a remand', () => {
  test('starts the days to bail once, from the first; a longer one starts none; after release a new one does', async () => {
    const number = await withOfficer();
    await story.step('khan', number, { step: 'arrest', accused: '1', at: await now() });
    await later(5);
    await expect(story.step('khan', number, { step: 'remand', accused: '1', at: await earlier(6) })).rejects.toEqual(
      refused('before-the-complaint', 'at'),
    );
    const first = await story.now();
    await story.step('khan', number, { step: 'remand', accused: '1', at: first.toString(), custody: 'police-custody' });
    expect((await story.view('khan', number)).clocks.find(({ rule }) => rule === 'arrest_24h')?.stopped_by).toBe(
      'produced',
    );
    await later(24 * 14);
    await story.step('khan', number, { step: 'remand', accused: '1', at: await now() });
    expect((await bail(number)).map(({ due_on }) => due_on.toString())).toEqual([
      day(first).add({ days: 89 }).toString(),
    ]);
    await story.step('khan', number, { step: 'release', accused: '1', at: await now(), how: 'court-bail' });
    expect((await bail(number))[0]?.stopped_by).toBe('released-on-bail');
    await later(24);
    await story.step('khan', number, { step: 'arrest', accused: '1', at: await now() });
    await story.step('khan', number, { step: 'remand', accused: '1', at: await now() });
    expect((await bail(number)).filter(({ stopped_at }) => !stopped_at)).toHaveLength(1);
  });

  test('what the officer says of the longest punishment counts only where the sections leave it open', async () => {
    const sections = [
      { act: 'BNS', section: '78' },
      { act: 'NDPS', section: '21' },
    ];
    const days = async (cited: typeof sections, max_years?: string) => {
      const number = await received();
      await story.step('suman', number, { step: 'sign', signed_at: await now(), place: 'home' });
      const entry = { step: 'register-fir', fir_number: String(fir++), year: 2026, recorded_at: await now() };
      await story.step('verma', number, { ...entry, sections: cited });
      await story.step('verma', number, { step: 'assign', to_post: await story.post('khan') });
      const at = await story.now();
      await story.step('khan', number, { step: 'remand', accused: '1', at: at.toString(), max_years });
      const [clock] = await bail(number);
      return clock && day(at).until(clock.due_on).days + 1;
    };
    expect(await days(sections)).toBe(60);
    expect(await days(sections, '20')).toBe(90);
    expect(await days([{ act: 'BNS', section: '64(1)' }], '5')).toBe(90);
    expect(await days([{ act: 'BNS', section: '78' }], '20')).toBe(60);
  });

  test('of an accused who was arrested, not before the arrest', async () => {
    const number = await withOfficer();
    await later(4);
    await story.step('khan', number, { step: 'arrest', accused: '2', at: await now() });
    await expect(story.step('khan', number, { step: 'remand', accused: '2', at: await earlier(2) })).rejects.toEqual(
      refused('before-the-arrest', 'at'),
    );
  });
});

describe('a report', () => {
  test('is written by the investigating officer who holds the file, and by nobody else', async () => {
    const number = await withOfficer();
    const form = { step: 'submit-report', kind: 'charge-sheet' };
    for (const who of ['verma', 'singh', 'cp']) {
      await expect(story.step(who, number, form), who).rejects.toEqual(refused('not-your-power'));
    }
    for (const who of ['rekha', 'suman', 'lko-io'])
      await expect(story.step(who, number, form), who).rejects.toEqual(refused('not-found'));
  });

  test('has the disposals of the final form, and no others; a transfer is none', () => {
    const codes = ['FR_INSUFFICIENT_EVIDENCE', 'FR_UNTRACED', 'FR_FALSE', 'FR_MISTAKE_OF_FACT', 'FR_MISTAKE_OF_LAW'];
    expect([...REPORT_REASONS].sort()).toEqual([...codes, 'FR_CIVIL', 'FR_NON_COGNIZABLE', 'ABATED', 'QUASHED'].sort());
    const form = { step: 'submit-report', kind: 'final-report' };
    expect(stepForm.safeParse({ ...form, reason: 'TRANSFERRED' }).success).toBe(false);
    expect(stepForm.safeParse({ ...form, reason: 'FR_UNTRACED' }).success).toBe(true);
  });

  test('the first charge sheet is the original, what follows supplements it and starts no trial anew', async () => {
    const number = await withOfficer();
    await expect(
      story.step('khan', number, { step: 'submit-report', kind: 'charge-sheet', sheet: 'supplementary' }),
    ).rejects.toEqual(refused('no-first-charge-sheet', 'sheet'));
    await report(number, { kind: 'charge-sheet', sheet: 'original' });
    await story.step('singh', number, { step: 'reopen', kind: 'court-order', reason: 'further investigation' });
    await story.step('verma', number, { step: 'assign', to_post: await story.post('khan') });
    await later(48);
    await expect(
      story.step('khan', number, { step: 'submit-report', kind: 'charge-sheet', sheet: 'original' }),
    ).rejects.toEqual(refused('supplementary-now', 'sheet'));
    await report(number, { kind: 'charge-sheet' });
    const view = await story.view('verma', number);
    expect(view.clocks.filter(({ rule }) => rule === 'trial_two_months')).toHaveLength(1);
    expect(view.history.filter(({ step }) => step === 'submit-report').map(({ about }) => about)).toEqual([
      'original',
      'supplementary',
    ]);
  });
});

describe('an ending', () => {
  test('no file is closed whose report has not gone to court', async () => {
    const number = await withOfficer();
    const close = { step: 'close', outcome: 'other' };
    await expect(story.step('verma', number, close)).rejects.toEqual(refused('not-forwarded-yet'));
    await story.step('khan', number, { step: 'submit-report', kind: 'charge-sheet' });
    await expect(story.step('verma', number, close)).rejects.toEqual(refused('not-forwarded-yet'));
  });

  test('while the report is in court, a case opens on her protest or by the court’s order, and on nothing else', async () => {
    const number = await inCourt('final-report');
    await story.step('verma', number, { step: 'outcome', kind: 'protest-petition', at: await now() });
    await expect(
      story.step('singh', number, { step: 'reopen', kind: 'superior', reason: 'I think so' }),
    ).rejects.toEqual(refused('court-first', 'kind'));
    const again = await story.step('singh', number, {
      step: 'reopen',
      kind: 'protest-petition',
      reason: 'CCTV not seen',
    });
    expect(again.state).toBe('investigating');
    expect(again.clocks.filter(({ rule }) => rule === 'investigation_two_months')).toHaveLength(1);
  });

  test('what happens in court starts and stops its clocks; whom it is about must be said', async () => {
    const number = await inCourt();
    const appeared = { step: 'outcome', kind: 'accused-appeared', at: await now() };
    await expect(story.step('verma', number, appeared)).rejects.toEqual(refused('say-which-accused', 'accused'));
    await story.step('verma', number, { ...appeared, accused: '1' });
    await story.step('verma', number, { step: 'outcome', kind: 'charges-framed', at: await now() });
    const on = day(await story.now())
      .add({ days: 9 })
      .toString();
    const view = await story.step('verma', number, { step: 'court-date', on, court: 'Sessions', for: 'evidence' });
    expect(view.court_dates).toMatchObject([{ for: 'evidence' }]);
    expect(view.clocks.find(({ rule }) => rule === 'copies_14d')).toMatchObject({ accused: 1, stopped_at: null });
    await story.step('verma', number, { step: 'close', outcome: 'convicted' });
    await story.step('verma', number, { step: 'outcome', kind: 'appeal-filed', at: await now() });
    expect((await story.view('verma', number)).history.at(-1)).toMatchObject({
      step: 'outcome',
      about: 'appeal-filed',
    });
  });
});

describe('a correction', () => {
  test('points to what it corrects; the old entry and the old step stay as they were written', async () => {
    const number = await withOfficer();
    await story.step('khan', number, { step: 'diary', text: 'Reached the place at nine' });
    const correct = { step: 'correct', text: 'It was ten' };
    await expect(story.step('khan', number, correct)).rejects.toEqual(refused('choose-an-entry', 'entry'));
    await expect(story.step('khan', number, { ...correct, entry: 2 })).rejects.toEqual(
      refused('no-such-entry', 'entry'),
    );
    const view = await story.step('khan', number, { ...correct, entry: 1 });
    expect(view.diary).toMatchObject([{ text: 'Reached the place at nine', corrections: [{ text: 'It was ten' }] }]);
    expect(view.history.at(-1)).toMatchObject({ step: 'correct', corrects: { entry: 1 }, note: 'It was ten' });
    const of_step = view.history.find(({ step }) => step === 'sign')?.id ?? '';
    const again = await story.step('khan', number, { ...correct, of_step });
    expect(again.history.at(-1)?.corrects).toEqual({ of_step });
    const stranger = (await story.view('verma', await withOfficer())).history[0]?.id ?? '';
    await expect(story.step('khan', number, { ...correct, of_step: stranger })).rejects.toEqual(
      refused('no-such-entry', 'of_step'),
    );
  });

  test('and the database changes nothing that is written, whoever asks', async () => {
    const number = await withOfficer();
    await story.step('khan', number, { step: 'diary', text: 'as it was' });
    for (const statement of [
      "update casework.step set form = '{}'",
      'delete from casework.step',
      'update casework.diary set at = now()',
    ])
      await expect(h.sql(`set role itsso_officer; ${statement}`), statement).rejects.toThrow(/permission denied/);
    await h.sql('reset role');
  });
});

test('a test identification is held before a Magistrate and never names anybody', async () => {
  const number = await withOfficer();
  const form = { step: 'test-identification', at: await now(), accused: '1', result: 'identified' };
  expect(stepForm.safeParse(form).success).toBe(false);
  const view = await story.step('khan', number, { ...form, before: 'Judicial Magistrate II' });
  expect(view.history.at(-1)).toMatchObject({ about: 'identified', note: 'Judicial Magistrate II' });
});
