// Which of the duties that a file's sections bring are done, by which step, and which step does the rest. Pure: told everything.
import { type Duty, type DutyCode, istDay } from '#law';
import type { StepName } from './powers.ts';

/** A step as it stands in the file: its name, what was entered, when it was written down. */
export type Taken = { step: string; form: Readonly<Record<string, unknown>>; at: Temporal.Instant };

/**
 * A duty of this file. `done`: proven by a step, on the day it was done. `open`: with the step that does it. `standing`: it binds as long
 * as the case lasts and no single step fulfils it. `declined`: she was told what it means and did not want it. `not-needed`: nothing in this file brings it.
 */
export type DutyState = {
  duty: DutyCode;
  /** null where nothing in this file brings it */
  authority: string | null;
  basis: Duty['basis'] | null;
  state: 'done' | 'open' | 'declined' | 'standing' | 'not-needed';
  on: Temporal.PlainDate | null;
  /** the step that proves it, or that would do it */
  step: StepName | null;
  /** of a step that can be about several things, the event that is meant */
  event: string | null;
};

type Proof = { step: StepName; when: (form: Taken['form']) => unknown; event?: string };

const byWoman = (kinds: readonly unknown[]): Proof => ({
  step: 'statement',
  when: ({ kind, woman_officer, at }) => kinds.includes(kind) && woman_officer === true && at,
});
const whereSheChose: Proof = {
  step: 'statement',
  when: ({ kind, place, at }) => kind === 'police' && (place === 'home' || place === 'her-choice') && at,
};
const event = (...events: readonly [string, ...string[]]): Proof => ({
  step: 'record-event',
  event: events[0],
  when: (form) => events.includes(String(form.event)) && form.at,
});
const inCourt = (...kinds: readonly string[]): Proof => ({
  step: 'outcome',
  when: (form) => kinds.includes(String(form.kind)) && form.at,
});

/** How each duty is proven: the value is the instant (or true: the day the step was taken). Null: no step fulfils it, it stands. */
const PROOFS: Record<DutyCode, Proof | null> = {
  'woman-officer-records': byWoman(['oral-information', 'police']),
  'woman-officer-questions': byWoman(['police']),
  'statement-at-residence': whereSheChose,
  'magistrate-statement': { step: 'statement', when: ({ kind, at }) => kind === 'magistrate' && at },
  'medical-24h': { step: 'medical', when: ({ sent_at, examined_at }) => sent_at ?? examined_at },
  'report-to-child-welfare-24h': { step: 'tell-child-welfare', when: ({ at }) => at },
  'child-heard-where-she-chooses': whereSheChose,
  'forensic-visit': { step: 'seizure', when: ({ forensic, at }) => forensic === true && at },
  'free-treatment': event('treated'),
  compensation: event('compensation-asked', 'compensation-awarded'),
  'trial-two-months': inCourt('judgment', 'discharged', 'quashed', 'abated'),
  'appeal-six-months': inCourt('appeal-decided'),
  'identity-sealed': null,
  'refusal-is-offence': null,
  'in-camera': null,
  'no-uniform-before-child': null,
  'child-kept-from-accused': null,
  'no-night-in-station': null,
  'child-identity-sealed': null,
  'child-heard-with-trusted-person': null,
};

/** Duties that a reader of any file looks for: named even where this file does not bring them. */
const LOOKED_FOR: readonly DutyCode[] = [
  'woman-officer-records',
  'statement-at-residence',
  'magistrate-statement',
  'medical-24h',
  'report-to-child-welfare-24h',
  'forensic-visit',
  'compensation',
];

const RANK = { open: 0, done: 1, declined: 2, standing: 3, 'not-needed': 4 } as const;

/**
 * The checklist of a file: what is open on top, then what is done, what she declined, what stands, what is not needed.
 * @param owed the duties that its sections and her age bring
 * @param steps what was done to it
 * @param after_court whether the report has gone to court: before that nobody can decide an appeal or a trial
 */
export function dutyStates(owed: readonly Duty[], steps: readonly Taken[], after_court: boolean): DutyState[] {
  const rows = owed.map((duty) => stateOf(duty, steps, after_court));
  const more = LOOKED_FOR.filter((code) => !owed.some(({ duty }) => duty === code)).map(notNeeded);
  return [...rows, ...more].sort((a, b) => RANK[a.state] - RANK[b.state]);
}

const notNeeded = (duty: DutyCode): DutyState => ({
  duty,
  authority: null,
  basis: null,
  state: 'not-needed',
  on: null,
  step: null,
  event: null,
});

function stateOf({ duty, authority, basis }: Duty, steps: readonly Taken[], after_court: boolean): DutyState {
  const proof = PROOFS[duty];
  // of what the court alone does, nothing is open at the desk until the case is there
  if (!proof || (proof.step === 'outcome' && !after_court))
    return { duty, authority, basis, state: 'standing', on: null, step: null, event: null };
  const { state, on } = duty === 'medical-24h' ? medicalState(steps) : provenState(proof, steps);
  return { duty, authority, basis, state, on, step: proof.step, event: proof.event ?? null };
}

type Stands = Pick<DutyState, 'state' | 'on'>;
const provenState = (proof: Proof, steps: readonly Taken[]): Stands => {
  const on = provenOn(proof, steps) ?? null;
  return { state: on ? 'done' : 'open', on };
};

// what came last counts: she may decline, change her mind, be sent, and decline there
function medicalState(steps: readonly Taken[]): Stands {
  const last = medicalEvents(steps).at(-1);
  if (!last || last.what === 'consented') return { state: 'open', on: null };
  return { state: last.what === 'sent' ? 'done' : 'declined', on: istDay(last.at) };
}

/** What was entered of the medical examination, in order of time: sent (or examined), declined, consented after all. */
export type MedicalEvent = { what: 'sent' | 'declined' | 'consented'; at: Temporal.Instant };

/** The medical events of a file. @param steps in any order */
export function medicalEvents(steps: readonly Pick<Taken, 'step' | 'form'>[]): MedicalEvent[] {
  const told = steps.flatMap(({ step, form }) =>
    step === 'medical'
      ? ([
          ['sent', form.sent_at ?? form.examined_at],
          ['declined', form.declined_at],
          ['consented', form.consented_at],
        ] as const)
      : [],
  );
  return told
    .flatMap(([what, at]) => (typeof at === 'string' ? [{ what, at: Temporal.Instant.from(at) }] : []))
    .sort((one, two) => Temporal.Instant.compare(one.at, two.at));
}

function provenOn(proof: Proof, steps: readonly Taken[]): Temporal.PlainDate | undefined {
  for (const { step, form, at } of steps) {
    const found = step === proof.step ? proof.when(form) : undefined;
    if (found) return istDay(typeof found === 'string' ? Temporal.Instant.from(found) : at);
  }
  return undefined;
}
