// The law over the API, for anyone: offences found by number, word, category or day. What was not checked is shown to officers only.
import { z } from 'zod';
import { browseOffences, CATEGORIES, type OffenceFacts, offenceFacts } from '#law';
import { type Lang, words } from '#words';
import { courtSaid, noteSaid, offenceTitle, punishmentSaid } from '../../../words/offence.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { listQuery, partOf } from './lists.ts';
import * as shape from './shapes.ts';
import { day } from './time.ts';

const text = z.string();
const textOrNull = text.nullable();

const duty = z
  .object({
    duty: text.meta({ description: 'code' }),
    text,
    authority: text,
    basis: z.enum(['express', 'by-correspondence']),
  })
  .meta({ id: 'Duty' });

const broughtClock = z
  .object({ rule: text, name: text, kind: shape.kindOfClock, authority: text })
  .meta({ id: 'BroughtClock' });

const counterpart = z
  .object({ act: text, section: text, source: text.meta({ description: 'the texts it was read from' }) })
  .meta({ id: 'Counterpart' });

export const offence = z
  .object({
    act: text,
    act_name: text,
    section: text,
    title: text.meta({ description: 'in the language of the answer, else in the other' }),
    title_hi: textOrNull,
    title_en: textOrNull,
    category: text.meta({ description: 'code' }),
    category_name: text,
    cognizable: z.union([z.boolean(), z.literal('conditional')]).nullable(),
    cognizable_note: textOrNull,
    bailable: z.boolean().nullable(),
    bailable_note: textOrNull,
    court: textOrNull,
    punishment: textOrNull,
    two_month: z.boolean().meta({ description: 'named in the statutory list of two months' }),
    two_month_basis: textOrNull.meta({ description: 'the section that lists it' }),
    duties: z.array(duty),
    clocks: z.array(broughtClock).meta({ description: 'beside those that every case has' }),
    corresponds_to: z.array(counterpart),
    in_force_from: day.nullable(),
    in_force_to: day.nullable(),
    verified: z.boolean().meta({ description: 'false: not checked in its source; seen by officers only' }),
    unverified_fields: z.array(text).meta({ description: 'for anyone but an officer these fields are null' }),
  })
  .meta({ id: 'Offence' });

const presentOffence = (facts: OffenceFacts, lang: Lang): z.input<typeof offence> => ({
  act: facts.act,
  act_name: facts.act_name,
  section: facts.section,
  title: offenceTitle(lang, facts),
  title_hi: facts.title_hi,
  title_en: facts.title_en,
  category: facts.category,
  category_name: sayCode(words(lang).lawSearch.categories, facts.category),
  cognizable: facts.cognizable,
  cognizable_note: noteSaid(lang, facts.cognizable_note),
  bailable: facts.bailable,
  bailable_note: noteSaid(lang, facts.bailable_note),
  court: courtSaid(lang, facts.court),
  punishment: punishmentSaid(lang, facts.punishment),
  two_month: facts.two_month,
  two_month_basis: facts.two_month_basis,
  duties: facts.duties.map((owed) => ({ ...owed, text: sayCode(words(lang).staff.file.duty, owed.duty) })),
  clocks: facts.clocks.map(({ rule, kind, authority }) => ({
    rule,
    name: sayCode(words(lang).lawSearch.clock, rule),
    kind,
    authority,
  })),
  corresponds_to: facts.corresponds_to.map((other) => ({ ...other })),
  in_force_from: facts.in_force_from,
  in_force_to: facts.in_force_to,
  verified: facts.verified,
  unverified_fields: [...facts.unverified_fields],
});

const sayCode = (table: Readonly<Record<string, string>>, code: string): string => table[code] ?? code;

const offenceQuery = listQuery.extend({
  q: z.string().max(100, 'too-long').default(''),
  category: z
    .enum(CATEGORIES as [string, ...string[]], 'not-an-answer')
    .optional()
    .meta({ description: 'plain-words category' }),
  on: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/, 'not-a-day')
    .transform((said, context) => {
      try {
        return Temporal.PlainDate.from(said, { overflow: 'reject' });
      } catch {
        context.addIssue({ code: 'custom', message: 'not-a-day' });
        return z.NEVER;
      }
    })
    .optional()
    .meta({
      type: 'string',
      format: 'date',
      description: 'day of the deed: picks IPC or BNS',
      examples: ['2026-03-05'],
    }),
});

/** The law, for anyone: the public reads only what has been checked in its source. */
export const law: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/law/offences',
    who: 'anyone',
    summary: 'Find an offence by number, by a word, by category, by the day of the deed',
    status: 200,
    query: offenceQuery,
    answer: shape.listOf(offence),
    answers: async (call) => {
      const officer = call.actor?.kind === 'officer';
      const { q, category, on } = call.query;
      const rows = browseOffences(q, { category, on, ...(officer ? {} : { verified: true }) });
      const part = partOf(rows, ({ id }) => id, call.query);
      const told = part.items.map((row) => offenceFacts(row, officer ? 'officer' : 'public'));
      return { items: told.map((facts) => presentOffence(facts, call.lang)), next: part.next };
    },
  }),
];
