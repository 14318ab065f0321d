// The catalogue of offences, searched by officers: by number, word, category and the day of the deed. Nobody's case is read here.
import { browseOffences, CATEGORIES, NEW_CODES_FROM, offenceFacts } from '#law';
import { unsent } from '../../unsent.ts';
import { plainDay } from '../day-and-hour.ts';
import { signedIn } from '../signed-in.ts';
import type { PageServerLoad } from './$types';

const SHOWN = 30;

export const load: PageServerLoad = (event) => {
  signedIn(event);
  const asked = event.url.searchParams;
  const q = (asked.get('word') ?? '').slice(0, 100);
  const typed_day = (asked.get('on') ?? '').slice(0, 20);
  const category = CATEGORIES.find((known) => known === asked.get('category')) ?? null;
  const on = typed_day.trim() === '' ? undefined : dayOf(typed_day);
  const rows = browseOffences(q, { category: category ?? undefined, on });
  return unsent({
    q,
    on: typed_day,
    day_wrong: typed_day.trim() !== '' && !on,
    code_of_day: on ? (Temporal.PlainDate.compare(on, NEW_CODES_FROM) < 0 ? ('IPC' as const) : ('BNS' as const)) : null,
    category,
    kinds: [null, ...CATEGORIES].map((kind) => ({
      category: kind,
      href: linkTo({ word: q, on: typed_day, category: kind }),
    })),
    all: rows.length,
    found: rows.slice(0, SHOWN).map((row) => offenceFacts(row, 'officer')),
  });
};

// what was asked stays asked when the category changes
function linkTo(asked: Record<string, string | null>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) if (value) query.set(name, value);
  return query.size > 0 ? `/law?${query}` : '/law';
}

function dayOf(typed: string): Temporal.PlainDate | undefined {
  const said = plainDay(typed);
  if (!/^\d{4}-\d\d-\d\d$/.test(said)) return undefined;
  try {
    return Temporal.PlainDate.from(said, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}
