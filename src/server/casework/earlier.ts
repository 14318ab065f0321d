// A complaint she made before this one: as she told it, until an FIR of that time is joined to the file; then as it is on record. Its age
// is counted from its own day.
import { daysBetween, istDay } from '#law';
import type { Named } from '#posts';
import type { Earlier } from '#sealed-identity';
import type { Names } from './names.ts';
import type * as store from './store.ts';

/** `days`: from its own day until today, or until this case was closed; null where she named no day. */
export type EarlierFacts = {
  source: 'as-told' | 'on-record';
  /** as she told it, or the name of the station whose FIR it is */
  station: string | Named | null;
  number: string | null;
  year: number | null;
  on: Temporal.PlainDate | null;
  officer: string | null;
  refused: boolean;
  days: number | null;
};

/**
 * Her earlier complaint, where there was one.
 * @param earlier as she told it
 * @param file her own
 * @param steps of it
 */
export function earlierIn(
  earlier: Earlier | undefined,
  file: store.File,
  steps: readonly store.Step[],
  { names, now }: { names: Names; now: Temporal.Instant },
): EarlierFacts | null {
  const until = istDay(file.closed_at ?? now);
  const linked = steps.findLast(({ step }) => step === 'link-fir');
  if (linked) {
    const on = istDay(Temporal.Instant.from(String(linked.form.recorded_at)));
    const at = [...names.posts.values()].find(({ path, kind }) => kind === 'sho' && path === linked.form.station);
    return {
      source: 'on-record',
      station: at?.unit_name ?? earlier?.station ?? null,
      number: String(linked.form.fir_number),
      year: Number(linked.form.year),
      on,
      officer: earlier?.officer ?? null,
      refused: earlier?.refused ?? false,
      days: daysBetween(on, until),
    };
  }
  if (!earlier) return null;
  const on = earlier.on ? Temporal.PlainDate.from(earlier.on) : null;
  return {
    source: 'as-told',
    station: earlier.station ?? null,
    number: earlier.number ?? null,
    year: earlier.year ?? null,
    on,
    officer: earlier.officer ?? null,
    refused: earlier.refused ?? false,
    days: on && daysBetween(on, until),
  };
}
