// The sweep: everything that has fallen due is raised, in order of due time, once each, whoever sweeps and however late.
import { type Act, newId, tell } from '#foundation';
import { nextStageAfter, type ReachedStage, stagesUpTo } from '#law';
import { hearers, heights, type Link } from './rules.ts';
import * as store from './store.ts';

/** Where files lie now: file → post. What cannot be found is left out. */
export type HolderOf = (files: string[]) => Promise<Map<string, string>>;

type Due = { clock: store.Deadline; stage: ReachedStage; height: number };

/**
 * Raises every stage that has come up to now, in order of due time, to the holder or up the chain of posts: the post above
 * beside the holder, after the limit one post higher with every stage, to the nation; a vacant post's share to the post in
 * charge of it. A stage is a row that exists once, so a sweep run twice raises nothing twice, and one that comes after weeks
 * raises everything it missed.
 * @param holderOf where the files lie; asked once for all of them
 */
export async function sweep(h: Act, holderOf: HolderOf): Promise<void> {
  const clocks = await store.dueClocks(h);
  if (clocks.length === 0) return;
  const due = inOrder(clocks, h.now);
  const fresh = await store.addStages(
    h,
    due.map(({ clock, stage }) => ({ deadline: clock.id, stage: stage.stage, at: stage.at, raised_at: h.now })),
  );
  const raised = due.filter(({ clock, stage }) =>
    fresh.has(store.stageKey({ deadline: clock.id, stage: stage.stage })),
  );
  const holders = await holderOf([...new Set(raised.map(({ clock }) => clock.file))]);
  const chains = await store.chains(h, [...new Set(holders.values())], h.now);
  const rows = raised.flatMap((one) => attentionFor(one, chains.get(holders.get(one.clock.file) ?? '') ?? [], h.now));
  await store.addAttention(h, rows);
  await store.lookAgain(
    h,
    clocks.map((clock) => ({ id: clock.id, next_at: nextStageAfter(clock, h.now) ?? null })),
  );
  for (const post of new Set(rows.map((row) => row.to_post))) await tell(h, 'attention', post);
}

function inOrder(clocks: readonly store.Deadline[], now: Temporal.Instant): Due[] {
  return clocks
    .flatMap((clock) => {
      const stages = stagesUpTo(clock, now);
      const up = heights(stages);
      return stages.map((stage, n) => ({ clock, stage, height: up[n] ?? 0 }));
    })
    .sort((a, b) => Temporal.Instant.compare(a.stage.at, b.stage.at));
}

function attentionFor({ clock, stage, height }: Due, chain: readonly Link[], now: Temporal.Instant): store.Attention[] {
  return hearers(chain, height).map((link) => ({
    id: newId(),
    file: clock.file,
    deadline: clock.id,
    rule: clock.rule,
    stage: stage.stage,
    at: stage.at,
    due_at: clock.due_at,
    to_post: link.post,
    to_path: link.path,
    reason: stage.late ? 'breach' : 'warning',
    raised_at: now,
  }));
}
