// One part of the service as everybody sees it: how it stands, who answers for it, and thirty days of it.
import type { ServicePart } from '#sos';
import { type Lang, words } from '#words';
import { shortTime } from '../../../words/format.ts';
import { saidMissing } from '../../said-missing.ts';

const DAY_S = 86_400;
/** Tenths of a percent, and never rounded up: what was away for a minute was not there all the time. */
const TENTHS = 1000;
const COUNTED: Partial<Record<ServicePart['part'], 'vehicles' | 'people'>> = {
  vehicles: 'vehicles',
  'control-room': 'people',
  'callback-desk': 'people',
};

export type PartShown = ReturnType<typeof partShown>;
/** A part of the service as its page shows it. */
export function partShown(lang: Lang, part: ServicePart, zone: string, now: Temporal.Instant) {
  const w = words(lang).sos.status;
  const counted = COUNTED[part.part];
  const age = part.heard_at && Math.max(0, Math.round(now.since(part.heard_at).total('seconds')));
  const missing = part.state === 'missing' ? saidMissing(lang, part.why ?? 'silent', part.level) : null;
  const owner = w.owner(part.owner[lang]);
  const down = part.days.reduce((sum, { down_s }) => sum + down_s, 0) / (part.days.length * DAY_S);
  return {
    id: `${part.part} ${part.unit}`,
    name: w.parts[part.part],
    zone,
    running: part.state === 'running',
    is_off: part.state === 'off',
    is_starting: part.state === 'starting',
    is_few: missing?.is_few ?? false,
    is_none: missing?.is_none ?? false,
    state: missing?.state ?? w[part.state === 'missing' ? 'running' : part.state],
    facts: [
      part.owner.vacant ? `${owner} (${w.vacant})` : owner,
      // nobody has to sit where nobody waits for a call
      part.part === 'callback-desk' && part.state === 'running' && part.level < part.minimum
        ? w.nobody_waits
        : counted
          ? w.level[counted](part.level, part.minimum)
          : age === null
            ? w.never
            : w.heard(age),
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
