// One step, one form: the same table draws the button, asks the questions and refuses the verb.
import { error } from '@sveltejs/kit';
import { z } from 'zod';
import { newId, type Reading } from '#foundation';
import {
  fileAfter,
  type FileView,
  recordedOf,
  STEP_NAMES,
  type StepForm,
  stepForm,
  type StepName,
  takeStep,
} from '#casework';
import { evidenceOf, exhibitsThere } from '#evidence';
import { formAction } from '../../../../form-action.ts';
import { formOf, toObject, typed } from '../../../../form-fields.ts';
import { typedNow } from '../../../day-and-hour.ts';
import { once } from '../../../once.ts';
import { signedIn } from '../../../signed-in.ts';
import { fileOf } from '../reading.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { asTold, ASKS } from './asks.ts';
import { type PostGroup, postsToChoose } from './posts-to-choose.ts';
import { type StationGroup, stationsToChoose } from './stations-to-choose.ts';

const entriesOf = ({ diary, history }: FileView) => ({
  diary: diary.map(({ number, at }) => ({ number, at })).reverse(),
  history: history.map(({ id, step, at }) => ({ id, step, at })).reverse(),
});

type Relied = { number: number; kind: string; description: string | null; relied: boolean };
// the exhibits of the case, those ticked that the report before this one relied on
async function toRelyOn(r: Reading, number: string): Promise<Relied[]> {
  const before = (await recordedOf(r, number)).findLast(({ step }) => step === 'submit-report')?.form.exhibits;
  const relied = new Set(Array.isArray(before) ? before.map(Number) : []);
  return (await evidenceOf(r, number)).exhibits.map((one) => ({
    number: one.number,
    kind: one.kind,
    description: one.description,
    relied: relied.has(one.number),
  }));
}

const nameOf = (step: string): StepName =>
  STEP_NAMES.find((known) => known === step) ?? error(404, { message: 'not-found' });

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { number } = event.params;
  const step = nameOf(event.params.step);
  const who = { post: staff.post, kind: staff.post_kind, unit: staff.unit };
  const choices = async (
    r: Reading,
    file: FileView,
  ): Promise<{ posts: PostGroup[]; stations: StationGroup[]; exhibits: Relied[] }> => {
    const from = file.desks.at(-1)?.post;
    const posts = from && (step === 'assign' || step === 'move') ? await postsToChoose(r, step, from, who) : [];
    const asked = ASKS[step].some(({ as }) => as === 'station');
    const exhibits = step === 'submit-report' ? await toRelyOn(r, number) : [];
    const abroad = step === 'zero-fir' || step === 'send-on';
    return { posts, stations: asked ? await stationsToChoose(r, who.unit, abroad) : [], exhibits };
  };
  const { file, also } = await fileOf({ staff, number, request_id: event.locals.request_id }, choices);
  return {
    number,
    step,
    asks: ASKS[step],
    fir: file.fir,
    state: file.state,
    why_not: file.steps.find((one) => one.step === step)?.why_not ?? null,
    ...also,
    // what a correction can point to
    entries: step === 'correct' ? entriesOf(file) : null,
    directions: step === 'comply' ? file.directions.filter(({ answer }) => answer === null).reverse() : [],
    summons:
      step === 'summon-result'
        ? file.appearances
            .filter(({ result }) => result === null)
            .map(({ id, why, at }) => ({ id, why, at }))
            .reverse()
        : [],
    // what the running clocks of this file wait for comes first
    awaited: [...new Set(file.clocks.filter((c) => c.stopped_at === null).map((c) => c.stops_on))],
    form_id: newId(),
    now: typedNow(file.as_of),
  };
};

type Told = StepForm & { form_id: string };
// whose step it is stands in the form itself; the address only says which page was shown
const told: z.ZodType<Told> = z.preprocess(
  (sent) => {
    const step = STEP_NAMES.find((known) => known === (sent as { step?: unknown } | null)?.step);
    return step ? asTold(step)(sent) : sent;
  },
  z.intersection(z.object({ form_id: z.uuid('not-understood') }), stepForm),
);

export const actions: Actions = {
  take: formAction(
    told,
    'casework.take-step',
    (a, form, event: RequestEvent) => {
      const { number } = event.params;
      return once(
        a,
        form,
        event.url.pathname,
        async () => {
          if (form.step === 'submit-report') await exhibitsThere(a, number, form.exhibits ?? []);
          return takeStep(a, number, form);
        },
        () => fileAfter(a, number),
      );
    },
    (file, event) => (file.in_sight ? `/file/${event.params.number}?done=${event.params.step}` : '/desk?moved'),
  ),
  // one more empty row, without a script; nothing is done and nothing typed is lost
  row: async ({ request }: RequestEvent) => {
    const data = await formOf(request);
    const { sections } = toObject(data) as { sections?: unknown };
    return {
      errors: [],
      refused: null,
      values: typed(data),
      rows: (Array.isArray(sections) ? sections.length : 0) + 1,
    };
  },
};
