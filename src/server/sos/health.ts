// The service watches over itself: heartbeats, what is missing, who is told, drills, the month in figures.
import { type Act, type Actor, clockInDoubt, house, keepBooks, type Reading, read, sweptAgo, tell } from '#foundation';
import { smsReady } from '#notify';
import { tickedAgo } from './dispatcher.ts';
import { onDutyByZone } from './fleet.ts';
import * as store from './store-watch.ts';

const AFRESH_MS = 5000;
/** A sweep a minute, and half of one for its work. */
const SWEPT_MS = 90_000;
/** A knock every ten seconds, and one of them may be slow. */
const ANSWERED_MS = 25_000;
/** A post that was told and does nothing: the next above is told too. With a look every ten seconds that is within a minute. */
export const CLIMB_SECONDS = 45;
export const DRILL_DAYS = 7;

/** From beat to beat, and from look to look at whether one is due. */
const BEAT_MS = 12_000;

let answered: number | undefined;
let opened: number | undefined;
let opensNow = false;
/**
 * From here on the alarm door is heard of only when it was knocked at and answered: called where doors are opened, or stand in other processes.
 * @returns ends that
 */
export function tendDoor(): () => void {
  answered ??= Number.NEGATIVE_INFINITY;
  opensNow ||= opened === undefined;
  opened ??= performance.now();
  return () => {
    answered = undefined;
    opened = undefined;
  };
}
// the doors are open for less than a beat: what was not heard of since yesterday may be there, and is being looked at
const isYoung = (): boolean => opened !== undefined && performance.now() - opened < BEAT_MS;
/** Whether the doors have opened since this was asked last: whoever looks in first is not told of yesterday. */
export function justOpened(): boolean {
  const just = opensNow;
  opensNow = false;
  return just;
}
/** The alarm door of this process was knocked at, from outside the program, and showed her page. */
export async function doorAnswered(): Promise<void> {
  answered = performance.now();
  await keepBooks(house(), (h) => store.beat(h, { heard: ['alarm-door'], on_duty: new Map() }));
}
const doorAnswers = (): boolean => answered === undefined || performance.now() - answered < ANSWERED_MS;

const SITS: readonly string[] = ['control-room', 'callback'];
/**
 * The stream of an open board, or of an open page of the call-back desk, says as long as it stands that somebody is there.
 * @param session the shift it is open in
 */
export async function sitsThere(
  actor: Extract<Actor, { kind: 'officer' }>,
  session: string | undefined,
): Promise<void> {
  if (SITS.includes(actor.post_kind)) await keepBooks(house(), (h) => store.keepSeat(h, actor.post, session));
}

/** Writes down what is heard of every part: every ten seconds, and before a round looks, in a transaction of its own. */
export async function listen(): Promise<void> {
  const on_duty = await onDutyByZone();
  await keepBooks(house(), async (h) => {
    const ticked = tickedAgo();
    const swept = sweptAgo();
    await store.beat(h, {
      // each by whoever has done its work; who works where is asked of sessions and boards
      heard: [
        ...(doorAnswers() ? (['alarm-door'] as const) : []),
        // while the clock is in doubt no deadline is looked at: whoever answers for it is told, and so is everybody who looks
        ...(!clockInDoubt() && (swept === undefined || swept < SWEPT_MS) ? (['deadline-sweep'] as const) : []),
        'vehicles',
        'control-room',
        'callback-desk',
        ...(ticked !== undefined && ticked < AFRESH_MS ? (['dispatcher'] as const) : []),
        ...((await smsReady(h)) ? (['sms-out'] as const) : []),
      ],
      on_duty: on_duty(h.now),
    });
  });
}
/** The gateway of incoming SMS was heard of: by a message, or because it says that it is there. */
export const hearSmsGateway = (): Promise<void> =>
  keepBooks(house(), async (h) => {
    await store.beat(h, { heard: ['sms-in'], on_duty: new Map() });
  });

/** Tells of an open outage: the post that answers for the part, later the next above, past whoever is vacant in the same moment. */
export async function climb(h: Act, open: Pick<store.Due, 'id' | 'about' | 'n'>): Promise<void> {
  let { n } = open;
  let at: { post: string; vacant: boolean } | undefined =
    n === 0 ? { post: open.about, vacant: await store.isVacant(h, open.about) } : await store.above(h, open.about);
  while (at) {
    n += 1;
    await store.addStep(h, { outage: open.id, n, post: at.post, vacant: at.vacant });
    await tell(h, `desk:${at.post}`, open.id);
    if (!at.vacant) return;
    at = await store.above(h, at.post);
  }
}

export type ServiceDay = { day: string; down_s: number };
export type ServicePart = {
  part: store.Part;
  unit: string;
  /** `starting`: this process has just opened its doors; the part was well when it was last heard of, and has not been looked at since */
  state: 'running' | 'missing' | 'off' | 'starting';
  why: store.Missing | null;
  heard_at: Temporal.Instant | null;
  owner: { hi: string; en: string; vacant: boolean };
  told: { hi: string[]; en: string[] };
  level: number;
  minimum: number;
  since: Temporal.Instant | null;
  days: ServiceDay[];
};
export type Service = {
  at: Temporal.Instant;
  parts: ServicePart[];
  drills: store.Drill[];
  month: store.ReportRow[];
};
const DAYS = 30;
const IST = 'Asia/Kolkata';

// An outage whose part is heard of again ends with the next look: it is over already. Only silence may come of a start, never an outage that was
// there before it, too few, or a post that nobody holds.
function stateOf({ is_off, why, down_since, at }: store.PartRow): ServicePart['state'] {
  if (is_off) return 'off';
  if (why === null) return 'running';
  return why === 'silent' && down_since === null && at !== null && isYoung() ? 'starting' : 'missing';
}

/** What everybody may know of the service: each part, thirty days of it, the last drill of each zone, the month's figures. */
export const serviceStatus = (): Promise<Service> =>
  read(house(), 'sos.show-service', async (r: Reading) => {
    const today = r.now.toZonedDateTimeISO(IST).startOfDay();
    const first = today.subtract({ days: DAYS - 1 });
    const outages = await store.outagesSince(r, first.toInstant());
    const parts = await store.parts(r);
    return {
      at: r.now,
      parts: parts.map((part) => ({
        part: part.part,
        unit: part.unit,
        state: stateOf(part),
        why: part.why,
        heard_at: part.at,
        owner: { hi: part.owner_hi, en: part.owner_en, vacant: part.vacant },
        told: { hi: part.told_hi, en: part.told_en },
        level: part.level,
        minimum: part.minimum,
        since: part.why && part.down_since,
        days: Array.from({ length: DAYS }, (_, n) => {
          const from = first.add({ days: n });
          const [begin, end] = [from.epochMilliseconds, from.add({ days: 1 }).epochMilliseconds];
          const down = outages
            .filter((o) => o.part === part.part && o.unit === part.unit)
            .reduce(
              (sum, o) =>
                sum +
                Math.max(
                  0,
                  Math.min(end, (o.until ?? r.now).epochMilliseconds) - Math.max(begin, o.since.epochMilliseconds),
                ),
              0,
            );
          return { day: from.toPlainDate().toString(), down_s: Math.round(down / 1000) };
        }),
      })),
      drills: await store.lastDrills(r),
      month: await store.report(r, today.with({ day: 1 }).toInstant(), r.now),
    };
  });

/** A month in figures, by zone. @param month `YYYY-MM` */
export const monthlyReport = (month: string): Promise<store.ReportRow[]> =>
  read(house(), 'sos.show-service', (r) => {
    const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 }).toZonedDateTime(IST);
    return store.report(r, first.toInstant(), first.add({ months: 1 }).toInstant());
  });

/** What is missing now, as the acting post may see it. */
export const outagesHere = store.outagesHere;
