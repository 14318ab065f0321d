// What has come up to this post: heard and answered here, while its clock runs on.
import { z } from 'zod';
import { read, type Reading } from '#foundation';
import { answerSign, DECISION_KINDS, digestOf, lookUpSigns } from '#casework';
import { concernsHereCount } from '#correspondence';
import { pleasHereCount } from '#court';
import { acknowledge, acknowledgeForm, attentionCount, attentionOf } from '#deadlines';
import { partsHere, seesOperations } from '#operations';
import { findPosts, partsOf, postName, SUPERVISING } from '#posts';
import { decisionsFor } from '../../decisions-for.ts';
import { missingParts } from '../../missing-parts.ts';
import { formAction } from '../../form-action.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

const SHOWN = 50;
const passed = z.coerce.number().int().nonnegative().max(1_000_000).catch(0);
/** How many matters of the list lie before the part that is asked for. */
const afterHow = ({ searchParams }: URL): number => passed.parse(searchParams.get('after') ?? 0);
/** Back to the part of the list where it was said. */
const done = (_: unknown, { url }: { url: URL }): string => {
  const after = afterHow(url);
  return after > 0 ? `/attention?done&after=${after}` : '/attention?done';
};
/** What a superior decides today: the files below, counted by kind and by the units right below; one kind of them where one is asked for. */
async function toDecide(r: Reading, unit: string, show: string | null) {
  const { decisions, all, calls } = await decisionsFor(r, unit);
  const kinds = DECISION_KINDS.map((kind) => ({ kind, n: decisions.filter((one) => one.kinds.includes(kind)).length }));
  const parts = (await partsOf(r, unit))
    .map((part) => ({
      name: postName(part),
      n: decisions.filter(({ path }) => path === part.path || path.startsWith(`${part.path}.`)).length,
    }))
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.n - a.n);
  const asked = DECISION_KINDS.find((kind) => kind === show) ?? null;
  const shown = asked ? decisions.filter((one) => one.kinds.includes(asked)) : decisions;
  return { kinds, parts, calls, asked, all, n: shown.length, decisions: shown.slice(0, SHOWN) };
}

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const after = afterHow(event.url);
  const seen = await read(
    staff,
    'deadlines.list-attention',
    async (r) => {
      const [matters, all] = await Promise.all([attentionOf(r, { after, most: SHOWN }), attentionCount(r)]);
      const skipped = [...new Set(matters.flatMap((m) => m.instead_of ?? []))];
      const names = new Map((await findPosts(r, skipped)).map((post) => [post.id, postName(post)]));
      return {
        matters: matters.map((m) => ({ ...m, vacant: names.get(m.instead_of ?? '') ?? null })),
        all,
        after,
        newer: after > 0 ? Math.max(0, after - SHOWN) : null,
        older: after + matters.length < all && matters.length > 0 ? after + SHOWN : null,
        concerns: await concernsHereCount(r),
        signs: await lookUpSigns(r),
        pleas: await pleasHereCount(r),
        upkeep: await partsHere(r),
        looks_after: seesOperations(staff.post_kind),
        decide: (SUPERVISING as readonly string[]).includes(staff.post_kind)
          ? await toDecide(r, staff.unit, event.url.searchParams.get('show'))
          : null,
        digest: (await digestOf(r)) ?? null,
        at: r.now,
      };
    },
    { request_id: event.locals.request_id },
  );
  return { ...seen, missing: await missingParts(staff, event.locals.lang), done: event.url.searchParams.has('done') };
};

export const actions: Actions = {
  acknowledge: formAction(
    z.object({ id: z.uuid('not-found') }).and(acknowledgeForm),
    'deadlines.acknowledge',
    (a, { id, note }) => acknowledge(a, id, note),
    done,
  ),
  answer_sign: formAction(
    z.object({ id: z.uuid('not-found') }).and(acknowledgeForm),
    'casework.answer-sign',
    (a, { id, note }) => answerSign(a, id, note),
    () => '/attention?done',
  ),
};
