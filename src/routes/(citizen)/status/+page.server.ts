// Is the service running? The same checks that the operators' health address answers, and what watches over rapid response.
import { house, read } from '#foundation';
import { listUnits } from '#posts';
import { type Service, serviceStatus } from '#sos';
import { words } from '#words';
import { fullTime, shortTime } from '../../../words/format.ts';
import type { PageServerLoad } from './$types';

type Answer = { status: string; checks: Record<string, 'ok' | 'not-ready'> };
type Seen = { service: Service; zones: Map<string, { hi: string; en: string }> };

const KEEP_MS = 15_000;
let kept: { at: number; seen: Promise<Seen> } | undefined;
// open to everybody: the database is asked four times a minute, however often the page is
function service(): Promise<Seen> {
  if (!kept || performance.now() - kept.at > KEEP_MS) {
    const seen = (async () => ({
      service: await serviceStatus(),
      zones: new Map(
        (await read(house(), 'posts.list-units', (r) => listUnits(r, { under: 'in.up.kanpur_nagar' }))).map((unit) => [
          unit.path,
          { hi: unit.name_hi, en: unit.name_en },
        ]),
      ),
    }))();
    seen.catch(() => {
      kept = undefined;
    });
    kept = { at: performance.now(), seen };
  }
  return kept.seen;
}
const SMALL = 10;
const DAY_S = 86_400;

export const load: PageServerLoad = async ({ locals, fetch }) => {
  const { lang } = locals;
  const w = words(lang).sos.status;
  const { status, checks } = (await (await fetch('/health/ready')).json()) as Answer;
  // the house's own clock; when the database is away, that is the news, and the page goes without the hour
  const now = await read(house(), 'foundation.look-ready', async (r) => r.now).catch(() => undefined);
  const seen = now && (await service().catch(() => undefined));
  const nameOf = (unit: string) => seen?.zones.get(unit)?.[lang] ?? '';
  const pair = (a: number | null, b: number | null) =>
    a === null || b === null ? '–' : `${w.seconds(a)}, ${w.seconds(b)}`;
  return {
    running: status === 'ok',
    parts: Object.entries(checks).map(([id, state]) => ({ id, running: state === 'ok' })),
    when: now ? fullTime(lang, now) : '',
    service: (seen?.service.parts ?? []).map((part) => ({
      id: `${part.part} ${part.unit}`,
      name: w.parts[part.part],
      zone: nameOf(part.unit),
      running: part.state === 'running',
      level: part.minimum > 1 || part.state !== 'running' ? w.level(part.level, part.minimum) : '',
      since: part.since ? w.since(shortTime(lang, part.since)) : '',
      up: w.thirty(
        `${(100 - (part.days.reduce((sum, { down_s }) => sum + down_s, 0) / (part.days.length * DAY_S)) * 100).toFixed(1)}%`,
      ),
      // a day: whole, a part of it missing, most of it missing
      days: part.days.map(({ down_s }) => (down_s === 0 ? 0 : down_s < DAY_S / 2 ? 1 : 2)),
    })),
    drills: (seen?.service.drills ?? []).map((drill) =>
      w.drill(nameOf(drill.unit) || drill.unit, shortTime(lang, drill.at), drill.vehicles),
    ),
    month: (seen?.service.month ?? [])
      .filter(({ alarms }) => alarms > 0)
      .map((row) =>
        row.alarms < SMALL
          ? [nameOf(row.unit), w.few, '–', '–']
          : [
              nameOf(row.unit),
              `${row.alarms}`,
              pair(row.accept_median, row.accept_p90),
              pair(row.arrive_median, row.arrive_p90),
            ],
      ),
  };
};
