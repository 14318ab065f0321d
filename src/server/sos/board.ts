// The control room's board: every open alarm with its orders and timers, every vehicle on duty.
import { keys, type Reading, refuse } from '#foundation';
import { unitNames } from '#posts';
import { isLost } from './dispatch.ts';
import { placeOf } from './her-view.ts';
import { type AlertState, isComing, type Kind, type OrderState, stateOf, TIMERS, whyNotClose } from './rules.ts';
import * as store from './store.ts';
import { soundsBy, soundsOf } from './store-sound.ts';

export type BoardUnit = {
  order: string;
  vehicle: string;
  call_sign: string;
  state: OrderState;
  lead: boolean;
  eta_s: number;
  eta_by: string;
  eta_at: Temporal.Instant;
  match_code: string;
  answer_by: Temporal.Instant;
  arrival_proof: string | null;
  why: string | null;
  lost: boolean;
  over: boolean;
};
export type BoardAlert = {
  alert: string;
  number: number;
  state: AlertState;
  kind: Kind;
  drill: boolean;
  at: Temporal.Instant;
  unit: string;
  /** the name of that unit; null where it has none */
  area: { hi: string; en: string } | null;
  wanted: number;
  short_of: string | null;
  registered: boolean;
  /** her number is known: she can be called */
  callable: boolean;
  way: string;
  place: ReturnType<typeof placeOf>;
  her_word: string | null;
  at_112: Temporal.Instant | null;
  /** somebody has said that 112 has been told */
  told_112: boolean;
  /** what happens by itself, and when; of a crew's answer its order tells */
  next: { kind: string; at: Temporal.Instant }[];
  /** how many pieces of sound can be heard */
  sounds: number;
  units: BoardUnit[];
  why_not_close: string | null;
};
export type BoardVehicle = {
  vehicle: string;
  call_sign: string;
  unit: string;
  lat: number;
  lon: number;
  at: Temporal.Instant;
  alert: string | null;
};

// of these nothing comes once somebody has said yes
const ONLY_UNANSWERED = new Set<string>(Object.keys(TIMERS));
// who works a board: the control room and whoever stands above it
const SEES = ['control-room', 'acp', 'dcp', 'adcp-women', 'cp', 'sp', 'state', 'national'];
/** Whether a post of this kind has a board. */
export const seesBoard = (post_kind: string): boolean => SEES.includes(post_kind);
/** Whether an alarm is in sight of the acting post. */
export const seesAlert = async (r: Reading, id: string): Promise<boolean> =>
  (await store.findAlert(r, id)) !== undefined;
/** The acting officer of a post that works a board. @throws Refusal `not-your-power` */
export const officerOf = (r: Pick<Reading, 'actor'>) => {
  const { actor } = r;
  return actor.kind === 'officer' && seesBoard(actor.post_kind) ? actor : refuse('not-your-power');
};

/**
 * The board of the acting post.
 * @param unit only alarms and vehicles of this unit and below
 * @throws Refusal `not-your-power`
 */
export async function board(
  r: Reading,
  unit?: string,
): Promise<{ alerts: BoardAlert[]; vehicles: BoardVehicle[]; at: Temporal.Instant }> {
  const actor = officerOf(r);
  const inside = (path: string) => !unit || path === unit || path.startsWith(`${unit}.`) || unit.startsWith(`${path}.`);
  const alerts = (await store.openAlerts(r))
    .filter((alert) => inside(alert.unit))
    .sort((x, y) => Number(x.drill) - Number(y.drill) || Temporal.Instant.compare(y.received_at, x.received_at));
  const orders = await store.ordersOf(
    r,
    alerts.map(({ id }) => id),
  );
  const vehicles = await store.onDutyVehicles(r);
  const names = await store.callSigns(
    r,
    orders.map((o) => o.vehicle),
  );
  const areas = await unitNames(r, [...new Set(alerts.map((alert) => alert.unit))]);
  const sounds = await soundsBy(
    r,
    alerts.map(({ id }) => id),
  );
  const timers = (
    await store.runningTimers(
      r,
      alerts.map(({ id }) => id),
    )
  ).filter(({ kind }) => kind !== 'silent');
  const by = { post_kind: actor.post_kind, reason: true };
  return {
    at: r.now,
    alerts: alerts.map((alert) => {
      const own = orders.filter((o) => o.alert === alert.id);
      return {
        alert: alert.id,
        number: alert.n,
        state: stateOf(alert, own),
        kind: alert.kind,
        drill: alert.drill,
        at: alert.pressed_at,
        unit: alert.unit,
        area: areas.get(alert.unit) ?? null,
        wanted: alert.wanted,
        short_of: alert.short_of,
        registered: alert.registration !== null,
        callable: alert.registration !== null || alert.way === 'sms',
        way: alert.way,
        place: placeOf(alert),
        her_word: alert.her_word,
        at_112: alert.at_112,
        told_112: alert.told_112_at !== null,
        next: timers
          .filter((t) => t.alert === alert.id && (!own.some(isComing) || !ONLY_UNANSWERED.has(t.kind)))
          .map(({ kind, due_at }) => ({ kind, at: due_at })),
        sounds: sounds.get(alert.id) ?? 0,
        why_not_close: whyNotClose(alert, own, by) ?? null,
        units: own.map((o) => ({
          order: o.id,
          vehicle: o.vehicle,
          call_sign: names.get(o.vehicle) ?? '',
          state: o.state,
          lead: o.lead,
          eta_s: o.eta_s,
          eta_by: o.eta_by,
          eta_at: o.eta_at,
          match_code: o.match_code,
          answer_by: o.answer_by,
          arrival_proof: o.arrival_proof,
          why: o.why,
          lost: isLost(o, r.now),
          over: o.ended_at !== null,
        })),
      };
    }),
    vehicles: vehicles
      .filter((v) => inside(v.path))
      .map((v) => ({
        vehicle: v.id,
        call_sign: v.call_sign,
        unit: v.path,
        lat: v.lat,
        lon: v.lon,
        at: v.at,
        alert: v.alert,
      })),
  };
}

export type AlertStory = {
  at: Temporal.Instant;
  kind: string;
  call_sign: string | null;
  n: number | null;
  why: string | null;
}[];
/** What happened to an alarm, oldest first, the lead's report, and the pieces of sound that can be heard. @throws Refusal `not-found` */
export async function storyOf(
  r: Reading,
  id: string,
): Promise<{ events: AlertStory; report: string | null; sounds: { id: string; at: Temporal.Instant }[] }> {
  officerOf(r);
  if (!(await store.findAlert(r, id))) refuse('not-found');
  const events = await store.eventsOf(r, id);
  const orders = await store.ordersOf(r, [id]);
  const names = await store.callSigns(
    r,
    events.flatMap(({ vehicle }) => vehicle ?? []),
  );
  const told = orders.find((o) => o.sealed_report);
  return {
    events: events.map((e) => ({
      at: e.at,
      kind: e.kind,
      call_sign: e.vehicle && (names.get(e.vehicle) ?? null),
      n: e.n,
      why: e.why,
    })),
    report: told?.sealed_report
      ? keys.open('sos-words', `${told.id}/report`, told.sealed_report).toString('utf8')
      : null,
    sounds: (await soundsOf(r, id)).map((piece) => ({ id: piece.id, at: piece.at })),
  };
}
