// When she is heard: times offered inside her hours, the one she chose, the way into the room, calling her, how it ended.
import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import { act, newId, Refusal } from '#foundation';
import {
  CANCEL_REASONS,
  callHer,
  cancelForm,
  cancelHearing,
  HEARING_ABOUT,
  HEARING_KINDS,
  keepRecording,
  NOT_HELD_REASONS,
  offerForm,
  offerHearing,
  offerOtherTimes,
  openHearings,
  outcomeForm,
  timesForm,
  turnReady,
  writeOutcome,
} from '#hearing';
import { formAction } from '../../../../form-action.ts';
import { formOf } from '../../../../form-fields.ts';
import { statusOf } from '../../../../refusal-status.ts';
import { instantTyped } from '../../../day-and-hour.ts';
import { once } from '../../../once.ts';
import { signedIn } from '../../../signed-in.ts';
import { fileOf } from '../reading.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const DONE = ['sent', 'done', 'kept'] as const;

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { number } = event.params;
  const { request_id } = event.locals;
  const { file } = await fileOf({ staff, number, request_id }, async () => undefined);
  // her hours lie under seal: that this desk has looked at them is written down
  const seen = await act(staff, 'hearing.open', (a) => openHearings(a, number), { request_id });
  const done = event.url.searchParams.get('done');
  return {
    number,
    fir: file.fir,
    now: file.as_of,
    ...seen,
    kinds: turnReady() ? HEARING_KINDS : (['phone'] as const),
    turn: turnReady(),
    abouts: HEARING_ABOUT,
    cancel_reasons: CANCEL_REASONS,
    not_held_reasons: NOT_HELD_REASONS,
    form_id: newId(),
    done: DONE.find((one) => one === done) ?? null,
    exhibit: Number(event.url.searchParams.get('exhibit') ?? 0),
  };
};

const formId = z.object({ form_id: z.uuid('not-understood') });
const about = z.object({ id: z.uuid('not-found') });
/** The pairs of day and hour as the times that the room's form reads; empty ones are none. */
const withTimes = <S extends z.ZodType>(schema: S) =>
  z.preprocess((sent) => {
    const { slots, ...rest } = sent as Record<string, unknown>;
    const times = Array.isArray(slots) ? slots.flatMap((one) => instantTyped(one) ?? []) : [];
    return { ...rest, times };
  }, schema);
const back = (done: string) => (_: unknown, event: RequestEvent) =>
  `/file/${event.params.number}/hearings?done=${done}`;
const nothing = async () => undefined;

/** Presses that answer with something: where the house says no, the page says why. */
async function answered<T>(event: RequestEvent, work: (id: string) => Promise<T>) {
  const form = about.safeParse({ id: (await formOf(event.request)).get('id') });
  const no = (code: string) => fail(statusOf(code), { errors: [], refused: code, values: {}, at: form.data?.id ?? '' });
  if (!form.success) return no('not-found');
  try {
    return { at: form.data.id, ...(await work(form.data.id)) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return no(error.code);
  }
}

export const actions: Actions = {
  offer: formAction(
    withTimes(formId.and(offerForm)),
    'hearing.offer',
    (a, form, event: RequestEvent) =>
      once(a, form, event.url.pathname, async () => void (await offerHearing(a, event.params.number, form)), nothing),
    back('sent'),
  ),
  times: formAction(
    withTimes(formId.and(about).and(timesForm)),
    'hearing.offer-again',
    (a, form, event: RequestEvent) =>
      once(a, form, event.url.pathname, () => offerOtherTimes(a, event.params.number, form.id, form), nothing),
    back('sent'),
  ),
  cancel: formAction(
    formId.and(about).and(cancelForm),
    'hearing.cancel',
    (a, form, event: RequestEvent) =>
      once(a, form, event.url.pathname, () => cancelHearing(a, event.params.number, form.id, form), nothing),
    back('done'),
  ),
  outcome: formAction(
    formId.and(about).and(outcomeForm),
    'hearing.write-outcome',
    (a, form, event: RequestEvent) =>
      once(a, form, event.url.pathname, () => writeOutcome(a, event.params.number, form.id, form), nothing),
    back('done'),
  ),
  call: async (event) => {
    const staff = signedIn(event);
    const { request_id } = event.locals;
    return answered(event, (id) =>
      act(staff, 'hearing.call', (a) => callHer(a, event.params.number, id), { request_id }),
    );
  },
  keep: async (event) => {
    const staff = signedIn(event);
    const [hearing = '', recording = ''] = String(event.url.searchParams.get('of') ?? '').split('.');
    return answered(event, async () => ({
      exhibit: await keepRecording(staff, { number: event.params.number, hearing, recording }, event.locals.request_id),
    }));
  },
};
