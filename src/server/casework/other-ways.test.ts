// Ways beside the straight one: other sections, other stations, a child, a refusal, a district without a desk.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handOverDesk, onDesk, track } from '#casework';
import { act, read } from '#foundation';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { complaint, storyIn } from '../../../test/story.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  story = storyIn(h);
});
afterAll(() => h.close());
const refused = (code: string, about?: string) =>
  expect.objectContaining({ name: 'Refusal', code, ...(about ? { about } : {}) });

test('an IPC section in an FIR of today counts by correspondence, and a case outside the list is a police target', async () => {
  const number = await story.confirmed(complaint({ when: { from: '2024-01-01', precision: 'day' } }));
  await story.step('verma', number, { step: 'receive' });
  await story.step('suman', number, {
    step: 'statement',
    kind: 'oral-information',
    at: (await story.now()).toString(),
    by: 'woman HC',
  });
  const at = (await story.now()).toString();
  const seen = await story.step('verma', number, {
    step: 'register-fir',
    fir_number: '7',
    year: 2026,
    recorded_at: at,
    sections: [{ act: 'IPC', section: '376' }],
  });
  expect(seen.clocks.find((c) => c.rule === 'investigation_two_months')).toMatchObject({
    kind: 'law',
    basis: 'by-correspondence',
  });
  expect(seen.clocks.find((c) => c.rule === 'efir_sign')?.stopped_at).not.toBeNull();
});

test('a deed that spans 1 July 2024 asks which code; the answer binds the sections and stays with the step', async () => {
  const when = { from: '2024-06-20', to: '2024-07-10', precision: 'day' };
  const number = await story.confirmed(complaint({ when }));
  await story.step('suman', number, { step: 'receive' });
  await story.step('suman', number, { step: 'sign', signed_at: (await story.now()).toString(), place: 'home' });
  const recorded_at = (await story.now()).toString();
  const fir = {
    step: 'register-fir',
    fir_number: '71',
    year: 2026,
    recorded_at,
    sections: [{ act: 'BNS', section: '78' }],
  };
  await expect(story.step('verma', number, fir)).rejects.toEqual(refused('which-code', 'code'));
  await expect(story.step('verma', number, { ...fir, code: 'IPC' })).rejects.toEqual(
    refused('section-of-new-code', 'sections.0.act'),
  );
  await story.step('verma', number, {
    ...fir,
    code: 'both',
    sections: [{ act: 'IPC', section: '354D' }, ...fir.sections],
  });
  const [step] = await h.sql<{ form: { code?: string } }>(
    `select s.form from casework.step s join casework.file f on f.id = s.file where f.number = $1 and s.step = 'register-fir'`,
    [number],
  );
  expect(step?.form.code).toBe('both');
});

test('an FIR number is taken once per station and year, however it is written', async () => {
  const number = await story.confirmed();
  await story.step('suman', number, { step: 'receive' });
  await story.step('suman', number, {
    step: 'sign',
    signed_at: (await story.now()).toString(),
    place: 'her sister’s shop',
  });
  const fir = {
    step: 'register-fir',
    year: 2026,
    recorded_at: (await story.now()).toString(),
    sections: [{ act: 'BNS', section: '78' }],
  };
  // the case of the first test bears number 7
  await expect(story.step('verma', number, { ...fir, fir_number: '0007' })).rejects.toEqual(
    refused('fir-number-taken', 'fir_number'),
  );
  await expect(story.step('verma', number, { ...fir, fir_number: '70' })).resolves.toMatchObject({
    fir: { number: '70' },
  });
  const clock = (await story.view('verma', number)).clocks.find((c) => c.rule === 'investigation_two_months');
  expect(clock).toMatchObject({ kind: 'police-target', authority: 'police-target' });
});

test('received at one station and moved to another, it is entered and registered where it lies', async () => {
  const number = await story.confirmed();
  await story.step('suman', number, { step: 'receive' });
  await story.step('suman', number, { step: 'sign', signed_at: (await story.now()).toString(), place: 'home' });
  await story.step('verma', number, {
    step: 'move',
    to_post: await story.post('aruna'),
    reason: 'It happened there',
  });
  const recorded_at = (await story.now()).toString();
  const fir = {
    step: 'register-fir',
    fir_number: '7',
    year: 2026,
    recorded_at,
    sections: [{ act: 'BNS', section: '78' }],
  };
  await expect(story.step('verma', number, fir)).rejects.toEqual(refused('not-found'));
  const seen = await story.step('aruna', number, fir);
  expect(seen).toMatchObject({
    station: { en: 'Kotwali police station' },
    fir: { number: '7' },
    register: { year: 2026 },
  });
});

test('"any" station goes to the officer for crimes against women, who assigns it to a station', async () => {
  const number = await story.confirmed(complaint({ station: 'any' }));
  expect((await story.view('nandini', number)).desks.at(-1)?.post_kind).toBe('adcp-women');
  await expect(story.view('verma', number)).rejects.toEqual(refused('not-found'));
  await expect(story.step('nandini', number, { step: 'receive' })).rejects.toEqual(refused('not-your-power'));
  const seen = await story.step('nandini', number, { step: 'assign', to_post: await story.post('kiran') });
  expect(seen.desks.at(-1)).toMatchObject({ post_kind: 'help-desk', reason: 'assigned' });
  expect(await story.step('kiran', number, { step: 'receive' })).toMatchObject({ register: { serial: 2 } });
});

test('an accused police officer takes the file past his station, to the zone', async () => {
  const number = await story.confirmed(complaint({ accused: [{ known: true, is_police: true }] }));
  expect((await story.view('rao', number)).desks.at(-1)?.post_kind).toBe('dcp');
  await expect(story.view('verma', number)).rejects.toEqual(refused('not-found'));
});

test('a child: the 24 hours of POCSO 19(6) run from the sending and stop when the committee and the court are told', async () => {
  const number = await story.confirmed(
    complaint({ affected: { woman_or_girl: true, age: 15 }, when: { from: '2026-01-02', precision: 'day' } }),
  );
  const clock = (await story.view('suman', number)).clocks.find((c) => c.rule === 'pocso_report_24h');
  expect(clock?.kind).toBe('law');
  const seen = await story.step('suman', number, { step: 'tell-child-welfare', at: (await story.now()).toString() });
  expect(seen.clocks.find((c) => c.rule === 'pocso_report_24h')?.state).toBe('met');
  const grown = await story.confirmed();
  await expect(
    story.step('suman', grown, { step: 'tell-child-welfare', at: (await story.now()).toString() }),
  ).rejects.toEqual(refused('not-a-child'));
});

test('a finding of "false" needs the DCP as well', async () => {
  const number = await story.confirmed();
  const now = async () => (await story.now()).toString();
  await story.step('suman', number, { step: 'receive' });
  await story.step('suman', number, { step: 'sign', signed_at: await now(), place: 'station' });
  await story.step('verma', number, {
    step: 'register-fir',
    fir_number: '99',
    year: 2026,
    recorded_at: await now(),
    sections: [{ act: 'BNS', section: '78' }],
  });
  await story.step('verma', number, { step: 'assign', to_post: await story.post('rekha') });
  await story.step('rekha', number, { step: 'submit-report', kind: 'final-report', reason: 'FR_FALSE' });
  await story.step('verma', number, { step: 'approve-report' });
  expect((await story.step('singh', number, { step: 'approve-report' })).state).toBe('report-submitted');
  expect((await story.step('rao', number, { step: 'approve-report' })).state).toBe('report-approved');
});

test('opened again after the court, a new report is hers to read when it is sent there, not when it is submitted', async () => {
  const form = complaint();
  const filed = await story.file(form);
  const number = (await story.call(form)).complaint_number ?? '';
  const at = (await story.now()).toString();
  await story.step('suman', number, { step: 'receive' });
  await story.step('suman', number, { step: 'sign', signed_at: at, place: 'home' });
  const sections = [{ act: 'BNS', section: '78' }];
  await story.step('verma', number, { step: 'register-fir', fir_number: '78', year: 2026, recorded_at: at, sections });
  await story.step('verma', number, { step: 'assign', to_post: await story.post('khan') });
  await story.step('khan', number, { step: 'submit-report', kind: 'charge-sheet' });
  await story.step('verma', number, { step: 'approve-report' });
  await story.step('singh', number, { step: 'approve-report' });
  await story.step('verma', number, { step: 'forward-report', court: 'CJM', at: (await story.now()).toString() });
  await story.step('verma', number, { step: 'close', outcome: 'other' });
  await story.step('singh', number, { step: 'reopen', reason: 'A new witness' });
  const hers = async () => (await read(await story.herself(filed), 'casework.track', track)).report;
  expect(await hers()).toMatchObject({ kind: 'charge-sheet', court: 'CJM' });
  await story.step('verma', number, { step: 'assign', to_post: await story.post('khan') });
  const seen = await story.step('khan', number, { step: 'submit-report', kind: 'final-report', reason: 'FR_UNTRACED' });
  expect(seen.report).toMatchObject({ kind: 'final-report', forwarded_at: null, court: null });
  expect(await hers()).toBeNull();
});

test('registration refused: she reads why, nothing rings any more, and only a post above the SHO opens it again', async () => {
  const form = complaint();
  const filed = await story.file(form);
  const number = (await story.call(form)).complaint_number ?? '';
  await story.step('suman', number, { step: 'receive' });
  await story.step('verma', number, { step: 'refuse-registration', reason: 'No cognizable offence' });
  const seen = await read(await story.herself(filed), 'casework.track', track);
  expect(seen).toMatchObject({ state: 'refused', refusal: { reason: 'No cognizable offence' } });
  expect(seen.clocks.find((c) => c.rule === 'efir_sign')?.stopped_at).toBeNull();
  await expect(
    story.step('verma', number, { step: 'sign', signed_at: (await story.now()).toString(), place: 'home' }),
  ).rejects.toEqual(refused('not-found'));
  expect(await story.step('singh', number, { step: 'reopen', reason: 'It is cognizable' })).toMatchObject({
    state: 'received',
  });
});

test('an administrator gives out posts of the own unit and below, and none to himself', async () => {
  const administrator = await h.as('administrator');
  const give = async (who: string, to: string | null) =>
    act(administrator, 'test.hand-over', async (a) =>
      handOverDesk(a, { post: await story.post(who), to_officer: to, from: undefined, note: 'test' }),
    );
  const himself = administrator.kind === 'officer' ? administrator.officer : '';
  await expect(give('rekha', himself)).rejects.toEqual(refused('not-your-power'));
  // the nation's post hangs above the administrator's state
  await expect(give('national', null)).rejects.toEqual(refused('not-your-power'));
  await expect(give('lko-io', null)).resolves.toBeUndefined();
});

test('a text that somebody has tampered with fails the one reading and nothing else', async () => {
  const number = await story.confirmed();
  await story.step('suman', number, { step: 'receive' });
  await story.step('suman', number, { step: 'diary', text: 'Went to the place' });
  const loose: unknown[] = [];
  const heard = (reason: unknown) => loose.push(reason);
  process.on('unhandledRejection', heard);
  await h.sql(
    "update casework.diary set sealed_text = sealed_text || '\\x00' where file = (select id from casework.file where number = $1)",
    [number],
  );
  await expect(story.view('suman', number)).rejects.toThrow(/authenticate/);
  await new Promise((go) => setTimeout(go, 50));
  process.off('unhandledRejection', heard);
  expect(loose).toEqual([]);
});

test('a district without a call-back desk: the head of the district holds the complaint and the call', async () => {
  await h.sql(
    "update posts.post set closed_on = '2025-12-31' where kind = 'callback-desk' and path::text = 'in.up.lucknow'",
  );
  const form = complaint({ station: 'any', address_now: { district: 'in.up.lucknow' } });
  await expect(story.file(form)).resolves.toMatchObject({ receipt: expect.stringMatching(/^\d{16}$/) });
  expect(
    await h.sql(
      'select p.kind, f.desk_path::text from casework.file f join posts.post p on p.id = f.desk_post where f.id = $1',
      [await story.idOf(form)],
    ),
  ).toEqual([{ kind: 'cp', desk_path: 'in.up.lucknow' }]);
});

test('a signed file waits for the officer in charge, and shows on his desk though it lies with the help desk', async () => {
  const number = await story.confirmed();
  await story.step('suman', number, { step: 'receive' });
  const row = async (who: string) =>
    (await read(await h.as(who), 'casework.desk', onDesk)).find((r) => r.number === number);
  expect(await row('verma')).toBeUndefined();
  await story.step('suman', number, { step: 'sign', signed_at: (await story.now()).toString(), place: 'home' });
  expect(await row('verma')).toMatchObject({
    vacant_post: null,
    waits_at: { en: expect.stringContaining('Help Desk') },
  });
  expect(await row('suman')).toMatchObject({ waits_at: null });
  expect(await row('aruna')).toBeUndefined();
  await story.step('verma', number, {
    step: 'register-fir',
    fir_number: '912',
    year: 2026,
    recorded_at: (await story.now()).toString(),
    sections: [{ act: 'BNS', section: '74' }],
  });
  expect((await row('verma'))?.waits_at).not.toBeNull();
});
