// Rapid response over the API, on the other side of her alarm: vehicles, orders, shifts, the board, alarms by SMS.
import { z } from 'zod';
import { toE164 } from '#sealed-identity';
import {
  beginShift,
  board,
  callHer,
  CONTROL_DEEDS,
  controlForm,
  CREW_DEEDS,
  decide,
  deedForm,
  endShift,
  fixesForm,
  hearSmsGateway,
  listen,
  monthlyReport,
  myOrders,
  outagesHere,
  plainFixes,
  press,
  raiseBySms,
  readSms,
  seesBoard,
  shiftForm,
  smsForm,
  storyOf,
  takeFixes,
} from '#sos';
import { idOf } from './callbacks.ts';
import { acts, actsOnce, type Endpoint, endpoint, reads } from './endpoint.ts';
import { Problem } from './problem.ts';
import { inTime } from '../../in-time.ts';
import * as shape from './sos-shapes.ts';
import { presentBoard, presentOrder, presentShift, presentStory } from './sos-present.ts';
import { iso } from './time.ts';

export const sosCrew: Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/vehicles/fixes',
    who: 'anyone',
    summary:
      'Where vehicles are: a crew its own, a gateway (machine token) any. Answered when it lies on the disk; 429 with Retry-After while the disk is behind',
    status: 202,
    body: fixesForm,
    plain: plainFixes,
    answer: shape.taken,
    refuses: [401, 403, 429],
    answers: async ({ actor, body }) => {
      if (!actor) throw new Problem('signed-out', [], { 'www-authenticate': 'Bearer' });
      return takeFixes(actor, body);
    },
  }),
  endpoint({
    method: 'GET',
    path: '/orders',
    who: 'officer',
    summary: 'The open orders of the acting crew, with where she is while they are open',
    status: 200,
    answer: shape.orders,
    refuses: [403],
    answers: async (call) => ({
      items: (await reads(call, 'sos.read-orders', myOrders)).map(presentOrder),
      next: null,
    }),
  }),
  ...CREW_DEEDS.map((deed) =>
    endpoint({
      method: 'POST',
      path: `/orders/{order}/${deed}`,
      who: 'officer',
      summary: `The crew: ${deed}`,
      status: 200,
      body: deedForm,
      bodiless: true,
      answer: shape.order,
      refuses: [403, 409],
      // pressing again what was pressed changes nothing
      repeats: 'own',
      answers: async (call) =>
        presentOrder(await acts(call, `sos.crew-${deed}`, (a) => press(a, idOf(call, 'order'), deed, call.body))),
    }),
  ),
  endpoint({
    method: 'POST',
    path: '/shifts',
    who: 'officer',
    summary: 'Begin the shift of a vehicle: the crew its own, the control room any',
    status: 201,
    body: shiftForm,
    bodiless: true,
    answer: shape.shift,
    refuses: [403],
    repeats: 'own',
    answers: async (call) => presentShift(await acts(call, 'sos.begin-shift', (a) => beginShift(a, call.body.vehicle))),
  }),
  endpoint({
    method: 'POST',
    path: '/shifts/{id}/end',
    who: 'officer',
    summary: 'End a shift; not while an order is open',
    status: 200,
    answer: shape.shift,
    refuses: [409],
    repeats: 'own',
    answers: async (call) => presentShift(await acts(call, 'sos.end-shift', (a) => endShift(a, idOf(call, 'id')))),
  }),
  endpoint({
    method: 'GET',
    path: '/sos/board',
    who: 'officer',
    summary: 'Every open alarm in sight with its orders and timers, every vehicle on duty',
    status: 200,
    query: z.object({ unit: z.string().max(200).optional() }),
    answer: shape.board,
    refuses: [403],
    answers: async (call) =>
      presentBoard(await reads(call, 'sos.read-board', (r) => board(r, call.query.unit)), call.lang),
  }),
  endpoint({
    method: 'GET',
    path: '/sos/alerts/{alert}/story',
    who: 'officer',
    summary: 'What happened to an alarm, and the lead’s report',
    status: 200,
    answer: shape.story,
    refuses: [403],
    answers: async (call) =>
      presentStory(await reads(call, 'sos.read-story', (r) => storyOf(r, idOf(call, 'alert')), { note: true })),
  }),
  endpoint({
    method: 'GET',
    path: '/sos/sound/{piece}',
    who: 'officer',
    summary: 'A piece of an open alarm’s sound, by the id its story gives; who listens stands in that story',
    status: 200,
    media: 'video/webm',
    file: true,
    answer: z.unknown().meta({ override: { type: 'string', format: 'binary' } }),
    refuses: [403],
    answers: async ({ actor, params: { piece = '' }, request_id }) => ({
      bytes: (await listen(actor, piece, request_id)).bytes,
      name: 'alarm-sound.webm',
    }),
  }),
  ...CONTROL_DEEDS.map((deed) =>
    endpoint({
      method: 'POST',
      path: `/sos/alerts/{alert}/${deed}`,
      who: 'officer',
      summary: `The control room: ${deed}`,
      status: 200,
      body: controlForm,
      bodiless: true,
      answer: shape.story,
      refuses: [403, 409],
      repeats: 'key',
      answers: async (call) => {
        const id = idOf(call, 'alert');
        return presentStory(
          await actsOnce(
            call,
            `sos.${deed}`,
            async (a) => {
              await decide(a, id, deed, call.body);
              return storyOf(a, id);
            },
            (a) => storyOf(a, id),
          ),
        );
      },
    }),
  ),
  endpoint({
    method: 'POST',
    path: '/sos/alerts/{alert}/call',
    who: 'officer',
    summary: 'The control room opens her number to call her about her open alarm; the opening is in the ledger',
    status: 200,
    answer: shape.dial,
    refuses: [403, 409],
    repeats: 'own',
    answers: async (call) => ({ dial: await acts(call, 'sos.call-her', (a) => callHer(a, idOf(call, 'alert'))) }),
  }),
  endpoint({
    method: 'POST',
    path: '/sos/alerts/{alert}/call-contact',
    who: 'officer',
    summary: 'The same for the number she named when she registered; the opening is in the ledger',
    status: 200,
    answer: shape.dial,
    refuses: [403, 409],
    repeats: 'own',
    answers: async (call) => ({
      dial: await acts(call, 'sos.call-contact', (a) => callHer(a, idOf(call, 'alert'), 'contact')),
    }),
  }),
  endpoint({
    method: 'GET',
    path: '/sos/report',
    who: 'officer',
    summary:
      'A month of alarms by zone: how many, how many genuine, drills, seconds to acceptance and arrival (median, p90)',
    status: 200,
    query: z.object({ month: z.string().regex(/^[12]\d{3}-(0[1-9]|1[0-2])$/, 'not-understood') }),
    answer: shape.month,
    refuses: [403],
    answers: async (call) => {
      if (!seesBoard(call.actor.post_kind)) throw new Problem('not-your-power');
      return { month: call.query.month, items: await monthlyReport(call.query.month) };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/sos/outages',
    who: 'officer',
    summary: 'What of the service is missing now, as far as this post answers for it or was told',
    status: 200,
    answer: shape.outages,
    answers: async (call) => ({
      items: (await reads(call, 'sos.read-outages', outagesHere)).map((one) => ({
        part: one.part,
        unit: one.unit,
        why: one.why,
        since: iso(one.since),
      })),
    }),
  }),
  endpoint({
    method: 'POST',
    path: '/sms/heartbeat',
    who: 'machine',
    summary:
      'The gateway of incoming SMS is there; said every ten seconds. Half a minute of silence is an outage, and climbs',
    status: 200,
    answer: shape.heard,
    refuses: [403],
    repeats: 'own',
    answers: async ({ actor }) => {
      if (!actor.rights.includes('sms')) throw new Problem('not-your-power');
      await hearSmsGateway();
      return { heard: true as const };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/sms/inbound',
    who: 'machine',
    summary: 'An SMS that came in: “SOS lat,lon” or a bare SOS is an alarm',
    status: 202,
    body: smsForm,
    answer: shape.sms,
    refuses: [403],
    repeats: 'own',
    answers: async ({ actor, body }) => {
      if (!actor.rights.includes('sms')) throw new Problem('not-your-power');
      await hearSmsGateway();
      const parts = readSms(body.text);
      if (!parts) return { alert: null, state: 'no-alarm' };
      const { alert, state } = await inTime(raiseBySms(toE164(body.from) ?? body.from, parts, body.received_at));
      return { alert, state };
    },
  }),
];
