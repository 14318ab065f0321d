// The calendar of a post: a month of days, what is overdue, the list of a day; and its addresses for calendar programs.
import { z } from 'zod';
import { newId, type Reading, read, Refusal } from '#foundation';
import { type Calendar, calendarCounts, calendarOf, feedsOf, makeFeed, revokeFeed } from '#casework';
import { SUPERVISING } from '#posts';
import { istDay } from '../../../words/format.ts';
import { formAction } from '../../form-action.ts';
import { answerAction } from '../answer-action.ts';
import { once } from '../once.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';
import { dayAsked, gridOf, monthAsked, monthText, weeksOf } from './month.ts';

const FEW = 20;
const WEEK_AND_TODAY = 8;
const LONGEST_MARK = 300;

async function partOf(r: Reading, asked: Parameters<typeof calendarOf>[1]): Promise<Calendar> {
  try {
    return await calendarOf(r, asked);
  } catch (refused) {
    // a mark out of an old address: the list from its top
    if (!(refused instanceof Refusal) || refused.code !== 'not-understood') throw refused;
    return calendarOf(r, { ...asked, after: undefined });
  }
}

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const asked = event.url.searchParams;
  const may_circle = (SUPERVISING as readonly string[]).includes(staff.post_kind);
  const circle = may_circle && asked.get('circle') === '1';
  const late = asked.get('show') === 'late';
  const day = late ? undefined : dayAsked(asked.get('day'));
  const after = asked.get('after')?.slice(0, LONGEST_MARK) || undefined;
  const seen = await read(
    staff,
    'casework.read-calendar',
    async (r) => {
      const today = istDay(r.now);
      const month = (day ?? monthAsked(asked.get('month')) ?? today).with({ day: 1 });
      const grid = gridOf(month);
      const here = monthText(month) === monthText(today);
      const span = day
        ? { from: day, days: 1 }
        : here
          ? { from: today, days: WEEK_AND_TODAY }
          : { from: month, days: month.daysInMonth };
      const overdue = { from: today, days: 1, circle, only: 'overdue' as const };
      return {
        at: r.now,
        today,
        month,
        here,
        counts: await calendarCounts(r, { ...grid, circle }),
        // on the pages of a day and of another month only their number is told
        overdue: late
          ? await partOf(r, { ...overdue, after })
          : day || !here || after
            ? null
            : await calendarOf(r, { ...overdue, limit: FEW }),
        list: late ? null : await partOf(r, { ...span, circle, only: 'span', after }),
        feeds: await feedsOf(r),
      };
    },
    { request_id: event.locals.request_id },
  );
  const { counts, list, month, ...rest } = seen;
  return {
    ...rest,
    month,
    previous: monthText(month.subtract({ months: 1 })),
    following: monthText(month.add({ months: 1 })),
    weeks: weeksOf(month, counts.days),
    late: counts.late,
    only_late: late,
    day: day ?? null,
    // a day is shown whole; in a list of days what is late stands in the list of what is late
    days: list ? (day ? wholeDay(day, list) : list.days) : [],
    next: list?.next ?? seen.overdue?.next ?? null,
    paged: after !== undefined,
    may_circle,
    circle,
    origin: event.url.origin,
    form_id: newId(),
    ended: asked.has('ended'),
  };
};

const wholeDay = (on: Temporal.PlainDate, list: Calendar): Calendar['days'] => {
  const entries = [...list.overdue, ...list.days.flatMap((one) => one.entries)];
  return entries.length > 0 ? [{ on, entries }] : [];
};

const feedForm = z.object({ form_id: z.uuid('not-understood'), language: z.enum(['hi', 'en'], 'not-an-answer') });

export const actions: Actions = {
  // the page itself answers: an address that carries the secret is in no redirect
  make: answerAction(feedForm, 'casework.make-feed', (a, form) =>
    once(
      a,
      form,
      '/calendar',
      async (): Promise<{ secret: string | null }> => ({ secret: (await makeFeed(a, form.language)).secret }),
      async () => ({ secret: null }),
    ),
  ),
  revoke: formAction(
    z.object({ id: z.uuid('not-found') }),
    'casework.revoke-feed',
    (a, { id }) => revokeFeed(a, id),
    () => '/calendar?ended#feed',
  ),
};
