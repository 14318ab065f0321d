// The service watches over itself: heartbeats, what is missing, who is told, drills, the month in figures.
import { type Act, house, keepBooks, newId, type Reading, read, tell } from '#foundation';
import { smsReady } from '#notify';
import { tickedAgo } from './dispatcher.ts';
import { onDutyByZone } from './fleet.ts';
import { alertForm } from './forms.ts';
import { practise } from './raising.ts';
import * as store from './store-watch.ts';

const AFRESH_MS = 5000;
/** A post that was told and does nothing: the next above is told too. */
const CLIMB_SECONDS = 60;
const DRILL_DAYS = 7;

/** Parts whose control room or zone is new get their line. As the house. @returns whether there was one */
export async function enrol(h: Act): Promise<boolean> {
  const before = (await store.parts(h)).length;
  await store.enrolParts(h);
  return (await store.parts(h)).length > before;
}

/** Writes down what is heard of every part; the sweep does it every minute and before it looks, in a transaction of its own. */
export const listen = (): Promise<void> =>
  keepBooks(house(), async (h) => {
    const ticked = tickedAgo();
    await store.beat(h, {
      // whoever can write this line stands at the door and sweeps; who works where is asked of the sessions
      heard: [
        'alarm-door',
        'deadline-sweep',
        'vehicles',
        'control-room',
        'callback-desk',
        ...(ticked !== undefined && ticked < AFRESH_MS ? (['dispatcher'] as const) : []),
        ...((await smsReady(h)) ? (['sms-out'] as const) : []),
      ],
      on_duty: await onDutyByZone(h.now),
    });
  });

/** Why a part is missing, if it is. */
export function missingWhy(
  part: Pick<store.PartRow, 'at' | 'level' | 'minimum' | 'every_s'>,
  now: Temporal.Instant,
): 'silent' | 'too-few' | undefined {
  if (!part.at || Temporal.Instant.compare(part.at.add({ seconds: part.every_s }), now) < 0) return 'silent';
  return part.level < part.minimum ? 'too-few' : undefined;
}

/** Begins and ends outages, and tells of the open ones: the post that answers for the part, a minute later the next above, past whoever is vacant. */
export async function lookAfter(h: Act): Promise<void> {
  for (const part of await store.parts(h)) {
    const why = missingWhy(part, h.now);
    if (why && !part.down_since)
      await store.beginOutage(h, { id: newId(), part: part.part, unit: part.unit, why, since: h.now });
    if (!why && part.down_since) await store.endOutage(h, part.part, part.unit);
  }
  for (const open of await store.climbing(h)) {
    const rested = open.last_at && Temporal.Instant.compare(open.last_at.add({ seconds: CLIMB_SECONDS }), h.now) > 0;
    if (!rested) await climb(h, open);
  }
}
async function climb(h: Act, open: store.Climb): Promise<void> {
  let n = open.n ?? 0;
  let at: { post: string; vacant: boolean } | undefined =
    open.last_post === null
      ? { post: open.owner, vacant: await store.isVacant(h, open.owner) }
      : await store.above(h, open.last_post);
  // a vacant post is noted and passed over in the same moment
  while (at) {
    n += 1;
    await store.addStep(h, { outage: open.id, n, post: at.post, vacant: at.vacant });
    await tell(h, `desk:${at.post}`, open.id);
    if (!at.vacant) return;
    at = await store.above(h, at.post);
  }
}

/** A drill in every zone that has had none for a week. As the house. */
export async function drill(h: Act): Promise<void> {
  for (const zone of await store.zonesWithoutDrill(h, h.now.subtract({ hours: 24 * DRILL_DAYS })))
    await practise(h, alertForm.parse({ point: { lat: zone.lat, lon: zone.lon }, drill: true }), zone.unit);
}

export type ServiceDay = { day: string; down_s: number };
export type ServicePart = {
  part: store.Part;
  unit: string;
  state: 'running' | 'missing';
  why: string | null;
  level: number;
  minimum: number;
  since: Temporal.Instant | null;
  days: ServiceDay[];
};
export type Service = {
  at: Temporal.Instant;
  parts: ServicePart[];
  drills: { unit: string; at: Temporal.Instant; vehicles: number }[];
  month: store.ReportRow[];
};
const DAYS = 30;
const IST = 'Asia/Kolkata';

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
        state: missingWhy(part, r.now) || part.down_since ? ('missing' as const) : ('running' as const),
        why: missingWhy(part, r.now) ?? null,
        level: part.level,
        minimum: part.minimum,
        since: part.down_since,
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
