// The call-back desk over the API: the queue, a claim, an open call, and what came of it.
import type { z } from 'zod';
import { attemptForm, callbackQueue, claim, connected, type QueueRow, readCall } from '#callback';
import { attemptCall, confirmInPerson, type InPerson, inPersonForm } from '#casework';
import { orRefuse } from '#intake';
import type { Lang } from '#words';
import { acts, actsOnce, type Call, type Endpoint, endpoint, reads } from './endpoint.ts';
import { listQuery, partOf } from './lists.ts';
import { Problem } from './problem.ts';
import * as shape from './shapes.ts';
import * as staff from './staff-shapes.ts';
import { iso, isoOrNull } from './time.ts';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** An id of the path; what is no id names nothing. */
export function idOf(call: Pick<Call, 'params'>, name: string): string {
  const id = call.params[name] ?? '';
  if (!UUID.test(id)) throw new Problem('not-found');
  return id.toLowerCase();
}

/** A call of the queue. Of her nothing but how and when she may be called. */
const presentCall = (row: QueueRow, lang: Lang): z.input<typeof staff.call> => ({
  id: row.id,
  due_at: iso(row.due_at),
  alarm_at: iso(row.alarm_at),
  filed_at: iso(row.filed_at),
  attempts: row.attempts,
  callable_now: row.callable_now,
  opens_at: isoOrNull(row.opens_at),
  language: row.language,
  mobile_masked: row.mobile_masked,
  windows: row.windows.map(({ from, to }) => ({ from, to })),
  no_contact: row.no_contact,
  urgent: row.urgent,
  claimed_by: row.claimed_by?.[lang] ?? null,
  mine: row.mine,
  state: row.state,
});

export const callbacks: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/callbacks',
    who: 'officer',
    summary: 'The calls still owed, most urgent first',
    status: 200,
    query: listQuery,
    answer: shape.listOf(staff.call),
    answers: async (call) => {
      const part = partOf(await reads(call, 'callback.list', callbackQueue), ({ id }) => id, call.query);
      return { items: part.items.map((row) => presentCall(row, call.lang)), next: part.next };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/callbacks/{id}/claim',
    who: 'officer',
    summary: 'Take a call for ten minutes; the number is opened for dialling, which she sees',
    status: 200,
    answer: staff.claimed,
    refuses: [403, 409],
    // claiming what one holds is the same claim, so a key adds nothing
    repeats: 'own',
    answers: async (call) => {
      const taken = await acts(call, 'callback.claim', (a) => claim(a, idOf(call, 'id')));
      return { dial: taken.dial, claimed_until: iso(taken.claimed_until) };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/callbacks/{id}/connected',
    who: 'officer',
    summary: 'She has picked up: the call session opens, and with it the two words she must hear first',
    status: 200,
    answer: staff.connectedCall,
    refuses: [403, 409],
    repeats: 'own',
    answers: async (call) => {
      const open = await acts(call, 'callback.connect', (a) => connected(a, idOf(call, 'id')));
      return { ...open, script: [...open.script], session_until: iso(open.session_until) };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/callbacks/{id}/attempts',
    who: 'officer',
    summary: 'What came of the call; with the right code the complaint number is given',
    status: 200,
    body: attemptForm,
    answer: staff.attempted,
    refuses: [403, 409],
    repeats: 'key',
    answers: async (call) => {
      const id = idOf(call, 'id');
      const done = await actsOnce(
        call,
        'callback.attempt',
        (a) => attemptCall(a, id, call.body),
        async (a) => {
          // the right code, said again, finds its own number; every other outcome is told from what is there
          if (call.body.outcome === 'confirmed') return attemptCall(a, id, call.body);
          const { tries_left, history, state } = await readCall(a, id);
          const last = history.at(-1);
          return {
            outcome: call.body.outcome,
            ...(tries_left === null ? {} : { tries_left }),
            with_superior: state === 'with-superior',
            next_try_at: last?.next_try_at ?? null,
          };
        },
      );
      const { outcome, complaint_number, tries_left, fresh_code_sent, with_superior, next_try_at } = done;
      return {
        outcome,
        ...(complaint_number === undefined ? {} : { complaint_number }),
        ...(tries_left === undefined ? {} : { tries_left }),
        ...(fresh_code_sent === undefined ? {} : { fresh_code_sent }),
        ...(with_superior === undefined ? {} : { with_superior }),
        ...(next_try_at === undefined ? {} : { next_try_at: isoOrNull(next_try_at) }),
      };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/confirmations',
    who: 'officer',
    summary:
      'She comes to a desk herself: her receipt and her code confirm the complaint; a wrong pair does not tell which of the two was wrong',
    status: 200,
    body: inPersonForm,
    answer: staff.confirmation,
    refuses: [403, 429],
    // the right pair, again, gives the same number; a wrong one is a try each time
    repeats: 'own',
    answers: async (call) => {
      const tried = await acts(call, 'casework.confirm-in-person', (a) => confirmInPerson(a, call.body));
      const done = orRefuse<Exclude<InPerson, { refused: string }>>(tried);
      return done.outcome === 'confirmed'
        ? { outcome: done.outcome, complaint_number: done.complaint_number }
        : { outcome: done.outcome, tries_left: done.tries_left };
    },
  }),
];
