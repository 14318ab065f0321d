// The checklist of a file: what is done is proven by a step, what is open names the step that does it, and nothing is made up.
import { describe, expect, test } from 'vitest';
import { duties } from '#law';
import { dutyStates, type Taken } from './duty-state.ts';
import { STEP_NAMES } from './powers.ts';

const at = Temporal.Instant.from('2026-01-06T12:00:00+05:30');
const taken = (step: string, form: Record<string, unknown>): Taken => ({
  step,
  form: { at: at.toString(), ...form },
  at,
});
const RAPE = [{ act: 'BNS', section: '64(1)' }];
const states = (steps: Taken[], more: { child?: boolean; after?: boolean; sections?: typeof RAPE } = {}) =>
  dutyStates(duties(more.sections ?? RAPE, more.child ?? false), steps, more.after ?? false);
const of = (duty: string, steps: Taken[], more = {}) => states(steps, more).find((one) => one.duty === duty);

describe('a duty', () => {
  test.each<[string, Taken, Taken[]]>([
    [
      'woman-officer-records',
      taken('statement', { kind: 'oral-information', woman_officer: true }),
      [
        taken('statement', { kind: 'oral-information', woman_officer: null }),
        taken('statement', { kind: 'magistrate' }),
      ],
    ],
    [
      'woman-officer-questions',
      taken('statement', { kind: 'police', woman_officer: true }),
      [taken('statement', { kind: 'police', woman_officer: false }), taken('statement', { kind: 'police' })],
    ],
    [
      'statement-at-residence',
      taken('statement', { kind: 'police', place: 'home' }),
      [
        taken('statement', { kind: 'police', place: 'station' }),
        taken('statement', { kind: 'magistrate', place: 'home' }),
      ],
    ],
    ['magistrate-statement', taken('statement', { kind: 'magistrate' }), [taken('statement', { kind: 'police' })]],
    ['medical-24h', taken('medical', { sent_at: at.toString() }), [taken('medical', { report_at: at.toString() })]],
    ['forensic-visit', taken('seizure', { forensic: true }), [taken('seizure', { forensic: null })]],
    ['free-treatment', taken('record-event', { event: 'treated' }), [taken('record-event', { event: 'copy-given' })]],
    [
      'compensation',
      taken('record-event', { event: 'compensation-asked' }),
      [taken('record-event', { event: 'treatment-asked' }), taken('diary', { number: 1 })],
    ],
  ])('%s is done by the step that proves it, and by nothing near it', (duty, proof, near) => {
    expect(of(duty, near)).toMatchObject({ state: 'open', step: proof.step, on: null });
    const done = of(duty, [...near, proof]);
    expect(done).toMatchObject({ state: 'done', step: proof.step });
    expect(done?.on?.toString()).toBe('2026-01-06');
    expect(done?.authority).toMatch(/^BNSS \d+/);
  });

  test('of a child: the committee, the place she chooses; of an adult the same line says that it is not needed', () => {
    const told = taken('tell-child-welfare', {});
    expect(of('report-to-child-welfare-24h', [], { child: true })).toMatchObject({ state: 'open', step: told.step });
    expect(of('report-to-child-welfare-24h', [told], { child: true })?.state).toBe('done');
    expect(of('report-to-child-welfare-24h', [])).toMatchObject({ state: 'not-needed', authority: null, step: null });
    expect(of('child-heard-where-she-chooses', [])).toBeUndefined();
    const hers = taken('statement', { kind: 'police', place: 'her-choice' });
    expect(of('child-heard-where-she-chooses', [hers], { child: true })?.state).toBe('done');
  });

  test('of the court stands until the case is there, then it is open, then done', () => {
    expect(of('trial-two-months', [])).toMatchObject({ state: 'standing', step: null });
    expect(of('trial-two-months', [], { after: true })).toMatchObject({ state: 'open', step: 'outcome' });
    expect(of('trial-two-months', [taken('outcome', { kind: 'judgment' })], { after: true })?.state).toBe('done');
    expect(of('appeal-six-months', [taken('outcome', { kind: 'judgment' })], { after: true })?.state).toBe('open');
  });

  test('that no step can fulfil stands as long as the case lasts', () => {
    for (const duty of ['identity-sealed', 'in-camera', 'no-uniform-before-child', 'no-night-in-station'])
      expect(of(duty, [], { child: true }), duty).toMatchObject({ state: 'standing', on: null });
  });
});

test('the medical examination: what came last counts, and a no is neither done nor open', () => {
  const after = (hours: number) => at.add({ hours }).toString();
  const no = (hours: number) => taken('medical', { declined_at: after(hours), informed: true });
  const yes = (hours: number) => taken('medical', { consented_at: after(hours) });
  const sent = (hours: number) => taken('medical', { sent_at: after(hours) });
  const stands = (...steps: Taken[]) => of('medical-24h', steps)?.state;
  expect(stands(no(1))).toBe('declined');
  expect(stands(no(1), yes(2))).toBe('open');
  expect(stands(no(1), yes(2), sent(3))).toBe('done');
  // sent, and there she said no; and entered in any order
  expect(stands(no(2), sent(1))).toBe('declined');
  expect(stands(sent(3), no(1), yes(2), no(4))).toBe('declined');
  expect(of('medical-24h', [no(24)])?.on?.toString()).toBe('2026-01-07');
});

test('what is open comes first; each duty stands once; an open one names a step that there is', () => {
  const all = states([taken('medical', { examined_at: at.toString() })], { child: true });
  expect(all.map(({ duty }) => duty)).toHaveLength(new Set(all.map(({ duty }) => duty)).size);
  const order = all.map(({ state }) => ['open', 'done', 'declined', 'standing', 'not-needed'].indexOf(state));
  expect(order).toEqual([...order].sort());
  for (const { state, step } of all) if (state === 'open') expect(STEP_NAMES as readonly unknown[]).toContain(step);
});

test('without sections nothing is owed, and what is looked for is not needed', () => {
  expect(states([], { sections: [] }).every(({ state }) => state === 'not-needed')).toBe(true);
});
