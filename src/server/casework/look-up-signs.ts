// Look-ups that stand out: counted as they happen, raised to the post above, answered there. Who looks is told beforehand that it is so.
import { type Act, asHouse, keys, newId, note, type Reading, refuse, tell } from '#foundation';
import { chainsOf, inCharge } from '#deadlines';
import { findPosts, type Named, officersOf, postName } from '#posts';
import { type LookUpSignName, signsOf } from './rules.ts';
import * as store from './look-up-store.ts';

/** A sign that was raised to the acting post and that nobody has answered yet. */
export type LookUpSign = {
  id: string;
  sign: LookUpSignName;
  /** the post that looked, and the officer who held it when the sign was raised */
  post_name: Named;
  officer: Named | null;
  on: Temporal.PlainDate;
  n: number;
  raised_at: Temporal.Instant;
};

const PURPOSE = 'look-up-sign';

/**
 * Counts what a post has looked up and raises what stands out, each sign once a day, to the post in charge above it. In the act of the
 * look-up; the one who looks learns nothing by it.
 * @param looked the row that was written, whether the number belongs to a file out of sight, and
 *   whether the name is the officer's own
 */
export async function watchLookUps(a: Act, looked: { id: string; beyond: boolean; own: boolean }): Promise<void> {
  const { actor } = a;
  if (actor.kind !== 'officer') refuse('not-your-power');
  await asHouse(a, async (h) => {
    if (looked.beyond) await store.addBeyond(h, { id: looked.id, post: actor.post, at: h.now });
    const counted = { ...(await store.countsOf(h, actor.post)), own: looked.own ? 1 : 0 };
    const signs = signsOf(counted);
    if (signs.length === 0) return;
    const to = inCharge(((await chainsOf(h, [actor.post])).get(actor.post) ?? []).slice(1));
    if (!to) return;
    const on_day = h.now.toZonedDateTimeISO('Asia/Kolkata').toPlainDate();
    let raised = 0;
    for (const { sign, n } of signs)
      raised += await store.addSign(h, {
        id: newId(),
        post: actor.post,
        officer: actor.officer,
        sign,
        on_day,
        n,
        to_post: to.post,
        to_path: to.path,
        raised_at: h.now,
      });
    if (raised > 0) await tell(h, 'attention', to.post);
  });
}

/** Signs that wait for the acting post, or for a vacant post whose work has come up to it, the newest first. */
export async function lookUpSigns(r: Reading): Promise<LookUpSign[]> {
  if (r.actor.kind !== 'officer') return [];
  const rows = await store.signsWaiting(r);
  const posts = new Map(
    (await findPosts(r, [...new Set(rows.map(({ post }) => post))])).map((p) => [p.id, postName(p)]),
  );
  const officers = new Map(
    (await officersOf(r, [...new Set(rows.map(({ officer }) => officer))])).map((o) => [
      o.id,
      { hi: o.name_hi, en: o.name_en },
    ]),
  );
  return rows.flatMap(({ id, sign, post, officer, on_day, n, raised_at }) => {
    const post_name = posts.get(post);
    return post_name ? [{ id, sign, post_name, officer: officers.get(officer) ?? null, on: on_day, n, raised_at }] : [];
  });
}

/** How many {@link lookUpSigns} shows. */
export const lookUpSignCount = async (r: Reading): Promise<number> =>
  r.actor.kind === 'officer' ? (await store.signsWaiting(r)).length : 0;

/**
 * Says what came of asking. Sealed with the house's key: it is about an officer, not about a case.
 * @throws Refusal `not-found` when it was not raised to this post or one below it; `already-acknowledged`; `not-your-power`
 */
export async function answerSign(a: Act, id: string, text: string): Promise<void> {
  if (a.actor.kind !== 'officer' || a.actor.post_kind === 'auditor') refuse('not-your-power');
  const row = (await store.findSign(a, id)) ?? refuse('not-found');
  if (row.answered_at) refuse('already-acknowledged');
  await store.answer(a, id, { officer: a.actor.officer, note: keys.seal(PURPOSE, id, text) });
  await note(a, 'casework.answer-sign', null, { sign: row.sign, post: row.post });
}
