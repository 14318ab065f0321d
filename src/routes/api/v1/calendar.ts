// What falls due when, over the API: the calendar of a post, the addresses for calendar programs, the digest of the morning.
import { z } from 'zod';
import { read, nobody, refuse } from '#foundation';
import { type CalendarEntry, calendarOf, digestOf, feedsOf, fetchFeed, makeFeed, revokeFeed } from '#casework';
import { type Lang, pick, words } from '#words';
import { idOf } from './callbacks.ts';
import { acts, actsOnce, type Endpoint, endpoint, reads } from './endpoint.ts';
import { icalOf } from './ical.ts';
import { cited, kindOfClock, state, text } from './shapes.ts';
import { day, dayOf, instant, iso, isoOrNull } from './time.ts';

const MOST_DAYS = 92;

const entry = z
  .object({
    rule: text,
    name: text,
    kind: kindOfClock,
    due_at: instant,
    due_on: day,
    late: z.boolean().meta({ description: 'has passed, and it was for the police to meet' }),
    responsible: text.meta({ description: 'who has to act' }),
    number: text.nullable().meta({ description: 'null until she was called' }),
    fir: text.nullable(),
    register: z.object({ serial: z.int(), year: z.int() }).nullable(),
    sections: z.array(cited),
    accused: z.int().nullable().meta({ description: 'the clock of one accused, from 1' }),
    state,
    child: z.boolean(),
    post_name: text,
    elsewhere: z
      .boolean()
      .meta({ description: 'lies on the desk of another post: a vacant one, or one of the circle' }),
  })
  .meta({ id: 'CalendarEntry' });
const calendarShape = z
  .object({
    from: day,
    until: day.meta({ description: 'the last day' }),
    as_of: instant,
    overdue: z.array(entry).meta({ description: 'what the police have let pass and still runs, wherever it fell' }),
    days: z.array(z.object({ on: day, entries: z.array(entry) })),
    next: text.nullable().meta({ description: 'for ?after=; null at the end' }),
  })
  .meta({ id: 'Calendar' });

const dayIn = z
  .string()
  .regex(/^20\d{2}-\d{2}-\d{2}$/, 'not-understood')
  .transform((written, context) => {
    try {
      return Temporal.PlainDate.from(written);
    } catch {
      context.addIssue({ code: 'custom', message: 'not-understood' });
      return z.NEVER;
    }
  });
const whole = (least: number, most: number) =>
  z.coerce.number('not-understood').int('not-understood').min(least, 'not-understood').max(most, 'not-understood');
const asked = z.object({
  from: dayIn.optional().meta({ description: 'a day in India; otherwise today', format: 'date' }),
  days: whole(1, MOST_DAYS).default(31),
  circle: z
    .enum(['0', '1'], 'not-understood')
    .default('0')
    .meta({ description: '1: everything in sight of this post, instead of the desks it works' }),
  limit: whole(1, 200).default(200),
  after: z.string().max(300, 'not-understood').optional(),
});

const feed = z
  .object({ id: z.uuid(), language: z.enum(['hi', 'en']), made_at: instant, fetched_at: instant.nullable() })
  .meta({ id: 'CalendarFeed' });
const madeFeed = z
  .object({
    id: z.uuid().nullable(),
    path: text.nullable().meta({
      description:
        'The address on this server, told once; null when a repeated request finds it made already. Whoever has it can read.',
    }),
  })
  .meta({ id: 'CalendarFeedMade' });
const feedForm = z.object({ language: z.enum(['hi', 'en'], 'not-an-answer').optional() });

const digest = z
  .object({
    day,
    made_at: instant,
    late_law: z.int(),
    late_target: z.int(),
    due_today: z.int(),
    due_week: z.int().meta({ description: 'in the seven days after today' }),
    new_alarms: z.int().meta({ description: 'raised since the last digest and not acknowledged' }),
    vacant: z.int().meta({ description: 'files on vacant desks that have come up to this post' }),
  })
  .meta({ id: 'Digest' });

const presentEntry = (e: CalendarEntry, lang: Lang): z.input<typeof entry> => ({
  rule: e.rule,
  name: pick(words(lang).staff.file.clocks.rules, e.rule, e.rule),
  kind: e.kind,
  due_at: iso(e.due_at),
  due_on: e.due_on.toString(),
  late: e.late,
  responsible: e.responsible,
  number: e.number,
  fir: e.fir,
  register: e.register,
  sections: e.sections.map(({ act, section }) => ({ act, section })),
  accused: e.accused,
  state: e.state,
  child: e.child,
  post_name: e.post_name[lang],
  elsewhere: e.elsewhere,
});

/** Where an address lies: below the server's own. */
export const feedPath = (secret: string): string => `/api/v1/calendar/${secret}.ics`;

export const calendar: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/calendar',
    who: 'officer',
    summary: 'What falls due when, on the files this post works: overdue first, then by day in India',
    status: 200,
    query: asked,
    answer: calendarShape,
    answers: async (call) => {
      const { from, days, circle, limit, after } = call.query;
      const found = await reads(call, 'casework.read-calendar', (r) =>
        calendarOf(r, {
          from: from ?? dayOf(r.now),
          days,
          circle: circle === '1',
          limit,
          ...(after === undefined ? {} : { after }),
        }),
      );
      return {
        from: found.from.toString(),
        until: found.until.toString(),
        as_of: iso(found.at),
        overdue: found.overdue.map((one) => presentEntry(one, call.lang)),
        days: found.days.map(({ on, entries }) => ({
          on: on.toString(),
          entries: entries.map((one) => presentEntry(one, call.lang)),
        })),
        next: found.next,
      };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/calendar/feeds',
    who: 'officer',
    summary: 'The live calendar addresses of this post, without the addresses: nobody has them any more',
    status: 200,
    answer: z.object({ items: z.array(feed) }),
    answers: async (call) => ({
      items: (await reads(call, 'casework.list-feeds', feedsOf)).map(({ id, language, made_at, fetched_at }) => ({
        id,
        language,
        made_at: iso(made_at),
        fetched_at: isoOrNull(fetched_at),
      })),
    }),
  }),
  endpoint({
    method: 'POST',
    path: '/calendar/feeds',
    who: 'officer',
    summary:
      'Make an address for calendar programs, told once; at most three live ones a post, as long as this officer holds it',
    status: 201,
    body: feedForm,
    bodiless: true,
    answer: madeFeed,
    refuses: [403],
    repeats: 'key',
    answers: (call) =>
      actsOnce(
        call,
        'casework.make-feed',
        async (a): Promise<z.input<typeof madeFeed>> => {
          const { id, secret } = await makeFeed(a, call.body.language ?? call.lang);
          return { id, path: feedPath(secret) };
        },
        async () => ({ id: null, path: null }),
      ),
  }),
  endpoint({
    method: 'POST',
    path: '/calendar/feeds/{id}/revoke',
    who: 'officer',
    summary: 'End an address at once',
    status: 200,
    answer: z.object({ id: z.uuid(), revoked: z.literal(true) }),
    answers: async (call) => {
      const id = idOf(call, 'id');
      await acts(call, 'casework.revoke-feed', (a) => revokeFeed(a, id));
      return { id, revoked: true as const };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/calendar/{secret}.ics',
    who: 'anyone',
    summary:
      'The days of a post for calendar programs (RFC 5545), by the address alone: rule, kind and register number, nobody. Unknown, revoked and handed over: the same 404',
    status: 200,
    media: 'text/calendar',
    answer: text,
    // whoever asks, with whatever token: the address is the key
    answers: async ({ params, request_id }) =>
      icalOf(
        await read(nobody, 'casework.fetch-feed', (r) => fetchFeed(r, params.secret ?? ''), {
          note: 'inside',
          request_id,
        }),
      ),
  }),
  endpoint({
    method: 'GET',
    path: '/digest',
    who: 'officer',
    summary: 'This morning’s digest of this post, in numbers; made at 07:00 in India',
    status: 200,
    answer: digest,
    refuses: [404],
    answers: async (call) => {
      const found = (await reads(call, 'casework.read-digest', digestOf)) ?? refuse('not-found');
      return { ...found, day: found.day.toString(), made_at: iso(found.made_at) };
    },
  }),
];
