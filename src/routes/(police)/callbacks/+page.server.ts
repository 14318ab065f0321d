// The call-back console: the queue, and the one call this operator has taken. Where a call stands is in the database, not in the page.
import { z } from 'zod';
import { read } from '#foundation';
import { attemptForm, claim, connected, letTryAgain, letTryAgainForm, readCall, release, takeHerCall } from '#callback';
import { attemptCall } from '#casework';
import { formAction } from '../../form-action.ts';
import { answerAction } from '../answer-action.ts';
import { instantTyped, typedNow } from '../day-and-hour.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

const which = z.object({ id: z.uuid('not-found') });
const HERE = () => '/callbacks';
const UUID = /^[0-9a-f-]{36}$/;

// the hour of "call later" comes in two fields
const withHour = (sent: unknown): unknown => {
  if (typeof sent !== 'object' || sent === null) return sent;
  const { at, ...rest } = sent as { at?: unknown; outcome?: unknown };
  return rest.outcome === 'call-later' ? { ...rest, at: instantTyped(at) } : rest;
};
const tried = z.preprocess(withHour, which.and(attemptForm));

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { queue, now } = await event.parent();
  const asked = event.url.searchParams.get('call') ?? '';
  const id = queue.find((row) => row.mine)?.id ?? queue.find((row) => row.id === asked && UUID.test(asked))?.id;
  const options = { request_id: event.locals.request_id };
  return {
    operator: staff.post_kind === 'callback',
    at: now ?? Temporal.Now.instant(),
    call: id ? await read(staff, 'callback.read-call', (r) => readCall(r, id), options) : null,
    said: event.url.searchParams.get('said'),
    today: typedNow(now ?? Temporal.Now.instant()).on,
  };
};

export const actions: Actions = {
  take: answerAction(which, 'callback.claim', async (a, { id }) => ({ dial: (await claim(a, id)).dial })),
  hers: formAction(which, 'callback.take-her-call', (a, { id }) => takeHerCall(a, id), HERE),
  connect: formAction(which, 'callback.connect', (a, { id }) => connected(a, id), HERE),
  release: formAction(which, 'callback.release', (a, { id }) => release(a, id), HERE),
  check: answerAction(tried, 'callback.attempt', (a, { id, ...form }) => attemptCall(a, id, form)),
  outcome: formAction(
    tried,
    'callback.attempt',
    (a, { id, ...form }) => attemptCall(a, id, form),
    ({ outcome }) => `/callbacks?said=${outcome}`,
  ),
  again: formAction(
    which.and(letTryAgainForm),
    'callback.let-try-again',
    (a, { id, ...form }) => letTryAgain(a, id, form),
    () => '/callbacks?said=let-try-again',
  ),
};
