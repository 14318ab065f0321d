// The table of powers, whole: every step, every state, every kind of post, in three places; checked against the page that is printed.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { POST_KINDS } from '#posts';
import { DESK_KINDS, STATES, STEP_NAMES, STEPS, type State, type StepName } from './powers.ts';
import { type ChainPost, type FileFacts, clockToShow, nextFor, whyNot, whyNotThere } from './rules.ts';

const own = (post: string): ChainPost => ({ post, kind: post, in_charge: post });
const CHAIN = ['io', 'sho', 'acp', 'dcp', 'cp', 'state', 'national'].map(own);
const file = (change: Partial<FileFacts> = {}): FileFacts => ({
  state: 'investigating',
  chain: CHAIN,
  oral: false,
  child: false,
  at_origin: false,
  under_way: false,
  from_abroad: false,
  upheld: false,
  directions_open: 1,
  report_reason: null,
  approved_by: [],
  ...change,
});
const at = (kind: string, supervises = false) => ({ post: kind, kind, supervises });
const on = (kind: string): readonly ChainPost[] => [own(kind), ...CHAIN.filter((link) => link.post !== kind)];

// docs/powers.md, read back: what is printed is what holds
const PRINTED = new Map(
  readFileSync(new URL('../../../docs/powers.md', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => /^\| `[a-z-]+` \| [a-z]/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, step = '', from = '', by = '', whose = '']) => [
      step.replaceAll('`', ''),
      { from: from.split(', '), by: by.split(', '), supervisor: whose.includes('supervises') },
    ]),
);
const everyStepStatePost = STEP_NAMES.flatMap((step) =>
  STATES.flatMap((state) => POST_KINDS.map((kind) => [step, state, kind] as const)),
);
// what a step asks beside the table, so that the table alone is asked here
const fitting = (step: StepName, state: State, kind: string): Partial<FileFacts> => ({
  state,
  oral: true,
  child: true,
  approved_by: step === 'approve-report' || step === 'return-report' ? (kind === 'sho' ? [] : ['sho']) : [],
});

describe('every step × every state × every post', () => {
  test('the page prints every step', () => expect([...PRINTED.keys()].sort()).toEqual([...STEP_NAMES].sort()));

  test.each(everyStepStatePost)('%s on a %s file by a %s', (step, state, kind) => {
    const printed = PRINTED.get(step);
    const listed = Boolean(printed?.by.includes(kind) && printed.from.includes(state));
    // the second approval is the ACP's, and nobody above stands in while there is one
    const approves = (step !== 'approve-report' && step !== 'return-report') || ['sho', 'acp'].includes(kind);
    const facts = fitting(step, state, kind);
    expect(whyNot(step, file({ ...facts, chain: on(kind) }), at(kind)) === undefined, 'holds it').toBe(
      listed && approves,
    );
    const above = whyNot(step, file({ ...facts, chain: on('other') }), at(kind, true)) === undefined;
    expect(above, 'supervises the desk').toBe(listed && approves && printed?.supervisor === true);
    const outside = whyNot(step, file({ ...facts, chain: on('other').slice(0, 1) }), at(kind));
    expect(outside, 'neither').not.toBeUndefined();
  });

  test('whoever is told no is told why in words', () => {
    const told = new Set(
      everyStepStatePost.flatMap(([step, state, kind]) => whyNot(step, file({ state }), at(kind)) ?? []),
    );
    const folder = new URL('../../words/hi/', import.meta.url);
    const words = readdirSync(folder)
      .filter((name) => name.startsWith('reasons'))
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
      .join('');
    for (const code of told) expect(words, code).toContain(`'${code}'`);
  });
});

describe('why not', () => {
  test('the power comes first, then the state, then the desk', () => {
    expect(whyNot('close', file({ state: 'received' }), at('io'))).toBe('not-your-power');
    expect(whyNot('close', file({ state: 'received' }), at('sho'))).toBe('not-forwarded-yet');
    expect(whyNot('diary', file(), at('sho', true))).toBe('not-on-your-desk');
    expect(whyNot('diary', file(), at('io'))).toBeUndefined();
  });

  test('it says what is missing: signature, FIR, report, approvals; and what is over', () => {
    expect(whyNot('register-fir', file({ state: 'received', chain: on('sho') }), at('sho'))).toBe('needs-signature');
    expect(
      whyNot('register-fir', file({ state: 'received', chain: on('sho'), oral: true }), at('sho')),
    ).toBeUndefined();
    expect(whyNot('submit-report', file({ state: 'signed' }), at('io'))).toBe('needs-fir');
    expect(whyNot('approve-report', file(), at('sho', true))).toBe('needs-report');
    expect(whyNot('forward-report', file({ state: 'report-submitted' }), at('sho', true))).toBe('needs-approvals');
    expect(whyNot('sign', file({ state: 'signed' }), at('io'))).toBe('already-done');
    expect(whyNot('diary', file({ state: 'closed' }), at('io'))).toBe('file-closed');
    expect(whyNot('diary', file({ state: 'refused' }), at('io'))).toBe('registration-refused');
    expect(whyNot('reopen', file(), at('acp', true))).toBe('not-closed');
  });

  test('SHO, then ACP; a finding of "false" the DCP too; nobody approves out of turn', () => {
    const report = (approved_by: FileFacts['approved_by'], report_reason: string | null = null) =>
      file({ state: 'report-submitted', approved_by, report_reason });
    expect(whyNot('approve-report', report([]), at('acp', true))).toBe('sho-approves-first');
    expect(whyNot('approve-report', report([]), at('sho', true))).toBeUndefined();
    expect(whyNot('approve-report', report(['sho']), at('sho', true))).toBe('acp-approves-next');
    expect(whyNot('approve-report', report(['sho']), at('acp', true))).toBeUndefined();
    expect(whyNot('approve-report', report(['sho', 'acp'], 'FR_FALSE'), at('acp', true))).toBe('dcp-approves-next');
    expect(whyNot('approve-report', report(['sho', 'acp'], 'FR_FALSE'), at('dcp', true))).toBeUndefined();
  });

  test('where no ACP stands above the station, the superior on whose desk the report lies approves', () => {
    const chain = ['sp', 'state', 'national'].map(own);
    expect(
      whyNot('approve-report', file({ state: 'report-submitted', approved_by: ['sho'], chain }), at('sp')),
    ).toBeUndefined();
    expect(
      whyNot(
        'approve-report',
        file({ state: 'report-submitted', approved_by: ['sho'], chain: [own('sho'), ...chain] }),
        at('sp', true),
      ),
    ).toBe('acp-approves-next');
  });

  test("a vacant post's work is done by the post above it, and by no other", () => {
    const vacant = [{ post: 'io', kind: 'io', in_charge: 'sho' }, ...CHAIN.slice(1)];
    expect(whyNot('submit-report', file({ chain: vacant }), at('sho', true))).toBeUndefined();
    expect(whyNot('diary', file({ chain: vacant }), at('sho', true))).toBeUndefined();
    expect(whyNot('submit-report', file({ chain: vacant }), at('acp', true))).toBe('not-your-power');
    // the SHO's own post vacant: the ACP registers and forwards, wherever in the station the file lies
    const headless = [own('io'), { post: 'sho', kind: 'sho', in_charge: 'acp' }, ...CHAIN.slice(2)];
    expect(whyNot('register-fir', file({ state: 'signed', chain: headless }), at('acp', true))).toBeUndefined();
    expect(
      whyNot('forward-report', file({ state: 'report-approved', chain: headless }), at('acp', true)),
    ).toBeUndefined();
    expect(whyNot('forward-report', file({ state: 'report-approved', chain: headless }), at('dcp', true))).toBe(
      'not-your-power',
    );
  });
});

describe('where a file may go', () => {
  const STATION = 'in.up.kanpur.west.circle_12.kalyanpur';
  const to = (kind: string, unit: string, post = 'there') => ({ post, kind, unit, closed: false });
  const here = { post: 'here' };

  test('assigning gives downwards, to a desk', () => {
    const sho = { kind: 'sho', unit: STATION };
    expect(whyNotThere('assign', here, to('io', STATION), sho)).toBeUndefined();
    expect(whyNotThere('assign', here, to('vehicle', STATION), sho)).toBe('holds-no-files');
    expect(whyNotThere('assign', here, { ...to('io', STATION), closed: true }, sho)).toBe('holds-no-files');
    expect(whyNotThere('assign', here, to('io', STATION, 'here'), sho)).toBe('already-there');
    expect(whyNotThere('assign', here, to('io', 'in.up.kanpur.east.circle_1.kotwali'), sho)).toBe('not-under-you');
    expect(whyNotThere('assign', here, to('acp', 'in.up.kanpur.west.circle_12'), sho)).toBe('not-under-you');
  });

  test("a station's posts move within the station or upwards; from the SHO on, within the state", () => {
    const io = { kind: 'io', unit: STATION };
    expect(whyNotThere('move', here, to('io', STATION), io)).toBeUndefined();
    expect(whyNotThere('move', here, to('acp', 'in.up.kanpur.west.circle_12'), io)).toBeUndefined();
    expect(whyNotThere('move', here, to('sho', 'in.up.kanpur.east.circle_1.kotwali'), io)).toBe('too-far');
    expect(whyNotThere('move', here, to('sho', 'in.up.lucknow.a.b.c'), { kind: 'sho', unit: STATION })).toBeUndefined();
    expect(whyNotThere('move', here, to('sho', 'in.mp.bhopal.a.b.c'), { kind: 'sho', unit: STATION })).toBe('too-far');
    expect(whyNotThere('move', here, to('sho', STATION + 'x'), io)).toBe('too-far');
  });
});

test('what comes next, and the one clock to show of it', () => {
  expect(STATES.map((state) => nextFor({ state }).what)).toEqual([
    'call-back',
    'receive',
    'sign',
    'register-fir',
    'investigate',
    'approve-report',
    'forward-report',
    'court',
    'nothing',
    'decide-refusal',
    'accept-transfer',
    'nothing',
  ]);
  expect(nextFor({ state: 'refused', upheld: true }).what).toBe('nothing');
  const clocks = [
    { rule: 'callback', stopped_at: 'then' },
    { rule: 'efir_sign', stopped_at: null },
    { rule: 'investigation_two_months', stopped_at: null },
  ];
  expect(clockToShow({ state: 'received' }, clocks)?.rule).toBe('efir_sign');
  expect(clockToShow({ state: 'investigating' }, clocks)?.rule).toBe('investigation_two_months');
  expect(clockToShow({ state: 'submitted' }, clocks)).toBeNull();
  expect(clockToShow({ state: 'closed' }, clocks)).toBeNull();
});

test('every line of the table names its authority and its form, and only posts that hold files', () => {
  for (const step of STEP_NAMES) {
    const row = STEPS[step];
    expect(row.authority, step).toMatch(/^(BNSS \d|POCSO \d|administrative$)/);
    for (const kind of row.by) expect(DESK_KINDS as readonly string[], step).toContain(kind);
  }
});
