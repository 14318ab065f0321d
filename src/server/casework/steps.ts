// Taking a step: lock the file, ask why not, do it, write it down; the desk changes last, because sight goes with it.
import { type Act, asHouse, newId, note, Refusal, refuse, refuseIf, tell } from '#foundation';
import { mustBeConfirmed } from '#posts';
import { sealNarrative } from '#sealed-identity';
import type { Done } from './deed.ts';
import { deed } from './deeds.ts';
import { actorFacts, type FileView, fileFacts, partingView, viewOf } from './file-view.ts';
import type { StepForm } from './forms.ts';
import { type State, STEPS } from './powers.ts';
import { type FileFacts, whyNot } from './rules.ts';
import * as store from './store.ts';
import { watchPingPong } from './supervision.ts';

/** The topic on which the page of a desk is told that something changed. */
export const topicOf = (post: string): string => `desk:${post}`;

/**
 * Takes a step on a file. Nothing is edited: every step is a row of its own, a correction is a new one.
 * @param number the complaint number, 12 digits
 * @param form one of {@link stepForm}, told apart by `step`
 * @returns the file as it is now; if the step has sent it out of this post's sight, what may still be shown (`in_sight: false`)
 * @throws Refusal `not-found`, whatever `whyNot` says, `confirm-yourself` where the table asks who sits there, and the faults of the form, each about its field
 */
export async function takeStep(a: Act, number: string, form: StepForm): Promise<FileView> {
  const file = await store.lockFile(a, number);
  const facts = await fileFacts(a, file);
  refuseIf(whyNot(form.step, facts, actorFacts(a, file)));
  if (STEPS[form.step].asks_again) await mustBeConfirmed(a);
  const done = await deed(a, file, form);
  await write(a, file, form.step, { ...done, form: { ...done.form, ...standingIn(a, facts) } });
  return fileAfter(a, number);
}

/**
 * The file as it is answered to the post that took a step on it: what that post may see now, or what is left to show to whoever has
 * given it away. Only for a step of this very post, done or repeated.
 * @param number the complaint number, 12 digits
 */
export async function fileAfter(a: Act, number: string): Promise<FileView> {
  const after = await store.findFile(a, number);
  return after ? viewOf(a, after) : asHouse(a, async (h) => partingView(h, await store.lockFile(h, number)));
}

// whose work was done, where it was not the acting post's own
function standingIn(a: Act, facts: FileFacts): { acting_for?: string } {
  const desk = facts.chain[0];
  const mine = a.actor.kind === 'officer' ? a.actor.post : undefined;
  return desk && mine && desk.post !== mine && desk.in_charge === mine ? { acting_for: desk.post } : {};
}

async function write(a: Act, file: store.File, step: string, done: Done & { to: State }): Promise<void> {
  if (a.actor.kind !== 'officer') refuse('not-your-power');
  const id = newId();
  await store.addStep(a, {
    id,
    file: file.id,
    step,
    at: a.now,
    post: a.actor.post,
    officer: a.actor.officer,
    from_state: file.state,
    to_state: done.to,
    form: done.form ?? {},
    sealed_note: done.note ? await sealNarrative(a, file.id, `step:${id}`, done.note) : null,
  });
  await changeOrSay(a, file.id, { ...done.set, ...(done.to === file.state ? {} : { state: done.to }) });
  // the act's own row names the deed; this one names the file
  await note(a, `file.${step}`, file.id);
  await tell(a, topicOf(file.desk_post), file.id);
  if (!done.desk) return;
  await store.putOnDesk(a, file.id, done.desk.post, a.now, done.desk.reason);
  await tell(a, topicOf(done.desk.post), file.id);
  await asHouse(a, (h) => watchPingPong(h, file.id));
}

// the field whose number another file has
const TAKEN: Partial<Record<string, string>> = { one_fir_number: 'fir_number', one_zero_fir: 'zero_number' };

/** The database's own no to a change of a file that rests. */
const RESTS = 'IT011';

// that a number is taken only the database knows: the other file may lie out of sight
async function changeOrSay(a: Act, file: string, change: store.Change): Promise<void> {
  try {
    await store.changeFile(a, file, change);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === RESTS) throw new Refusal('already-decided');
    const taken = error instanceof Error && 'constraint' in error ? TAKEN[String(error.constraint)] : undefined;
    throw taken ? new Refusal('fir-number-taken', taken) : error;
  }
}
