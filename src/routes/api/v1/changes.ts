// Changes of law that lie ahead, over the API: planned by administrators, followed by every post in its own circle.
import { z } from 'zod';
import { type Act, type Reading, refuse } from '#foundation';
import {
  type ChangeFacts,
  type ChangeFile,
  changeForm,
  type ChangePlan,
  changePlan,
  changesAhead,
  SCHEDULES_CHANGES,
  scheduleChange,
  type Tally,
  withdrawChange,
  withdrawForm,
} from '#casework';
import { type Lang, pick, words } from '#words';
import { idOf } from './callbacks.ts';
import { actsOnce, type Endpoint, endpoint, type Known, reads } from './endpoint.ts';
import { listQuery, partOf } from './lists.ts';
import { cited, kindOfClock, listOf, state, text } from './shapes.ts';
import { day, instant, iso, isoOrNull } from './time.ts';

const tally = {
  total: z.int().meta({ description: 'open on the day of scheduling' }),
  finished: z.int().meta({ description: 'of those, with the court, closed or refused before the day' }),
  arrived: z.int().meta({ description: 'came after the scheduling' }),
  arrived_finished: z.int(),
  left: z.int().meta({ description: 'not finished before the day; once it has come: what crossed over' }),
  done_since: z.int().meta({ description: 'of left, finished since the day came' }),
  keeps: z.int().meta({ description: 'of left, with an FIR from before the day: the old law stays theirs' }),
};
const change = z
  .object({
    id: z.uuid(),
    name: text,
    in_force_from: day,
    days_left: z.int(),
    phase: z.enum(['ahead', 'in-force', 'withdrawn']),
    acts: z.array(text),
    sections: z.array(cited),
    goal: text,
    unit: text,
    scheduled_at: instant,
    by: text,
    withdrawn: z.object({ at: instant, by: text, why: text }).nullable(),
  })
  .meta({ id: 'LawChange' });
const listed = z.object({ ...change.shape, ...tally }).meta({ id: 'LawChangeListed' });
const file = z
  .object({
    number: text.nullable(),
    fir: text.nullable(),
    sections: z.array(cited),
    state,
    submitted_at: instant,
    due: z.object({ on: day, at: instant, kind: kindOfClock, rule: text }).nullable(),
    next: text,
    next_text: text,
    child: z.boolean(),
    post_name: text,
    standing: z.enum(['finished', 'left', 'keeps-law', 'fir-since', 'no-fir-yet']),
    standing_text: text,
    arrived: z.boolean(),
    finished_at: instant.nullable(),
  })
  .meta({ id: 'LawChangeFile' });
const plan = z
  .object({
    ...listed.shape,
    as_of: instant,
    at: z.object({ path: text, name: text }),
    units: z.array(z.object({ path: text, name: text, ...tally })),
    posts: z.array(z.object({ post: z.uuid(), name: text, ...tally })),
    files: z.array(file).meta({ description: 'on the posts of this very unit; none for an administrator' }),
  })
  .meta({ id: 'LawChangePlan' });

const planQuery = z.object({
  at: z
    .string()
    .regex(/^[a-z0-9_]+(\.[a-z0-9_]+)*$/, 'not-understood')
    .max(300, 'too-long')
    .optional()
    .meta({ description: 'path of a unit of the own circle; otherwise the own unit' }),
  post: z.uuid('not-understood').optional(),
  show: z.enum(['left', 'finished', 'arrived', 'all'], 'not-understood').default('left'),
  limit: z.coerce
    .number('not-understood')
    .int('not-understood')
    .min(1, 'not-understood')
    .max(500, 'not-understood')
    .default(200),
});

const presentChange = (facts: ChangeFacts, lang: Lang): z.input<typeof change> => ({
  id: facts.id,
  name: facts.name[lang],
  in_force_from: facts.in_force_from.toString(),
  days_left: facts.days_left,
  phase: facts.phase,
  acts: facts.acts,
  sections: facts.sections,
  goal: facts.goal,
  unit: facts.unit[lang],
  scheduled_at: iso(facts.scheduled_at),
  by: facts.by[lang],
  withdrawn: facts.withdrawn && {
    at: iso(facts.withdrawn.at),
    by: facts.withdrawn.by[lang],
    why: facts.withdrawn.why,
  },
});
const presentTally = ({ total, finished, arrived, arrived_finished, left, done_since, keeps }: Tally): Tally => ({
  total,
  finished,
  arrived,
  arrived_finished,
  left,
  done_since,
  keeps,
});
const presentFile = (f: ChangeFile, lang: Lang): z.input<typeof file> => ({
  number: f.number,
  fir: f.fir,
  sections: f.sections.map(({ act, section }) => ({ act, section })),
  state: f.state,
  submitted_at: iso(f.submitted_at),
  due: f.due && { on: f.due.on.toString(), at: iso(f.due.at), kind: f.due.kind, rule: f.due.rule },
  next: f.next,
  next_text: pick(words(lang).staff.desk.next, f.next, f.next),
  child: f.child,
  post_name: f.post_name[lang],
  standing: f.standing,
  standing_text: words(lang).changes.standing[f.standing],
  arrived: f.arrived,
  finished_at: isoOrNull(f.finished_at),
});
const presentPlan = (p: ChangePlan, lang: Lang): z.input<typeof plan> => ({
  ...presentChange(p, lang),
  ...presentTally(p.all),
  as_of: iso(p.as_of),
  at: { path: p.at.path, name: p.at.name[lang] },
  units: p.units.map((unit) => ({ path: unit.path, name: unit.name[lang], ...presentTally(unit) })),
  posts: p.posts.map((post) => ({ post: post.post, name: post.name[lang], ...presentTally(post) })),
  files: p.files.map((one) => presentFile(one, lang)),
});

async function listedFor(call: Known & { lang: Lang; query: z.output<typeof listQuery> }) {
  const rows = await reads(call, 'casework.list-changes', changesAhead);
  const part = partOf(rows, ({ id }) => id, call.query);
  return {
    items: part.items.map((row) => ({ ...presentChange(row, call.lang), ...presentTally(row.all) })),
    next: part.next,
  };
}
/** The plan of the same words that stands already: what a repetition is answered with. */
async function standing(r: Reading, form: z.output<typeof changeForm>): Promise<string> {
  const same = (row: ChangeFacts) =>
    row.phase === 'ahead' && row.may_withdraw && row.in_force_from.equals(form.in_force_from) && row.goal === form.goal;
  return (await changesAhead(r)).find(same)?.id ?? refuse('not-found');
}

export const changes: Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/admin/law-changes',
    who: 'officer',
    summary: 'Schedule a change of law for the own unit and below: which open files should be finished before its day',
    status: 201,
    body: changeForm,
    answer: plan,
    refuses: [403, 409],
    repeats: 'key',
    answers: async (call) => {
      const made = (a: Act) => scheduleChange(a, call.body).then(({ id }) => id);
      const id = await actsOnce(call, 'casework.schedule-change', made, (a) => standing(a, call.body));
      return presentPlan(await reads(call, 'casework.read-change', (r) => changePlan(r, id)), call.lang);
    },
  }),
  endpoint({
    method: 'GET',
    path: '/admin/law-changes',
    who: 'officer',
    summary:
      'The changes of law that were scheduled, with how many files each leaves; for administrators, state and nation',
    status: 200,
    query: listQuery,
    answer: listOf(listed),
    refuses: [403],
    answers: async (call) => {
      if (!SCHEDULES_CHANGES.includes(call.actor.post_kind)) refuse('not-your-power');
      return listedFor(call);
    },
  }),
  endpoint({
    method: 'POST',
    path: '/admin/law-changes/{id}/withdraw',
    who: 'officer',
    summary: 'Take a plan back before its day; it stays on record with the reason',
    status: 200,
    body: withdrawForm,
    answer: plan,
    refuses: [403, 409],
    repeats: 'key',
    answers: async (call) => {
      const id = idOf(call, 'id');
      await actsOnce(
        call,
        'casework.withdraw-change',
        (a) => withdrawChange(a, id, call.body),
        async () => undefined,
      );
      return presentPlan(await reads(call, 'casework.read-change', (r) => changePlan(r, id)), call.lang);
    },
  }),
  endpoint({
    method: 'GET',
    path: '/law-changes',
    who: 'officer',
    summary: 'The changes of law that lie ahead of this post, and past ones, with how many of its files each leaves',
    status: 200,
    query: listQuery,
    answer: listOf(listed),
    answers: listedFor,
  }),
  endpoint({
    method: 'GET',
    path: '/law-changes/{id}',
    who: 'officer',
    summary: 'One plan: progress per unit below and per post, and the files on the posts of the unit asked for',
    status: 200,
    query: planQuery,
    answer: plan,
    answers: async (call) => {
      const { at, post, show, limit } = call.query;
      const view = { show, limit, ...(at ? { at } : {}), ...(post ? { post } : {}) };
      const id = idOf(call, 'id');
      return presentPlan(await reads(call, 'casework.read-change', (r) => changePlan(r, id, view)), call.lang);
    },
  }),
];
