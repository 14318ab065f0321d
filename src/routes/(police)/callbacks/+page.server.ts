// The call-back console: the queue, and the one call this operator has taken. Where a call stands is in the database, not in the page.
import { z } from 'zod';
import { read } from '#foundation';
import {
  attemptForm,
  callbackQueue,
  claim,
  connected,
  letTryAgain,
  letTryAgainForm,
  readCall,
  release,
  takeHerCall,
} from '#callback';
import { attemptCall } from '#casework';
import { formAction } from '../../form-action.ts';
import { answerAction } from '../answer-action.ts';
import { instantTyped, typedNow } from '../day-and-hour.ts';
import { SEES_CALLS, signedIn } from '../signed-in.ts';
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
  const asked = event.url.searchParams.get('call') ?? '';
  const { at, queue, call } = await read(
    staff,
    'callback.read-queue',
    async (r) => {
      const queue = SEES_CALLS.includes(staff.post_kind) ? await callbackQueue(r) : [];
      const id = queue.find((row) => row.mine)?.id ?? queue.find((row) => row.id === asked && UUID.test(asked))?.id;
      return { at: r.now, queue, call: id ? await readCall(r, id) : null };
    },
    { request_id: event.locals.request_id },
  );
  return {
    operator: staff.post_kind === 'callback',
    at,
    queue,
    call,
    said: event.url.searchParams.get('said'),
    today: typedNow(at).on,
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
