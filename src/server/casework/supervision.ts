// A superior reads a file: directs with a day, notes what was inspected; whoever holds the file says what was done about it. A file that
// goes back and forth between two desks is raised.
import { type Act, type Reading, refuse } from '#foundation';
import { chainsOf, inCharge, raise } from '#deadlines';
import { istDay } from '#law';
import { findPost, type Named } from '#posts';
import { type Deed, raiseTo } from './deed.ts';
import { directedIn, isPingPong } from './supervision-rules.ts';
import * as store from './store.ts';

/** A direction, with its day; it does not move the file and stops no clock. @throws Refusal `not-in-the-past` about `by` */
export const direct: Deed<'direct'> = async (a, file, { text, by }) => {
  if (by && Temporal.PlainDate.compare(by, istDay(a.now)) < 0) refuse('not-in-the-past', 'by');
  return {
    set: { directions_open: file.directions_open + 1 },
    form: by ? { by: by.toString() } : {},
    note: text,
  };
};

/** What was done about a direction; left out, it answers the oldest open one. @throws Refusal `no-direction-open` about `direction` */
export const comply: Deed<'comply'> = async (a, file, { direction, text }) => {
  const open = directedIn(await store.stepsOf(a, file.id)).filter(({ answered_at }) => answered_at === null);
  const answered = direction ? open.find(({ id }) => id === direction) : open[0];
  if (!answered) refuse('no-direction-open', 'direction');
  return {
    set: { directions_open: file.directions_open - 1 },
    form: { direction: answered.id },
    note: text,
  };
};

/** A note of inspection: what a superior found in the file. */
export const inspect: Deed<'inspect'> = async (_a, _file, { text }) => ({ note: text });

/** A direction as the file shows it. `late`: its day is over and nobody has answered. */
export type Direction = {
  id: string;
  at: Temporal.Instant;
  post_name: Named;
  by: Temporal.PlainDate | null;
  text: string | null;
  answer: { at: Temporal.Instant; post_name: Named; text: string | null } | null;
  late: boolean;
};

/** The directions of a file with their answers, the newest first. @param history the lines of the file's history, notes opened */
export function directionsOf(
  steps: readonly store.Step[],
  history: readonly { id: string; post_name: Named; note: string | null }[],
  now: Temporal.Instant,
): Direction[] {
  const line = new Map(history.map((one) => [one.id, one]));
  const nobody: Named = { hi: '', en: '' };
  return directedIn(steps)
    .map(({ id, at, by, answered_by, answered_at }) => ({
      id,
      at,
      post_name: line.get(id)?.post_name ?? nobody,
      by,
      text: line.get(id)?.note ?? null,
      answer:
        answered_by && answered_at
          ? {
              at: answered_at,
              post_name: line.get(answered_by)?.post_name ?? nobody,
              text: line.get(answered_by)?.note ?? null,
            }
          : null,
      late: answered_at === null && by !== null && Temporal.PlainDate.compare(istDay(now), by) > 0,
    }))
    .reverse();
}

/**
 * After a file has changed desk: where it went back and forth between the same two desks twice, the nearest post that stands above both
 * hears of it. Reports on their way up and down are no such thing.
 */
export async function watchPingPong(a: Act, file: string): Promise<void> {
  const pair = isPingPong(await store.staysOf(a, file));
  if (!pair) return;
  const chains = await chainsOf(a, pair);
  const [one, other] = pair.map((post) => (chains.get(post) ?? []).slice(1).map((link) => link.post));
  const above = one?.find((post) => other?.includes(post));
  const post = above && (await findPost(a, above));
  if (post) await raiseTo(a, file, post, { rule: 'ping-pong', due_at: a.now });
}

/** When the next day of a direction is over. As the house. */
export const nextDirectionAt = async (r: Reading): Promise<Temporal.Instant | undefined> =>
  (await store.directionsWaiting(r))[0]?.due_at;

/** Raises what was directed and not answered by its day, to the post that directed it or, while that is vacant, to the one in charge. */
export async function raiseDirections(h: Act): Promise<void> {
  const late = (await store.directionsWaiting(h)).filter(({ due_at }) => Temporal.Instant.compare(due_at, h.now) <= 0);
  if (late.length === 0) return;
  const chains = await chainsOf(h, [...new Set(late.map(({ post }) => post))]);
  await raise(
    h,
    late.flatMap(({ file, post, due_at }) => {
      const to = inCharge(chains.get(post) ?? []);
      return to
        ? [
            {
              file,
              rule: 'direction',
              stage: 'direction',
              due_at,
              reason: 'direction',
              to: { post: to.post, path: to.path },
            },
          ]
        : [];
    }),
  );
}
