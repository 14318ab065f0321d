// What posts decide at their pages, over the API: how many vehicles come, who answers for a part of the service, for backups and for drills.
import { z } from 'zod';
import type { Act } from '#foundation';
import { answerForm, answers, decideAnswer, RUN_KINDS, seesOperations } from '#operations';
import type { Named } from '#posts';
import { ALARM_KINDS, decidePart, decideWant, partCallForm, SERVICE_PARTS, serviceSettings, wantForm } from '#sos';
import { actsOnce, type Call, type Endpoint, endpoint, reads } from './endpoint.ts';
import { Problem } from './problem.ts';
import { text } from './shapes.ts';
import { instant, iso } from './time.ts';

const want = z
  .object({ vehicles: z.int(), reserve: z.int(), share: z.int(), least: z.int() })
  .meta({ id: 'ServiceWant' });
const held = z.object({ owner: text.nullable(), minimum: z.int() });
const named = { id: z.uuid(), name: text, vacant: z.boolean() };
const decision = { id: z.uuid(), at: instant, post: text.nullable(), reason: text };
const settings = z
  .object({
    wants: z.array(want.extend({ kind: z.enum(ALARM_KINDS), area: text, yours: z.boolean() })),
    parts: z.array(held.extend({ part: z.enum(SERVICE_PARTS), unit: text, most: z.int(), yours: z.boolean() })),
    owners: z.array(z.object(named)).meta({ description: 'posts that can be named; none where nothing is yours' }),
    changes: z.array(
      z.discriminatedUnion('about', [
        z.object({
          ...decision,
          about: z.literal('want'),
          kind: z.enum(ALARM_KINDS),
          unit: text,
          was: want.nullable().meta({ description: 'null: as in the area above' }),
          to: want.nullable(),
        }),
        z.object({
          ...decision,
          about: z.literal('part'),
          part: z.enum(SERVICE_PARTS),
          unit: text,
          was: held,
          to: held,
        }),
      ]),
    ),
  })
  .meta({ id: 'ServiceSettings' });
const answering = z
  .object({
    parts: z.array(
      z.object({
        part: z.enum(RUN_KINDS),
        owner: text,
        holder: text.nullable().meta({ description: 'null: the post is vacant' }),
        phone: text.nullable(),
        yours: z.boolean(),
      }),
    ),
    owners: z.array(z.object(named)),
    changes: z.array(z.object({ ...decision, part: z.enum(RUN_KINDS), was: text.nullable(), owner: text.nullable() })),
  })
  .meta({ id: 'Answering' });

type Officer = Call<'officer'>;
/** One posting of a decision: done once, answered with what stands then. */
const decides = async <T>(call: Officer, deed: string, work: (a: Act) => Promise<void>, then: () => Promise<T>) => {
  await actsOnce(call, deed, work, async () => undefined);
  return then();
};

const settingsOf = (call: Officer): Promise<z.input<typeof settings>> =>
  reads(call, 'sos.read-settings', async (r) => {
    const { lang } = call;
    const nameOf = (name: Named | null) => name?.[lang] ?? null;
    const seen = await serviceSettings(r);
    return {
      wants: seen.wants,
      parts: seen.parts.map((part) => ({ ...part, owner: nameOf(part.owner) })),
      owners: seen.owners.map(({ id, name, vacant }) => ({ id, name: name[lang], vacant })),
      changes: seen.changes.map((change) => {
        const said = { id: change.id, at: iso(change.at), post: nameOf(change.post), reason: change.reason };
        const { unit } = change;
        if (change.about === 'want')
          return { ...said, unit, about: 'want' as const, kind: change.kind, was: change.was, to: change.to };
        const { part, was, to } = change;
        const heldBy = (one: typeof was) => ({ owner: nameOf(one.owner), minimum: one.minimum });
        return { ...said, unit, about: 'part' as const, part, was: heldBy(was), to: heldBy(to) };
      }),
    };
  });
const answersOf = (call: Officer): Promise<z.input<typeof answering>> =>
  reads(call, 'operations.look', async (r) => {
    const { lang } = call;
    if (!seesOperations(call.actor.post_kind)) throw new Problem('not-your-power');
    const seen = await answers(r);
    return {
      parts: seen.parts.map(({ owner, holder, ...part }) => ({
        ...part,
        owner: owner[lang],
        holder: holder?.[lang] ?? null,
      })),
      owners: seen.owners.map(({ id, name, vacant }) => ({ id, name: name[lang], vacant })),
      changes: seen.changes.map(({ id, at, part, owner, was, post, reason }) => ({
        id,
        at: iso(at),
        part,
        was: was?.[lang] ?? null,
        owner: owner?.[lang] ?? null,
        post: post?.[lang] ?? null,
        reason,
      })),
    };
  });

export const decided: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/sos/settings',
    who: 'officer',
    summary:
      'How many vehicles an alarm brings and who answers for each part, what it was before, what the caller decides',
    status: 200,
    answer: settings,
    refuses: [403],
    answers: settingsOf,
  }),
  endpoint({
    method: 'POST',
    path: '/sos/settings/wants',
    who: 'officer',
    summary: 'Decide how many vehicles an alarm of a kind brings in an area; it counts from the next alarm',
    status: 201,
    body: wantForm,
    answer: settings,
    refuses: [403, 409],
    repeats: 'key',
    answers: (call) =>
      decides(
        call,
        'sos.decide-want',
        (a) => decideWant(a, call.body),
        () => settingsOf(call),
      ),
  }),
  endpoint({
    method: 'POST',
    path: '/sos/settings/parts',
    who: 'officer',
    summary: 'Decide which post answers for a part of the service and how much of it there must be',
    status: 201,
    body: partCallForm,
    answer: settings,
    refuses: [403, 409],
    repeats: 'key',
    answers: (call) =>
      decides(
        call,
        'sos.decide-part',
        (a) => decidePart(a, call.body),
        () => settingsOf(call),
      ),
  }),
  endpoint({
    method: 'GET',
    path: '/admin/operations/answers',
    who: 'officer',
    summary: 'Which post answers for backups and drills, who holds it, what it was before',
    status: 200,
    answer: answering,
    refuses: [403],
    answers: answersOf,
  }),
  endpoint({
    method: 'POST',
    path: '/admin/operations/answers',
    who: 'officer',
    summary: 'Decide which post answers for backups or drills; what is wrong with them is told to it at once',
    status: 201,
    body: answerForm,
    answer: answering,
    refuses: [403, 409],
    repeats: 'key',
    answers: (call) =>
      decides(
        call,
        'operations.decide-answer',
        (a) => decideAnswer(a, call.body),
        () => answersOf(call),
      ),
  }),
];
