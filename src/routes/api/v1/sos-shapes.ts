// What the doors of rapid response answer.
import { z } from 'zod';
import { ALERT_STATES, ORDER_STATES } from '#sos';
import { text } from './shapes.ts';
import { instant } from './time.ts';

const alertState = z.enum(ALERT_STATES).meta({ id: 'AlertState' });
const orderState = z.enum(ORDER_STATES).meta({ id: 'OrderState' });
const etaBy = z.enum(['distance', 'learnt', 'router']).meta({ description: 'what the minutes are reckoned from' });
const point = z.object({ lat: z.number(), lon: z.number(), accuracy_m: z.number().optional() });

export const herAlert = z
  .object({
    alert: z.uuid(),
    number: z.int(),
    state: alertState,
    at: instant,
    drill: z.boolean(),
    silent: z.boolean(),
    units: z.array(
      z.object({
        order: z.uuid(),
        call_sign: text,
        plate: text,
        state: orderState,
        lead: z.boolean(),
        eta_s: z.int().nullable(),
        eta_by: etaBy,
        match_code: text.meta({ description: 'two digits that the crew says first' }),
        lost: z.boolean().meta({ description: 'said yes and is not heard of any more: not counted on' }),
      }),
    ),
    place: z.object({
      known: z.boolean().meta({ description: 'as a point' }),
      written: z.boolean().meta({ description: 'in words, for the control room to look for' }),
      fixed_at: instant.nullable(),
    }),
    wanted: z.int(),
    short_of: text.nullable().meta({ description: 'why fewer come than are wanted' }),
    told_112: z.boolean().meta({ description: 'the control room says that it has told 112' }),
    her_word: text.nullable(),
    report_waits: z.boolean().meta({ description: 'the lead has reported; her yes is waited for' }),
    her_number: text.nullable().meta({
      description:
        'four digits that she says to a crew after it has said its own: what proves that it is there. With her key or token only',
    }),
    complaint: z.boolean(),
    call: z.literal('112'),
  })
  .meta({ id: 'SosAlertFacts' });
export const raised = herAlert
  .extend({
    token: text.nullable().meta({ description: 'key to this alarm for whoever has no device token' }),
    again: z.boolean().meta({ description: 'the same press, or the same number, as an alarm that is open already' }),
  })
  .meta({ id: 'SosRaised' });
export const asked = z
  .object({
    asked: z.uuid().meta({ description: 'goes with the code: what was written here counts when it is confirmed' }),
  })
  .meta({ id: 'SosAsked' });
export const device = z.object({ device_token: text, expires_at: instant }).meta({ id: 'SosDevice' });
export const taken = z
  .object({
    taken: z.int(),
    unknown: z.int(),
    stale: z
      .int()
      .meta({ description: 'of the taken, so many were too old for their vehicle to be sent by: is the clock right?' }),
  })
  .meta({ id: 'FixesTaken' });
export const soundTaken = z
  .object({ pieces: z.int().meta({ description: 'of this alarm by now' }) })
  .meta({ id: 'SosSoundTaken' });
const place = z.object({ point: point.nullable(), text: text.nullable(), fixed_at: instant.nullable() });
export const order = z
  .object({
    order: z.uuid(),
    alert: z.uuid(),
    number: z.int(),
    state: orderState,
    lead: z.boolean(),
    ordered_at: instant,
    answer_by: instant,
    silent: z.boolean(),
    match_code: text,
    distance_m: z.int(),
    eta_s: z.int(),
    eta_by: etaBy,
    place: place.nullable().meta({ description: 'only while the order is open' }),
    others: z.array(z.object({ call_sign: text, state: orderState, eta_s: z.int() })),
    her_word: text.nullable(),
    rest_waits: z.boolean().meta({ description: 'others are held back until this crew asks for help, or met her' }),
  })
  .meta({ id: 'SosOrder' });
export const orders = z.object({ items: z.array(order), next: z.null() }).meta({ id: 'SosOrders' });
export const shift = z
  .object({ id: z.uuid(), vehicle: z.uuid(), call_sign: text, from: instant, to: instant.nullable() })
  .meta({ id: 'ShiftFacts' });
export const board = z
  .object({
    at: instant,
    alerts: z.array(
      z.object({
        alert: z.uuid(),
        number: z.int(),
        state: alertState,
        kind: text,
        drill: z.boolean(),
        at: instant,
        unit: text,
        area: text.nullable().meta({ description: 'the name of that unit' }),
        wanted: z.int(),
        short_of: text.nullable(),
        registered: z.boolean(),
        callable: z.boolean(),
        way: text,
        place,
        her_word: text.nullable(),
        at_112: instant.nullable(),
        told_112: z.boolean().meta({ description: 'somebody has said that 112 has been told' }),
        next: z
          .array(z.object({ kind: text, at: instant }))
          .meta({ description: 'what happens by itself, and when: hold, widen, bring-in, hand-112, again, practice' }),
        sounds: z.int().meta({ description: 'pieces of sound that can be heard' }),
        why_not_close: text.nullable(),
        units: z.array(
          z.object({
            order: z.uuid(),
            vehicle: z.uuid(),
            call_sign: text,
            state: orderState,
            lead: z.boolean(),
            eta_s: z.int(),
            eta_by: etaBy,
            eta_at: instant,
            match_code: text,
            answer_by: instant,
            arrival_proof: text.nullable(),
            why: text.nullable(),
            lost: z.boolean(),
            over: z.boolean(),
          }),
        ),
      }),
    ),
    vehicles: z.array(
      z.object({
        vehicle: z.uuid(),
        call_sign: text,
        unit: text,
        lat: z.number(),
        lon: z.number(),
        at: instant,
        alert: z.uuid().nullable(),
      }),
    ),
  })
  .meta({ id: 'SosBoard' });
export const story = z
  .object({
    events: z.array(
      z.object({ at: instant, kind: text, call_sign: text.nullable(), n: z.int().nullable(), why: text.nullable() }),
    ),
    report: text.nullable(),
    sounds: z.array(z.object({ id: text, at: instant })).meta({ description: 'as they were recorded' }),
  })
  .meta({ id: 'SosStory' });
export const dial = z
  .object({ dial: text.meta({ description: 'tel:, to be dialled; opened and in the ledger' }) })
  .meta({ id: 'SosDial' });
export const sms = z.object({ alert: z.uuid().nullable(), state: text }).meta({ id: 'SmsTaken' });
export const heard = z.object({ heard: z.literal(true) }).meta({ id: 'SmsGatewayHeard' });
const seconds = z.number().nullable();
export const month = z
  .object({
    month: text,
    items: z.array(
      z.object({
        unit: text,
        alarms: z.int(),
        genuine: z.int(),
        drills: z.int(),
        drills_met: z.int(),
        accept_median: seconds,
        accept_p90: seconds,
        arrive_median: seconds,
        arrive_p90: seconds,
        no_vehicle: z.int().meta({ description: 'alarms that nobody accepted' }),
      }),
    ),
  })
  .meta({ id: 'SosMonth' });
export const outages = z
  .object({ items: z.array(z.object({ part: text, unit: text, why: text, since: instant })) })
  .meta({ id: 'SosOutages' });
