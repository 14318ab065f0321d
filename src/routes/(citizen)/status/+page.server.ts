// Is the service running? The same checks that the operators' health address answers, and what watches over rapid response.
import { house, read } from '#foundation';
import { listUnits } from '#posts';
import { type ProgrammeChange, programmeChanges, type Service, type ServicePart, serviceStatus } from '#sos';
import { type Lang, words } from '#words';
import { fullTime, istDay, longDay, shortTime } from '../../../words/format.ts';
import type { PageServerLoad } from './$types';

type Answer = { status: string; checks: Record<string, 'ok' | 'not-ready'> };
type Seen = { service: Service; changes: ProgrammeChange[]; zones: Map<string, { hi: string; en: string }> };

const KEEP_MS = 15_000;
let kept: { at: number; seen: Promise<Seen> } | undefined;
// open to everybody: the database is asked four times a minute, however often the page is
function service(): Promise<Seen> {
  if (!kept || performance.now() - kept.at > KEEP_MS) {
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
    seen.catch(() => {
      kept = undefined;
    });
    kept = { at: performance.now(), seen };
  }
  return kept.seen;
}
const SMALL = 10;
const DAY_S = 86_400;
/** Tenths of a percent, and never rounded up: what was away for a minute was not there all the time. */
const TENTHS = 1000;
const COUNTED: Partial<Record<ServicePart['part'], 'vehicles' | 'people'>> = {
  vehicles: 'vehicles',
  'control-room': 'people',
  'callback-desk': 'people',
};

type Part = ReturnType<typeof partOf>;
function partOf(lang: Lang, part: ServicePart, zone: string, now: Temporal.Instant) {
  const w = words(lang).sos.status;
  const counted = COUNTED[part.part];
  const age = part.heard_at && Math.max(0, Math.round(now.since(part.heard_at).total('seconds')));
  const few = part.state !== 'running' && part.state !== 'off' && part.why === 'too-few';
  const none = few && part.level === 0;
  const owner = w.owner(part.owner[lang]);
  const down = part.days.reduce((sum, { down_s }) => sum + down_s, 0) / (part.days.length * DAY_S);
  return {
    id: `${part.part} ${part.unit}`,
    name: w.parts[part.part],
    zone,
    running: part.state === 'running',
    is_off: part.state === 'off',
    is_few: few && !none,
    is_none: none,
    state:
      part.state === 'running'
        ? w.running
        : part.state === 'off'
          ? w.off
          : none
            ? w.nothing
            : w.missing[part.why ?? 'silent'],
    facts: [
      part.owner.vacant ? `${owner} (${w.vacant})` : owner,
      counted ? w.level[counted](part.level, part.minimum) : age === null ? w.never : w.heard(age),
    ].join(' · '),
    told: [
      ...(part.since ? [w.since(shortTime(lang, part.since))] : []),
      ...(part.told[lang].length > 0 ? [w.told(part.told[lang].join(', '))] : []),
    ].join(' · '),
    up: w.thirty(
      new Intl.NumberFormat(lang, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
        Math.floor((1 - down) * TENTHS) / TENTHS,
      ),
    ),
    // a day: whole, a part of it missing, most of it missing
    days: part.days.map(({ down_s }) => (down_s === 0 ? 0 : down_s < DAY_S / 2 ? 1 : 2)),
  };
}

export const load: PageServerLoad = async ({ locals, fetch }) => {
  const { lang } = locals;
  const w = words(lang).sos.status;
  const { status, checks } = (await (await fetch('/health/ready')).json()) as Answer;
  // the house's own clock; when the database is away, that is the news, and the page goes without the hour
  const now = await read(house(), 'foundation.look-ready', async (r) => r.now).catch(() => undefined);
  const seen = now && (await service().catch(() => undefined));
  const nameOf = (unit: string) => seen?.zones.get(unit)?.[lang] ?? '';
  const time = (s: number | null) => (s === null ? w.unknown : w.seconds(s));
  const parts: Part[] = now
    ? (seen?.service.parts ?? []).map((part) => partOf(lang, part, nameOf(part.unit), now))
    : [];
  return {
    running: status === 'ok',
    is_off: parts.some(({ is_off }) => is_off),
    short: parts
      .filter(({ running, is_off }) => !running && !is_off)
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
