// What an alarm is worth, whom to send, when to do more, what arriving and closing need. Pure: told the time, asks nothing.
import { asciiDigits } from '#law';

export const KINDS = ['alarm', 'silent', 'duress'] as const;
export type Kind = (typeof KINDS)[number];
/** What an alarm is, as everybody is shown it. */
export const ALERT_STATES = [
  'held',
  'waiting',
  'ordered',
  'accepted',
  'arrived',
  'reported',
  'handed-to-112',
  'closed',
  'cancelled',
] as const;
export type AlertState = (typeof ALERT_STATES)[number];
export const ORDER_STATES = [
  'ordered',
  'accepted',
  'en-route',
  'arrived',
  'settled',
  'done',
  'declined',
  'silent',
  'released',
  'practice',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];
/** What a crew presses. `done` needs no further word of anybody; `need-help` changes no state. */
export const CREW_DEEDS = ['accept', 'decline', 'en-route', 'arrived', 'settled', 'need-help', 'done'] as const;
export type CrewDeed = (typeof CREW_DEEDS)[number];
export const DECLINE_REASONS = ['vehicle', 'other-work', 'road-closed', 'too-far'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];
/** What came of an alarm. Settled is what she and the lead crew say together; everything else is somebody's decision with a reason. */
export const OUTCOMES = [
  'settled',
  'taken-to-safety',
  'complaint',
  'left-before',
  'false-alarm',
  'not-found',
  'handed-to-112',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** No acceptance: more vehicles, control room and neighbours, 112. Seconds from sending. settled.md 11. */
export const TIMERS = { widen: 20, 'bring-in': 40, 'hand-112': 60 } as const;
export const AGAIN_SECONDS = 60;
/** A vehicle whose last fix is older is not sent: nobody knows where it is. */
export const FRESH_SECONDS = 120;
/** A crew that accepted and is not heard of for so long is no longer counted on; its order stays. */
export const LOST_SECONDS = 60;
/** A vehicle that reports nothing for so long is off duty. */
export const SHIFT_SILENT_MINUTES = 30;
/** How far from her last place a vehicle may stand to count as there. */
export const THERE_METRES = 300;
export const RINGS_KM = [15, 40, 120] as const;
export const MOST_VEHICLES = 10;
/** Open alarms of one number at a time, and in 24 hours: above it one vehicle comes until the control room says more. Never none. */
export const MANY_A_DAY = 5;

export type Point = { lat: number; lon: number };
const R = 6_371_000;
const rad = (deg: number) => (deg * Math.PI) / 180;
/** Metres between two points over the ground. */
export function metres(a: Point, b: Point): number {
  const dLat = rad(b.lat - a.lat);
  const dLon = rad(b.lon - a.lon);
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(dLon / 2) ** 2;
  return 2 * R * Math.asin(Math.min(1, Math.sqrt(h)));
}

// what is known before anything was learnt: a road is longer than a line, and a town is slow by day
const ROAD = 1.35;
const KMH = { day: 24, night: 32 };
/**
 * Seconds a vehicle needs: by what finished runs of the area and hour took, once there are enough of them, else by distance.
 * @param pace straight metres and seconds of finished runs
 */
export function etaOf(
  distance_m: number,
  hour: number,
  pace: { runs: number; metres: number; seconds: number } | undefined,
): { eta_s: number; eta_by: 'distance' | 'learnt' } {
  if (pace && pace.runs >= 5 && pace.metres > 0)
    return { eta_s: Math.max(30, Math.round((distance_m * pace.seconds) / pace.metres)), eta_by: 'learnt' };
  const kmh = hour >= 22 || hour < 7 ? KMH.night : KMH.day;
  return { eta_s: Math.max(30, Math.round((distance_m * ROAD) / (kmh / 3.6))), eta_by: 'distance' };
}

/**
 * How many vehicles an alarm gets: as many as its kind and area want, less what is to be kept back, but two at least.
 * @param free how many fresh and free vehicles there are around
 * @param many how often this number has raised an alarm in 24 hours
 */
export function wantedOf(
  want: { vehicles: number; reserve: number },
  free: number,
  many: number,
): { wanted: number; short_of: 'many-alarms' | 'reserve' | null } {
  if (many >= MANY_A_DAY) return { wanted: 1, short_of: 'many-alarms' };
  const least = Math.min(2, want.vehicles);
  const left = Math.max(least, Math.min(want.vehicles, free - want.reserve));
  // too few at all is no matter of the reserve
  return want.reserve > 0 && left < want.vehicles && free > left
    ? { wanted: left, short_of: 'reserve' }
    : { wanted: want.vehicles, short_of: null };
}

/** What stands around a place: fresh vehicles on duty, those that alarms without a number hold, and how many such alarms hold one. */
export type Load = { fresh: number; held: number; alarms: number };
/**
 * Whether one more alarm without a number would be too many: it gets one vehicle at once, and the rest when something stands behind it.
 * @param more so many vehicles it would hold
 */
export const isFlood = (
  { fresh, held, alarms }: Load,
  more: number,
  rule: { unknown_share: number; unknown_least: number },
): boolean => alarms >= rule.unknown_least && (held + more) * 100 > fresh * rule.unknown_share;
/** Whether nothing stands behind an alarm yet: no number, and nobody who was there or looked at it. */
export const isNameless = (alert: {
  registration: string | null;
  caller_mac: Uint8Array | null;
  vouched_at: Temporal.Instant | null;
  drill: boolean;
}): boolean => alert.registration === null && alert.caller_mac === null && alert.vouched_at === null && !alert.drill;

export type Near = { vehicle: string; path: string; distance_m: number };
/**
 * The nearest, but not all from one station where another is near: one hostile or careless station must not be alone with her (safety T9).
 * @param near in order of distance, more than are wanted
 */
export function choose(near: readonly Near[], wanted: number): Near[] {
  const chosen = near.slice(0, wanted);
  const first = chosen[0];
  if (wanted < 2 || chosen.length < wanted || !first || chosen.some(({ path }) => path !== first.path)) return chosen;
  const other = near.slice(wanted).find(({ path }) => path !== first.path);
  return other ? [...chosen.slice(0, -1), other] : chosen;
}

/** Whether an alarm still goes on, whoever is on the way. */
export const OPEN_STATES = ['held', 'waiting', 'open'] as const;
export const isOpen = ({ state }: { state: string }): boolean => (OPEN_STATES as readonly string[]).includes(state);
/** The district, or the police commissionerate, that a unit lies in: the first three levels of its path. */
export const districtOf = (unit: string): string => unit.split('.').slice(0, 3).join('.');

export type OrderFacts = {
  state: OrderState;
  ended_at: Temporal.Instant | null;
  lead: boolean;
  drill?: boolean;
  arrival_proof?: string | null;
  arrived_at?: Temporal.Instant | null;
  reported_at?: Temporal.Instant | null;
};
/** States of an order whose crew has said yes and has not been let go. */
export const COMING: readonly OrderState[] = ['accepted', 'en-route', 'arrived', 'settled'];
/** Asked, or on the way, and not there yet. */
export const isUnderway = ({ state, ended_at }: OrderFacts): boolean =>
  ended_at === null && ['ordered', 'accepted', 'en-route'].includes(state);
export const isComing = ({ state, ended_at }: OrderFacts): boolean => ended_at === null && COMING.includes(state);
export const isThere = ({ state, ended_at }: OrderFacts): boolean =>
  ended_at === null && (state === 'arrived' || state === 'settled');
// what a crew merely says of its arrival sends nobody home
const isSurelyThere = (order: OrderFacts): boolean => isThere(order) && (order.arrival_proof ?? 'none') !== 'none';
/** Whether the crew has said what was done; it may have gone since. One that asks for help after all has not. */
export const hasReported = ({ state, reported_at }: OrderFacts): boolean =>
  state === 'settled' || (state === 'done' && (reported_at ?? null) !== null);

/** Whether a crew that said yes has fallen silent. @param heard when its vehicle was last where it said it is */
export const isLostSince = (order: OrderFacts, heard: Temporal.Instant | null, now: Temporal.Instant): boolean =>
  ['accepted', 'en-route'].includes(order.state) &&
  order.ended_at === null &&
  (heard === null || heard.epochMilliseconds < now.epochMilliseconds - LOST_SECONDS * 1000);

/**
 * How many more are to be sent: what is wanted less those who are asked or come.
 * @param lost of these, so many are not heard of: each is replaced once, for its replacement counts from then on
 */
export const missing = (wanted: number, orders: readonly OrderFacts[], lost = 0): number =>
  Math.max(0, wanted - (orders.filter(({ ended_at }) => ended_at === null).length - lost));

/** Whether enough have surely arrived that the others may go: all that were wanted, or two. */
export const enough = (wanted: number, orders: readonly OrderFacts[]): boolean =>
  orders.filter(isSurelyThere).length >= Math.max(1, Math.min(wanted, 2));
/** Whether nobody more has to be sent: enough are there, or it was reported what was done. */
export const isSettled = (wanted: number, orders: readonly OrderFacts[]): boolean =>
  enough(wanted, orders) || orders.some(hasReported);

/** The state of an alarm as everybody is shown it. */
export function stateOf(
  alert: { state: string; at_112: Temporal.Instant | null },
  orders: readonly OrderFacts[],
): AlertState {
  if (alert.state === 'waiting' && alert.at_112) return 'handed-to-112';
  if (alert.state !== 'open') return alert.state as AlertState;
  if (orders.some(hasReported)) return 'reported';
  if (orders.some(isThere)) return 'arrived';
  if (orders.some(isComing)) return 'accepted';
  if (alert.at_112) return 'handed-to-112';
  return orders.some(({ ended_at }) => ended_at === null) ? 'ordered' : 'waiting';
}

const FROM: Record<CrewDeed, readonly OrderState[]> = {
  // one that answers after its time gets a new order, as long as it is needed
  accept: ['ordered'],
  decline: ['ordered', 'accepted', 'en-route'],
  'en-route': ['ordered', 'accepted'],
  arrived: ['accepted', 'en-route'],
  settled: ['arrived'],
  'need-help': ['accepted', 'en-route', 'arrived', 'settled'],
  done: ['arrived', 'settled'],
};
/** Why a crew may not press this now; silence is consent. A repeated press is no fault. */
export function whyNotDeed(
  deed: CrewDeed,
  order: OrderFacts,
): 'wrong-state' | 'order-over' | 'lead-reports' | 'report-first' | undefined {
  if (order.ended_at !== null) return 'order-over';
  if (!FROM[deed].includes(order.state)) return 'wrong-state';
  if (deed === 'settled' && !order.lead) return 'lead-reports';
  // the lead does not leave without a word of what was done
  if (deed === 'done' && order.lead && order.state !== 'settled') return 'report-first';
  return undefined;
}

/** Why a crew that did not answer in time is not needed any more; silence is consent. Whoever says yes counts more than who was asked meanwhile. */
export const whyNotLate = (
  alert: { state: string; wanted: number },
  orders: readonly OrderFacts[],
): 'order-over' | undefined =>
  alert.state !== 'open' ||
  isSettled(alert.wanted, orders) ||
  orders.filter(isComing).length >= alert.wanted ||
  orders.filter(({ ended_at }) => ended_at === null).length >= MOST_VEHICLES
    ? 'order-over'
    : undefined;

/** What proves an arrival: the vehicle stands there, or she has told it her number; what a crew merely says proves nothing (safety C-36). */
export const proofOf = (distance_m: number | undefined, number_right: boolean): 'place' | 'code' | 'none' =>
  distance_m !== undefined && distance_m <= THERE_METRES ? 'place' : number_right ? 'code' : 'none';

const DECIDES = ['acp', 'dcp', 'adcp-women', 'cp', 'sp'] as const;
/** Who decides that an alarm is over without her yes. */
export const mayDecide = (post_kind: string): boolean => (DECIDES as readonly string[]).includes(post_kind);
type HerWord = { her_word: string | null; her_word_at: Temporal.Instant | null };
/**
 * Whether her word is the yes that closes: it came after the report, or when help was surely there. That she is safe before anybody came is
 * no word about what a crew reports later.
 */
export function isHerYes({ her_word, her_word_at }: HerWord, orders: readonly OrderFacts[]): boolean {
  if (her_word !== 'safe' || her_word_at === null) return false;
  const isBefore = (at: Temporal.Instant | null | undefined) =>
    at != null && Temporal.Instant.compare(at, her_word_at) <= 0;
  return orders.some(
    (o) =>
      (hasReported(o) && isBefore(o.reported_at)) || ((o.arrival_proof ?? 'none') !== 'none' && isBefore(o.arrived_at)),
  );
}
/** Whether a report lies there and her yes is waited for. */
export const needsHerYes = (alert: HerWord, orders: readonly OrderFacts[]): boolean =>
  orders.some(hasReported) && !isHerYes(alert, orders);

/**
 * Why an alarm may not be closed yet. Settled needs the lead's report and her own yes to it; else a superior decides, with a reason.
 * @param by the post that closes; null when both have said it and it closes by itself
 */
export function whyNotClose(
  alert: { state: string } & HerWord,
  orders: readonly OrderFacts[],
  by: { post_kind: string; reason: boolean } | null,
): 'wrong-state' | 'needs-crew-report' | 'needs-her-yes' | 'say-why' | 'not-your-power' | undefined {
  if (alert.state === 'closed' || alert.state === 'cancelled') return 'wrong-state';
  if (by && mayDecide(by.post_kind)) return by.reason ? undefined : 'say-why';
  if (by && by.post_kind !== 'control-room') return 'not-your-power';
  if (!orders.some(hasReported)) return 'needs-crew-report';
  return isHerYes(alert, orders) ? undefined : 'needs-her-yes';
}

/** “SOS 26.4912,80.2874”, “sos 26.49 80.28”, a bare SOS; undefined for anything else. Digits of either script. */
export function readSms(text: string): { point: Point | null } | undefined {
  const said = /^\s*(?:sos|एसओएस|मदद)(?![\p{L}\p{M}])[\s:,-]*(.*)$/isu.exec(asciiDigits(text));
  if (!said) return undefined;
  const pair = /^(-?\d{1,2}(?:\.\d{1,8})?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d{1,8})?)/.exec(said[1] ?? '');
  if (!pair) return { point: null };
  const point = { lat: Number(pair[1]), lon: Number(pair[2]) };
  return { point: Math.abs(point.lat) <= 90 && Math.abs(point.lon) <= 180 ? point : null };
}

/**
 * Sound with an alarm: bytes of a piece, pieces of an alarm (12 minutes of 8 seconds), bytes of all alarms that are no complaints (nobody
 * has to say who she is to press), and for how many hours after the end a phone without a network may still bring what it recorded before.
 */
export const SOUND = { bytes: 160 * 1024, pieces: 90, all_bytes: 10 * 1024 ** 3, late_hours: 12 } as const;
const AHEAD_MINUTES = 5;

/**
 * Why a piece of sound is not taken; silence is consent.
 * @param piece `agreed`: she has switched it on beforehand; `at`: when it begins, by her phone; `pieces`: how many are there
 */
export function whyNotSound(
  alert: { state: string; drill: boolean; complaint: string | null; closed_at: Temporal.Instant | null },
  piece: { agreed: boolean; at: Temporal.Instant; pieces: number; now: Temporal.Instant },
): 'sound-not-agreed' | 'sound-over' | 'sound-full' | 'not-in-the-future' | undefined {
  const { agreed, at, pieces, now } = piece;
  if (!agreed || alert.drill) return 'sound-not-agreed';
  // what becomes a complaint is complete, and what she has called off was nothing
  if (alert.complaint !== null || alert.state === 'cancelled') return 'sound-over';
  const { closed_at } = alert;
  if (closed_at !== null) {
    const late = Temporal.Instant.compare(now, closed_at.add({ hours: SOUND.late_hours })) > 0;
    if (late || Temporal.Instant.compare(at, closed_at) > 0) return 'sound-over';
  }
  if (Temporal.Instant.compare(at, now.add({ minutes: AHEAD_MINUTES })) > 0) return 'not-in-the-future';
  return pieces >= SOUND.pieces ? 'sound-full' : undefined;
}
