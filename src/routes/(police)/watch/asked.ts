// What the address of a page of figures asks for: the unit by its path, months from and to, the group.
import { error } from '@sveltejs/kit';
import { Refusal } from '#foundation';
import { type WatchForm, watchForm } from '#oversight';

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** The questions as they were typed, for the fields on the page. */
export type Typed = { from: string; to: string; group: string };

/** The questions as links go on asking them: "" or "?from=2026-01&group=pocso". What nobody asks is not among them. */
export const queryOf = ({ from, to, group }: Typed): string => {
  const asked = new URLSearchParams({ ...(from && { from }), ...(to && { to }), ...(group !== 'all' && { group }) });
  return asked.size > 0 ? `?${asked}` : '';
};

/**
 * Reads an address.
 * @param unit the path as it stands in the address: "in/up/kanpur_nagar"
 * @returns what is asked; undefined where the unit or the group is none; `wrong` names the month that could not be read
 */
export function askedOf(
  unit: string,
  params: URLSearchParams,
): { asked: WatchForm; typed: Typed; wrong: string[] } | undefined {
  const typed = { from: params.get('from') ?? '', to: params.get('to') ?? '', group: params.get('group') ?? 'all' };
  const wrong = (['from', 'to'] as const).filter((name) => typed[name] !== '' && !MONTH.test(typed[name]));
  const month = (name: 'from' | 'to') => (typed[name] === '' || wrong.includes(name) ? undefined : typed[name]);
  const [from, to] = [month('from'), month('to')];
  const last = to && Temporal.PlainDate.from(`${to}-01`);
  const parsed = watchForm.safeParse({
    unit: unit.replaceAll('/', '.'),
    group: typed.group,
    ...(from ? { from: `${from}-01` } : {}),
    ...(last ? { to: last.with({ day: last.daysInMonth }).toString() } : {}),
  });
  return parsed.success ? { asked: parsed.data, typed, wrong } : undefined;
}

/** Nothing is here for whoever asks: what does not exist and what is not theirs look the same. */
export const notFound = () => error(404, { message: 'not-found' });

/** What an address answers; what is not there, or not for whoever asks, is not found. */
export async function foundOr404<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (refused) {
    if (refused instanceof Refusal && refused.code === 'not-found') return notFound();
    throw refused;
  }
}
