// Is the service running? The same checks that the operators' health address answers, and what watches over rapid response.
import { house, read } from '#foundation';
import { listUnits } from '#posts';
import { type ProgrammeChange, programmeChanges, type Service, serviceStatus } from '#sos';
import { words } from '#words';
import { fullTime, istDay, longDay, shortTime } from '../../../words/format.ts';
import { type PartShown, partShown } from './part-shown.ts';
import type { PageServerLoad } from './$types';

type Answer = { status: string; checks: Record<string, 'ok' | 'not-ready'> };
type Seen = { service: Service; changes: ProgrammeChange[]; zones: Map<string, { hi: string; en: string }> };

const KEEP_MS = 15_000;
/** Right after a start, while parts are looked at. */
const KEEP_SHORTLY_MS = 1000;
let kept: { until: number; seen: Promise<Seen> } | undefined;
// open to everybody: the database is asked four times a minute, however often the page is
function service(): Promise<Seen> {
  if (!kept || performance.now() > kept.until) {
    const seen = (async () => ({
      service: await serviceStatus(),
      changes: await programmeChanges(),
      zones: new Map(
        (await read(house(), 'posts.list-units', (r) => listUnits(r, { under: 'in.up.kanpur_nagar' }))).map((unit) => [
          unit.path,
          { hi: unit.name_hi, en: unit.name_en },
        ]),
      ),
    }))();
    const mine = { until: performance.now() + KEEP_MS, seen };
    seen.then(
      ({ service: { parts } }) => {
        if (parts.some(({ state }) => state === 'starting')) mine.until = performance.now() + KEEP_SHORTLY_MS;
      },
      () => {
        if (kept === mine) kept = undefined;
      },
    );
    kept = mine;
  }
  return kept.seen;
}
const SMALL = 10;
export const load: PageServerLoad = async ({ locals, fetch }) => {
  const { lang } = locals;
  const w = words(lang).sos.status;
  const { status, checks } = (await (await fetch('/health/ready')).json()) as Answer;
  // the house's own clock; when the database is away, that is the news, and the page goes without the hour
  const now = await read(house(), 'foundation.look-ready', async (r) => r.now).catch(() => undefined);
  const seen = now && (await service().catch(() => undefined));
  const nameOf = (unit: string) => seen?.zones.get(unit)?.[lang] ?? '';
  const time = (s: number | null) => (s === null ? w.unknown : w.seconds(s));
  const parts: PartShown[] = now
    ? (seen?.service.parts ?? []).map((part) => partShown(lang, part, nameOf(part.unit), now))
    : [];
  return {
    running: status === 'ok',
    is_off: parts.some(({ is_off }) => is_off),
    is_starting: parts.some(({ is_starting }) => is_starting),
    short: parts
      .filter(({ running, is_off, is_starting }) => !running && !is_off && !is_starting)
      .map(({ id, name, zone, state, is_none }) => ({ id, name, zone, state, is_none })),
    parts: Object.entries(checks).map(([id, state]) => ({ id, running: state === 'ok' })),
    when: now ? fullTime(lang, now) : '',
    service: parts,
    drills: (seen?.service.drills ?? []).map((drill) => ({
      unit: drill.unit,
      zone: nameOf(drill.unit) || drill.unit,
      at: shortTime(lang, drill.at),
      said: w.drill(drill.vehicles),
      rest: [w.drill_sms_in(drill.sms_in), w.drill_sms_out(drill.sms_out), w.drill_seen(drill.seen_s)].join(' · '),
      met: drill.vehicles >= 2 && drill.sms_in !== false && drill.sms_out && drill.seen_s !== null,
    })),
    changes: (seen?.changes ?? []).flatMap((change) =>
      change.agreed
        ? [
            {
              id: change.id,
              said: w.switch_line(change.turns, longDay(lang, istDay(change.from_at)), nameOf(change.unit)),
              reason: change.reason,
              posts: w.switch_posts(change.proposed[lang], change.agreed[lang], change.told),
            },
          ]
        : [],
    ),
    month: (seen?.service.month ?? [])
      .filter(({ alarms }) => alarms > 0)
      .map((row) => ({
        zone: nameOf(row.unit) || w.elsewhere,
        few: row.alarms < SMALL,
        alarms: w.alarms(row.alarms),
        accepted: [time(row.accept_median), time(row.accept_p90)],
        there: [time(row.arrive_median), time(row.arrive_p90)],
      })),
  };
};
