// Calling a woman to come: with a reason of the list, told to her at once, answered by her, counted. BNSS 179(1): she need not attend at
// any place other than where she lives.
import { type Act, asHouse, newId, type Reading, refuse, refuseIf, tell } from '#foundation';
import { raise } from '#deadlines';
import { istDay } from '#law';
import { sendSms } from '#notify';
import { findPosts, type Named, officersOf, postName } from '#posts';
import { openNarrative, sealNarrative } from '#sealed-identity';
import { type Deed, refuseFault, told } from './deed.ts';
import type { SummonAnswerForm } from './forms.ts';
import { faultOfInstant } from './guards.ts';
import type { Names } from './names.ts';
import * as store from './store.ts';
import * as asked from './summon-store.ts';
import { isBeyond, type Summons, summonsesIn, type SummonTally, tallyOf } from './summon-rules.ts';

/** A summons as she and the posts of her file see it. `told`: where, and what else was written. */
export type Asked = Summons & {
  post_name: Named;
  told: string | null;
  answers: { answer: asked.Answer['answer']; at: Temporal.Instant; text: string | null }[];
};

/** Writes down that she is asked to come. @throws Refusal `not-in-the-past`; beyond law and promise: what is missing of the reasons */
export const summon: Deed<'summon'> = async (a, file, { why, at, place, note, cannot, agreed }) => {
  if (Temporal.PlainDate.compare(istDay(at), istDay(a.now)) < 0) refuse('not-in-the-past', 'at');
  if (isBeyond(why)) {
    if (!note) refuse('say-what-for', 'note');
    if (!cannot) refuse('say-why-not-at-home', 'cannot');
    if (agreed === undefined) refuse('say-if-she-agreed', 'agreed');
  }
  const language = file.language === 'en' ? 'en' : 'hi';
  await asHouse(a, (h) =>
    sendSms(h, { subject: file.id, purpose: 'summon', template: 'update', language, params: {} }),
  );
  return {
    form: { why, at: at.toString(), cannot: cannot ?? null, agreed: agreed ?? null },
    note: note ? `${place} · ${note}` : place,
  };
};

/** What became of it. Left out, it is the last one that is open. @throws Refusal `no-such-summon` */
export const summonResult: Deed<'summon-result'> = async (a, file, { summon, result, at }) => {
  refuseFault(faultOfInstant(at, 'at', told(a, file)));
  const open = summonsesIn(await store.stepsOf(a, file.id)).filter((one) => one.result === null);
  const one = summon ? open.find(({ id }) => id === summon) : open.at(-1);
  if (!one) refuse('no-such-summon', 'summon');
  return { form: { summon: one.id, result, at: at.toString() } };
};

/** How often she may answer one summons: she may change her mind, a program may not. */
const ANSWERS = 10;
const answerPlace = (id: string) => `summon-answer:${id}`;

/**
 * She answers a summons; it goes into the file and to the desk that has it. Answered again, the last answer counts.
 * @param id of the summons
 * @throws Refusal `session-over`; `not-found` for what is none of hers; `summon-over` once it is settled or nobody here has her file any more; `enough-for-today`
 */
export async function answerSummon(a: Act, id: string, form: SummonAnswerForm): Promise<void> {
  const file = (await store.myFile(a)) ?? refuse('session-over');
  const one = summonsesIn(await store.mySteps(a)).find((known) => known.id === id) ?? refuse('not-found');
  refuseIf(one.result || ['closed', 'handed-over'].includes(file.state) ? 'summon-over' : undefined);
  const before = (await asked.myAnswers(a)).filter(({ summon }) => summon === id);
  refuseIf(before.length >= ANSWERS ? 'enough-for-today' : undefined);
  const answer = newId();
  const sealed_text = form.text ? await sealNarrative(a, file.id, answerPlace(answer), form.text) : null;
  await asHouse(a, async (h) => {
    await asked.addAnswer(h, { id: answer, file: file.id, summon: id, answer: form.answer, at: h.now, sealed_text });
    const to = { post: file.desk_post, path: file.desk_path };
    const rule = 'summon-answered';
    await raise(h, [{ file: file.id, rule, stage: rule, due_at: h.now, reason: rule, to }]);
    await tell(h, `desk:${file.desk_post}`, file.id);
  });
}

/**
 * The summonses of a file with her answers.
 * @param steps of the file
 * @param answers hers
 */
export async function askedIn(
  r: Reading,
  file: string,
  { steps, answers, names }: { steps: readonly store.Step[]; answers: readonly asked.Answer[]; names: Names },
): Promise<Asked[]> {
  const all: Asked[] = [];
  for (const one of summonsesIn(steps)) {
    const step = steps.find(({ id }) => id === one.id);
    const hers: Asked['answers'] = [];
    for (const { id, summon, answer, at, sealed_text } of answers)
      if (summon === one.id)
        hers.push({ answer, at, text: sealed_text && (await openNarrative(r, file, answerPlace(id), sealed_text)) });
    all.push({
      ...one,
      post_name: names.post(step?.post ?? null),
      told: step?.sealed_note ? await openNarrative(r, file, `step:${one.id}`, step.sealed_note) : null,
      answers: hers,
    });
  }
  return all;
}

/** Her answers that wait on the desks the acting post works, the nearest meeting first. */
export const answersHere = asked.answersHere;

/** Who calls women to come: one officer at one post, over the days asked for. */
export type SummonsRow = SummonTally & { post: string; post_name: Named; unit_name: Named; officer: Named | null };
export type SummonsCount = {
  days: number;
  rows: SummonsRow[];
  stations: (SummonTally & { unit_name: Named })[];
  total: SummonTally;
};

/** The days over which they are counted. */
const DAYS = 90;

/**
 * How often women were called to come in the last ninety days: by officer and post, most beyond law first, and by station. Numbers alone.
 * A post sees its own and those of the posts it supervises.
 */
export async function summonsCounted(r: Reading): Promise<SummonsCount> {
  const counted = await asked.counted(r, r.now.subtract({ hours: 24 * DAYS }));
  const posts = new Map((await findPosts(r, [...new Set(counted.map(({ post }) => post))])).map((p) => [p.id, p]));
  const people = new Map(
    (await officersOf(r, [...new Set(counted.map(({ officer }) => officer))])).map((o) => [
      o.id,
      { hi: o.name_hi, en: o.name_en },
    ]),
  );
  const unitOf = (post: string): Named => {
    const found = posts.get(post);
    return { hi: found?.unit_name_hi ?? '', en: found?.unit_name_en ?? '' };
  };
  const most = (x: SummonTally, y: SummonTally) => y.beyond - x.beyond || y.all - x.all;
  const rows = [...Map.groupBy(counted, ({ post, officer }) => `${post} ${officer}`).values()].flatMap((some) => {
    const [first] = some;
    const post = first && posts.get(first.post);
    if (!first || !post) return [];
    const officer = people.get(first.officer) ?? null;
    return [{ post: post.id, post_name: postName(post), unit_name: unitOf(post.id), officer, ...tallyOf(some) }];
  });
  const stations = [...Map.groupBy(counted, ({ post }) => posts.get(post)?.unit ?? '').values()].flatMap((some) => {
    const [first] = some;
    return first ? [{ unit_name: unitOf(first.post), ...tallyOf(some) }] : [];
  });
  return { days: DAYS, rows: rows.sort(most), stations: stations.sort(most), total: tallyOf(counted) };
}
