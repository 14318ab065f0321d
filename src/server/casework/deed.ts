// What every deed shares: what follows from a step, who takes it, and from when on something can have happened in a case.
import { type Act, asHouse, refuse } from '#foundation';
import { raise } from '#deadlines';
import { findUnit, headOf, type Post, postsOf } from '#posts';
import type { FormOf } from './forms.ts';
import type { Fault } from './guards.ts';
import type { State, StepName } from './powers.ts';
import type * as store from './store.ts';

/** What follows from a step. The desk changes last, when everything else is written. */
export type Done = {
  to?: State;
  set?: store.Change;
  /** codes, dates and numbers for the step's row */
  form?: Record<string, unknown>;
  /** words, sealed under the case's own key */
  note?: string;
  desk?: { post: string; reason: string };
};
/** What one step does to a file beside being written down. */
export type Deed<S extends StepName> = (a: Act, file: store.File, form: FormOf<S>) => Promise<Done>;

/** Refuses what is wrong with a form. */
export const refuseFault = (fault: Fault | undefined): void => {
  if (fault) refuse(fault.code, fault.about);
};

/** The acting officer. @throws Refusal `not-your-power` for anybody else */
export const holder = (a: Act) => (a.actor.kind === 'officer' ? a.actor : refuse('not-your-power'));

const earliest = (...instants: readonly (Temporal.Instant | null)[]): Temporal.Instant | undefined =>
  instants.filter((at) => at !== null).sort(Temporal.Instant.compare)[0];

/** When the police first had the information on record, whichever station took it down: from there the two months run. */
export const onRecordAt = (file: store.File): Temporal.Instant | null => file.zero_recorded_at ?? file.recorded_at;

/** Between which instants something can have been done: from her complaint, or from an FIR that was there before it, until now. */
export const told = (a: Act, file: store.File) => ({
  submitted_at: earliest(file.submitted_at, onRecordAt(file)) ?? file.submitted_at,
  now: a.now,
});

/** The officer in charge of the station in whose register the file stands. */
export const shoOf = async (a: Act, file: store.File): Promise<Post | undefined> =>
  file.station_path ? (await postsOf(a, file.station_path, 'sho'))[0] : undefined;

/**
 * The head of a station that was named by its path.
 * @param about the field it was named in
 * @throws Refusal `no-such-station`
 */
export async function headOfStation(a: Act, path: string, about: string): Promise<Post> {
  // an ltree is letters, digits and underscores; anything else is no station and no question for the database
  const unit = /^[a-z0-9_]+(?:\.[a-z0-9_]+)*$/.test(path) ? await findUnit(a, path) : undefined;
  const head = unit?.level === 'station' ? await headOf(a, path) : undefined;
  return head ?? refuse('no-such-station', about);
}

/** Raises something to a post, once. As the house: what is raised may lie outside the acting post's own circle. */
export const raiseTo = (
  a: Act,
  file: string,
  post: Post,
  told: { rule: 'registration-refused' | 'ping-pong'; due_at: Temporal.Instant },
): Promise<void> => {
  const { rule, due_at } = told;
  const to = { post: post.id, path: post.path };
  return asHouse(a, (h) => raise(h, [{ file, rule, stage: rule, due_at, reason: rule, to }]));
};
