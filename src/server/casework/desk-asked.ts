// What may be asked of a desk: which files, in which order, which part of them. Codes and marks only; pages and API ask the same.
import { z } from 'zod';
import { vocabulary } from '#intake';
import { asciiDigits, normaliseAct, normaliseSection } from '#law';
import { STATES } from './powers.ts';

/** By urgency: what is past, what is due within a week, what waits for this post, what waits for others, the rest. */
export const DESK_GROUPS = ['late', 'week', 'new', 'others', 'rest'] as const;
export type DeskGroup = (typeof DESK_GROUPS)[number];
/** What a desk can be narrowed to: a group, or what stands across the groups. */
export const DESK_SHOWS = ['all', ...DESK_GROUPS, 'law', 'child', 'no-fir'] as const;
export type DeskShow = (typeof DESK_SHOWS)[number];
/** `urgency`: group, then limit, then age; `due`: limit; `arrived`: what came last; `age`: what was sent first. */
export const DESK_SORTS = ['urgency', 'due', 'arrived', 'age'] as const;
export type DeskSort = (typeof DESK_SORTS)[number];

/** How many files a page of the desk has. */
export const DESK_PAGE = 50;
const MOST = 200;

/** A section as it may be typed, "BNS 64(2)", "64 ipc", "पॉक्सो 8": act and section in their one spelling, or undefined. */
export function sectionAsked(text: string): { act: string; section: string } | undefined {
  const said = asciiDigits(text).trim();
  const found = /^(.*?)\s*(\d[\d\w()]*)\s*(.*)$/u.exec(said);
  if (!found) return undefined;
  const act = normaliseAct(`${found[1] ?? ''} ${found[3] ?? ''}`.trim());
  const section = act && normaliseSection(act, found[2] ?? '');
  return act && section ? { act, section } : undefined;
}

/** The filter of a desk, as an address or a kept filter says it. */
export const deskFilter = z.object({
  show: z.enum(DESK_SHOWS, 'not-understood').default('all'),
  state: z.enum(STATES, 'not-understood').optional(),
  category: z.enum(vocabulary.CATEGORIES, 'not-understood').optional(),
  section: z
    .string()
    .max(40, 'not-understood')
    .refine((text) => sectionAsked(text) !== undefined, 'section-asked')
    .optional(),
  sort: z.enum(DESK_SORTS, 'not-understood').default('urgency'),
});
export type DeskFilter = z.output<typeof deskFilter>;

/** A part of a desk: `after` and `before` are marks of an answer before, `at` is a file to be shown in its place. */
export const deskForm = deskFilter.extend({
  limit: z.coerce
    .number('not-understood')
    .int('not-understood')
    .min(1, 'not-understood')
    .max(MOST, 'not-understood')
    .default(DESK_PAGE),
  after: z.string().max(300, 'not-understood').optional(),
  before: z.string().max(300, 'not-understood').optional(),
  at: z
    .string()
    .regex(/^\d{12}$/, 'not-understood')
    .optional(),
});
export type DeskAsked = z.output<typeof deskForm>;

/** The place of a line in an order, and the instant by which the groups were told apart: a row keeps its place while one pages. */
export type Mark = { as_of: Temporal.Instant; key: Key };
export type Key = { rank: number; due: Temporal.Instant | null; other: Temporal.Instant; number: string };

const markShape = z.tuple([
  z.string(),
  z.int().min(0).max(9),
  z.string().nullable(),
  z.string(),
  z.string().regex(/^\d{12}$/),
]);

/** Writes a mark for an address. It names a place, not a person. */
export const writeMark = ({ as_of, key }: Mark): string =>
  Buffer.from(
    JSON.stringify([as_of.toString(), key.rank, key.due?.toString() ?? null, key.other.toString(), key.number]),
  ).toString('base64url');

/** Reads a mark; undefined for what is none. */
export function readMark(text: string): Mark | undefined {
  try {
    const [as_of, rank, due, other, number] = markShape.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
    const key = {
      rank,
      due: due === null ? null : Temporal.Instant.from(due),
      other: Temporal.Instant.from(other),
      number,
    };
    return { as_of: Temporal.Instant.from(as_of), key };
  } catch {
    return undefined;
  }
}
