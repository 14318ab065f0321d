// Steps taken at random, by anybody, at any hour: whatever is accepted or refused, the ledger has no gap and no clock begins anew.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { STEP_NAMES, STEPS, type State, type StepName } from '#casework';
import { Refusal } from '#foundation';
import { KALYANPUR, storyIn } from '../../../test/story.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
const posts = new Map<string, string>();
let kotwali = '';
const WHO = ['suman', 'verma', 'khan', 'rekha', 'singh', 'rao', 'aruna'] as const;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  story = storyIn(h);
  for (const who of WHO) posts.set(who, await story.post(who));
  const aruna = await h.as('aruna');
  kotwali = aruna.kind === 'officer' ? aruna.unit : '';
});
afterAll(() => h.close());

let fir = 1000;
const at = async () => (await story.now()).toString();
const sections = [{ act: 'BNS', section: '64(1)' }];

/** A form that each step might be sent with. `n` chooses among accused, posts and kinds. */
async function formOf(step: StepName, n: number): Promise<Record<string, unknown>> {
  const now = await at();
  const one = <T>(...of: readonly T[]): T => of[n % of.length] as T;
  const recorded = { year: 2026, recorded_at: now, sections };
  const forms: Record<StepName, Record<string, unknown>> = {
    receive: {},
    sign: { signed_at: now, place: 'home' },
    'register-fir': { fir_number: String(fir++), ...recorded },
    'zero-fir': { to_unit: one(kotwali, KALYANPUR), zero_number: String(fir++), ...recorded },
    'accept-transfer': { fir_number: String(fir++), year: 2026 },
    'return-transfer': { reason: 'not ours' },
    'send-on': { to_unit: one(kotwali, KALYANPUR), reason: 'theirs' },
    'link-fir': {
      station: one(KALYANPUR, kotwali),
      fir_number: String(fir++),
      ...recorded,
      year: 2025,
      recorded_at: '2025-03-01T10:00:00+05:30',
    },
    'refuse-registration': { reason: 'civil' },
    'uphold-refusal': { reason: 'civil indeed' },
    diary: { text: 'went there' },
    correct: { entry: 1, text: 'later' },
    statement: { kind: one('oral-information', 'police', 'magistrate'), at: now, by: 'SI', place: 'home' },
    medical: { sent_at: now },
    summon: { why: 'signing', at: now, place: 'station' },
    'summon-result': { result: one('attended', 'heard-at-home', 'not-needed'), at: now },
    'tell-child-welfare': { at: now },
    'tell-progress': { at: now },
    seizure: { at: now, what: 'a phone', place: 'a shop', search: true },
    'test-identification': { at: now, accused: one('1', '2'), result: 'identified', before: 'JM' },
    'explain-delay': { kind: 'fsl-awaited' },
    'record-event': { event: one('copy-given', 'treatment-asked', 'treated'), at: now },
    'describe-accused': { accused: one('1', '2'), name: one('Ramesh Kumar', 'राजू'), vehicle: 'UP78 AB 1234' },
    arrest: { accused: one('1', '2'), at: now, ...(n % 3 ? { before_fir_reason: 'caught' } : {}) },
    remand: { accused: one('1', '2'), at: now },
    release: { accused: one('1', '2'), at: now, how: 'court-bail' },
    'submit-report': { kind: one('charge-sheet', 'final-report'), reason: 'FR_UNTRACED' },
    'approve-report': {},
    'return-report': { reason: 'incomplete' },
    'forward-report': { court: 'Sessions', at: now },
    'court-date': { on: now.slice(0, 10), court: 'Sessions', for: 'evidence' },
    'court-order': { kind: one('stay', 'stay-lifted'), court: 'High Court', at: now },
    'further-investigation': one<Record<string, unknown>>({ permitted_at: now }, { done_at: now }),
    outcome: { kind: one('cognizance', 'judgment', 'protest-petition'), at: now, result: 'convicted' },
    close: { outcome: 'convicted' },
    reopen: { kind: one('protest-petition', 'superior'), reason: 'again' },
    assign: { to_post: posts.get(one('khan', 'rekha')) },
    move: { to_post: posts.get(one('suman', 'verma', 'khan', 'aruna')), reason: 'there' },
    direct: { text: 'do it', ...(n % 2 ? { by: now.slice(0, 10) } : {}) },
    comply: { text: 'done' },
    inspect: { text: 'seen' },
  };
  return { step, ...forms[step] };
}

type Seen = {
  state: State;
  recorded: string | null;
  zero: string | null;
  stays: { from_at: string; to_at: string | null }[];
  submitted_at: string;
  clocks: Map<string, { rule: string; dates: string; stopped: string | null }>;
  steps: { step: string; from_state: State; to_state: State }[];
};
async function look(number: string): Promise<Seen> {
  const [file] = await h.sql<{
    id: string;
    state: State;
    recorded: string | null;
    zero: string | null;
    submitted_at: string;
    lies: boolean;
  }>(
    `select f.id, f.state, f.recorded_at::text as recorded, f.zero_recorded_at::text as zero, f.submitted_at::text,
       exists (select 1 from casework.stay s where s.file = f.id and s.to_at is null and s.post = f.desk_post) as lies
     from casework.file f where f.number = $1`,
    [number],
  );
  if (!file) throw new Error('the file is gone');
  expect(file.lies, 'it lies with the post of its open stay').toBe(true);
  const stays = await h.sql<{ from_at: string; to_at: string | null }>(
    'select from_at::text, to_at::text from casework.stay where file = $1 order by n',
    [file.id],
  );
  const clocks = await h.sql<{ id: string; rule: string; dates: string; stopped: string | null }>(
    "select id, rule, started_at || ' ' || due_at as dates, stopped_at::text as stopped from deadlines.deadline where file = $1",
    [file.id],
  );
  const steps = await h.sql<{ step: string; from_state: State; to_state: State }>(
    'select step, from_state, to_state from casework.step where file = $1 and from_state is not null order by at, id',
    [file.id],
  );
  return { ...file, stays, clocks: new Map(clocks.map((c) => [c.id, c])), steps };
}

/** What holds after any step, accepted or refused. */
function check(before: Seen, after: Seen, taken: StepName | undefined): void {
  expect(after.stays[0]?.from_at).toBe(after.submitted_at);
  for (const [n, stay] of after.stays.slice(1).entries()) expect(stay.from_at).toBe(after.stays[n]?.to_at);
  expect(after.stays.at(-1)?.to_at).toBeNull();
  for (const [id, clock] of before.clocks) {
    expect(after.clocks.get(id)?.dates, `${clock.rule} is never moved`).toBe(clock.dates);
    if (clock.stopped) expect(after.clocks.get(id)?.stopped, `${clock.rule} stays stopped`).toBe(clock.stopped);
  }
  for (const rule of ['investigation_two_months', 'transfer_receipt', 'efir_sign', 'trial_two_months'])
    expect([...after.clocks.values()].filter((clock) => clock.rule === rule).length, rule).toBeLessThanOrEqual(1);
  if (before.recorded) expect(after.recorded, 'what is on record stays').toBe(before.recorded);
  if (before.zero) expect(after.zero).toBe(before.zero);
  expect(after.steps.length).toBe(before.steps.length + (taken ? 1 : 0));
  if (!taken) return void expect(after.state).toBe(before.state);
  const last = after.steps.at(-1);
  expect(last).toEqual({ step: taken, from_state: before.state, to_state: after.state });
  expect(STEPS[taken].from).toContain(before.state);
  if (STEPS[taken].to === 'same') expect(after.state).toBe(before.state);
  const forwarded = after.steps.some(({ step }) => step === 'forward-report');
  if (after.state === 'closed' || after.state === 'forwarded') expect(forwarded).toBe(true);
}

const anyStep = fc.record({
  step: fc.constantFrom(...STEP_NAMES),
  who: fc.constantFrom(...WHO),
  n: fc.nat(11),
  hours: fc.constantFrom(0, 0, 0, 1, 30),
});
// a way that leads somewhere, with the rest in between: by chance alone hardly anything gets beyond the register
const WAYS: readonly (readonly [StepName, (typeof WHO)[number]])[][] = [
  [
    ['receive', 'suman'],
    ['sign', 'suman'],
    ['register-fir', 'verma'],
    ['assign', 'verma'],
    ['submit-report', 'khan'],
    ['approve-report', 'verma'],
    ['approve-report', 'singh'],
    ['forward-report', 'verma'],
    ['close', 'verma'],
  ],
  [
    ['receive', 'suman'],
    ['sign', 'suman'],
    ['zero-fir', 'verma'],
    ['return-transfer', 'aruna'],
    ['send-on', 'verma'],
    ['accept-transfer', 'aruna'],
  ],
  [
    ['receive', 'suman'],
    ['refuse-registration', 'verma'],
    ['uphold-refusal', 'singh'],
    ['reopen', 'singh'],
  ],
  [
    ['receive', 'suman'],
    ['link-fir', 'verma'],
    ['assign', 'verma'],
    ['arrest', 'khan'],
    ['remand', 'khan'],
    ['release', 'khan'],
  ],
];

test('whatever is tried', async () => {
  const accepted = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...WAYS),
      fc.array(anyStep, { minLength: 16, maxLength: 20 }),
      async (way, tries) => {
        const number = await story.confirmed();
        let before = await look(number);
        const rest = [...way];
        for (const [turn, one] of tries.entries()) {
          const next = turn % 2 === 0 ? rest.shift() : undefined;
          const [step, who] = next ?? [one.step, one.who];
          if (one.hours) await h.at((await story.now()).add({ hours: one.hours }).toString());
          let taken: StepName | undefined;
          try {
            await story.step(who, number, await formOf(step, next ? 0 : one.n));
            taken = step;
            accepted.add(step);
          } catch (error) {
            if (!(error instanceof Refusal)) throw error;
          }
          const after = await look(number);
          check(before, after, taken);
          before = after;
        }
      },
    ),
    { seed: 20_260_105, numRuns: process.env.ITSSO_LONG ? 100 : 5, endOnFailure: true },
  );
  // it would prove little if everything had been refused
  expect(accepted.size).toBeGreaterThan(15);
}, 900_000);
