// What falls due when, for the post that works the files; and addresses under which its days can be fetched without anybody's name.
import { randomBytes } from 'node:crypto';
import { type Act, INDIA, keys, newId, type Reading, refuse, refuseIf } from '#foundation';
import { isOurs, type Responsible } from '#law';
import { findPosts, type Named, postName } from '#posts';
import * as store from './calendar-store.ts';
import type { State } from './powers.ts';
import type { Cited } from './store.ts';

/** One running clock in the calendar. `number` is null until she was called. */
export type CalendarEntry = {
  id: string;
  rule: string;
  kind: 'law' | 'police-target';
  due_at: Temporal.Instant;
  due_on: Temporal.PlainDate;
  /** it has passed, and it was for the police to meet */
  late: boolean;
  /** who has to act */
  responsible: Responsible;
  /** of one accused, from 1 */
  accused: number | null;
  number: string | null;
  fir: string | null;
  /** the station's own register */
  register: { serial: number; year: number } | null;
  sections: Cited[];
  state: State;
  child: boolean;
  post_name: Named;
  /** the file lies on a desk of another post: a vacant one, or one of the circle */
  elsewhere: boolean;
};
/** How many clocks fall on a day. */
export type DayCount = { on: Temporal.PlainDate; law: number; target: number; late: number };
type Asked = {
  from: Temporal.PlainDate;
  days: number;
  circle?: boolean;
  only?: 'overdue' | 'span';
  after?: string | undefined;
  limit?: number;
};
export type Calendar = {
  from: Temporal.PlainDate;
  /** the last day */
  until: Temporal.PlainDate;
  at: Temporal.Instant;
  /** what the police have let pass and still runs, wherever it fell */
  overdue: CalendarEntry[];
  /** the days on which something falls due, in order */
  days: { on: Temporal.PlainDate; entries: CalendarEntry[] }[];
  /** for {@link calendarOf}'s `after`; null at the end */
  next: string | null;
};

const MOST_DAYS = 92;
const MOST_ENTRIES = 200;
const MOST_FED = 1000;

const midnight = (day: Temporal.PlainDate): Temporal.Instant => day.toZonedDateTime(INDIA).toInstant();

function spanOf(from: Temporal.PlainDate, days: number, circle: boolean): store.Span {
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) refuse('not-understood', 'days');
  return { from: midnight(from), until: midnight(from.add({ days })), circle };
}

/**
 * The running clocks of the files this post works: those on its desk and on vacant desks that have come up to it; what is overdue on
 * top, then by day. Which files: row security and the desk decide, nothing here.
 * @param asked `from` and `days` (1 to 92) in India; `circle`: everything in sight instead; `only`: what is overdue, or what falls on
 *   those days, late or not; `after` and `limit` (to 200): one part
 * @throws Refusal `not-your-power` for anybody but an officer; `not-understood` for a span or a mark that is none
 */
export async function calendarOf(r: Reading, asked: Asked): Promise<Calendar> {
  const { actor } = r;
  if (actor.kind !== 'officer') refuse('not-your-power');
  const { from, days, circle = false, limit = MOST_ENTRIES } = asked;
  const most = Math.min(limit, MOST_ENTRIES);
  const after = asked.after === undefined ? undefined : markRead(asked.after);
  const rows = await store.dueClocks(r, { ...spanOf(from, days, circle), only: asked.only }, { after, most: most + 1 });
  const shown = rows.slice(0, most);
  const posts = await findPosts(r, [...new Set(shown.map((row) => row.desk_post))]);
  const names = new Map(posts.map((post) => [post.id, postName(post)]));
  const entries = shown.map((row) => entryOf(row, r.now, actor.post, names));
  const last = shown.at(-1);
  return {
    from,
    until: from.add({ days: days - 1 }),
    at: r.now,
    overdue: entries.filter(({ late }) => late),
    days: [
      ...Map.groupBy(
        entries.filter(({ late }) => !late),
        ({ due_on }) => due_on.toString(),
      ).values(),
    ].flatMap((ofDay) => (ofDay[0] ? [{ on: ofDay[0].due_on, entries: ofDay }] : [])),
    next: rows.length > most && last ? mark(last) : null,
  };
}

/**
 * How many clocks fall on each day of a span, and how many are overdue in all. Asked as {@link calendarOf}.
 * @throws Refusal as {@link calendarOf}
 */
export async function calendarCounts(
  r: Reading,
  asked: Pick<Asked, 'from' | 'days' | 'circle'>,
): Promise<{ days: DayCount[]; late: { law: number; target: number } }> {
  if (r.actor.kind !== 'officer') refuse('not-your-power');
  const rows = await store.countDue(r, spanOf(asked.from, asked.days, asked.circle ?? false));
  const sum = (some: readonly store.DueCount[], of: (row: store.DueCount) => boolean): number =>
    some.filter(of).reduce((total, { n }) => total + n, 0);
  const days = Map.groupBy(
    rows.flatMap((row) => (row.on ? [{ ...row, on: row.on }] : [])),
    ({ on }) => on.toString(),
  );
  return {
    days: [...days.values()]
      .flatMap((ofDay) =>
        ofDay[0]
          ? [
              {
                on: ofDay[0].on,
                law: sum(ofDay, ({ kind }) => kind === 'law'),
                target: sum(ofDay, ({ kind }) => kind === 'police-target'),
                late: sum(ofDay, ({ late }) => late),
              },
            ]
          : [],
      )
      .sort((a, b) => Temporal.PlainDate.compare(a.on, b.on)),
    late: {
      law: sum(rows, ({ late, kind }) => late && kind === 'law'),
      target: sum(rows, ({ late, kind }) => late && kind === 'police-target'),
    },
  };
}

const entryOf = (
  row: store.Due,
  now: Temporal.Instant,
  post: string,
  names: ReadonlyMap<string, Named>,
): CalendarEntry => ({
  id: row.id,
  rule: row.rule,
  kind: row.kind,
  due_at: row.due_at,
  due_on: row.due_on,
  late: Temporal.Instant.compare(row.due_at, now) < 0 && isOurs(row.responsible),
  responsible: row.responsible,
  accused: row.accused,
  number: row.number,
  fir: row.fir_number && `${row.fir_number}/${row.fir_year}`,
  register:
    row.register_serial === null || row.register_year === null
      ? null
      : { serial: row.register_serial, year: row.register_year },
  sections: row.sections,
  state: row.state,
  child: row.child,
  post_name: names.get(row.desk_post) ?? { hi: '', en: '' },
  elsewhere: row.desk_post !== post,
});

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const mark = ({ due_at, id }: store.Due): string => Buffer.from(`${due_at} ${id}`).toString('base64url');
function markRead(text: string): { at: Temporal.Instant; id: string } {
  const [at = '', id = ''] = Buffer.from(text, 'base64url').toString('utf8').split(' ');
  if (!/^\d{4}-[\d:.TZ-]{10,40}$/.test(at) || !UUID.test(id)) refuse('not-understood', 'after');
  try {
    return { at: Temporal.Instant.from(at), id };
  } catch {
    return refuse('not-understood', 'after');
  }
}

/** A live address of the acting post: when it was made, when last fetched. Never the address itself: nobody has it any more. */
export type Feed = store.Feed;

const SECRET = /^[A-Za-z0-9_-]{43}$/;
const macOf = (secret: string): Buffer => keys.mac('calendar-feed', secret);

/**
 * Makes an address from which calendar programs can fetch the days of this post, as long as this officer holds it. It is told here,
 * once; only a keyed hash stays.
 * @param language in which it speaks
 * @returns the secret of the address, 32 random bytes in base64url
 * @throws Refusal `needs-a-free-feed` when the post has three; `not-your-power` for anybody but an officer
 */
export async function makeFeed(a: Act, language: 'hi' | 'en'): Promise<{ id: string; secret: string }> {
  if (a.actor.kind !== 'officer') refuse('not-your-power');
  const secret = randomBytes(32).toString('base64url');
  const id = newId();
  const made = await store.addFeed(a, { id, mac: macOf(secret), language });
  refuseIf(made ? undefined : 'needs-a-free-feed');
  return { id, secret };
}

/** The live addresses of the acting post, at most three. */
export const feedsOf = (r: Reading): Promise<Feed[]> => store.feedsHere(r);

/**
 * Ends an address of the acting post at once.
 * @throws Refusal `not-found` when this post has no such live address
 */
export async function revokeFeed(a: Act, id: string): Promise<void> {
  if (!(await store.endFeed(a, id))) refuse('not-found');
}

/** A clock as an address gives it: nothing that leads to a person, a place or a file. */
export type FedClock = {
  /** stable for a clock, and not to be turned back */
  uid: string;
  rule: string;
  kind: 'law' | 'police-target';
  due_at: Temporal.Instant;
  due_on: Temporal.PlainDate;
  register: { serial: number; year: number } | null;
};

/**
 * What a calendar program is given, for an address that lives; the fetching is written to the ledger, without the address.
 * Ask with `note: 'inside'`: it writes.
 * @param secret the last part of the address
 * @throws Refusal `not-found` for whatever is no live address: revoked, unknown, of an officer who has left the post
 */
export async function fetchFeed(
  r: Reading,
  secret: string,
): Promise<{ language: 'hi' | 'en'; at: Temporal.Instant; clocks: FedClock[] }> {
  const rows = SECRET.test(secret) ? await store.readFeed(r, macOf(secret), MOST_FED) : [];
  const first = rows[0] ?? refuse('not-found');
  return {
    language: first.language,
    at: first.at,
    clocks: rows.flatMap(({ clock, rule, kind, due_at, due_on, register_serial, register_year }) =>
      clock === null
        ? []
        : [
            {
              uid: keys.mac('calendar-uid', clock).toString('hex').slice(0, 40),
              rule,
              kind,
              due_at,
              due_on,
              register:
                register_serial === null || register_year === null
                  ? null
                  : { serial: register_serial, year: register_year },
            },
          ],
    ),
  };
}
