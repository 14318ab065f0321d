// The door of operations: how the house itself is doing, in numbers without a case in them; when it was last backed up, and tried to come back.
import { type Act, newId, type Reading } from '#foundation';
import { type Gauge, OVERDUE_HOURS, type RunKind } from './rules.ts';
import * as store from './store.ts';
import { noteTroubles } from './troubles.ts';

export { type AnswerChange, answerForm, type Answering, answers, type Answers, decideAnswer } from './answers.ts';
export { seesOperations } from './answers-rules.ts';
export { exposition } from './exposition.ts';
export { watch } from './jobs.ts';
export { erasedLately, type Line, SCHEDULE } from './retention.ts';
export { RUN_KINDS, troubles } from './rules.ts';
export { RUNBOOK } from './runbook.ts';
export type { PartHere } from './store.ts';
export { type Over, type Since, told } from './troubles.ts';
export { noteTroubles };

/**
 * Writes down that a backup or a drill has ended; one that failed is raised to the post that answers for it, and ends when one goes well.
 * As the house.
 * @param took milliseconds
 */
export async function noteRun(
  h: Act,
  run: { kind: RunKind; took: number; ok: boolean; detail: Record<string, string | number> },
): Promise<void> {
  await store.addRun(h, {
    id: newId(),
    kind: run.kind,
    began_at: h.now.subtract({ milliseconds: Math.max(0, Math.round(run.took)) }),
    ended_at: h.now,
    ok: run.ok,
    detail: run.detail,
  });
  await store.lookAfter(h);
  // since this moment, and not since the next look
  await noteTroubles(h);
}

/** Backups and drills that this post answers for, with how the last good one went, and those it was told are missing. */
export const partsHere = async (r: Reading): Promise<store.PartHere[]> =>
  r.actor.kind === 'officer' ? store.partsHere(r, r.actor.post) : [];
/** How many of them are missing now. */
export const lapsesHereCount = async (r: Reading): Promise<number> =>
  r.actor.kind === 'officer' ? store.lapsesHere(r, r.actor.post) : 0;

/** The last runs of each kind, the newest first. For the house, an administrator and the heads of districts and above; others find none. */
export const lastRuns = (r: Reading, most = 10): Promise<store.Run[]> => store.runs(r, most);

/** Everything that is counted, as it stands now. For the same; a head is told of his own units alone, others nothing. */
export const gauges = (r: Reading): Promise<Gauge[]> => store.gauges(r);

/** Copies of the database that stream from this server. */
export const copies = (r: Reading): Promise<store.Copy[]> => store.copies(r);

/** The whole page: what is counted, what is wrong with it, copies, who reads the log, and runs. */
export async function overview(r: Reading) {
  const [counted, copied, ran] = [await gauges(r), await copies(r), await lastRuns(r)];
  const reading = await store.readers(r);
  return { at: r.now, gauges: counted, copies: copied, readers: reading, runs: ran, overdue_hours: OVERDUE_HOURS };
}
