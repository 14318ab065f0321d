// What the API says of the cases behind a figure, and of signs that figures were arranged; nobody is named.
import { z } from 'zod';
import { text } from './shapes.ts';

const count = z.int();
const percent = z.number().nullable();
const day = z.iso.date();
const caseName = { unit: text, year: count, fir_number: text, zero: z.boolean() };
export const casesShape = z
  .object({
    items: z.array(
      z.object({
        ...caseName,
        limit: z.enum(['law', 'target']),
        recorded_on: day,
        due_on: day,
        forwarded_on: day.nullable(),
        ended: z.enum(['open', 'sheet', 'final', 'false', 'transferred', 'quashed']),
        reopened: count,
        days: count.meta({ description: 'from recording to the report, or to today' }),
        here: z.boolean().meta({ description: 'a file of this house; the others are known from CCTNS alone' }),
      }),
    ),
    next: text.nullable(),
  })
  .meta({ id: 'WatchedCases' });
const evidence = z.array(z.object({ ...caseName, on: day }));
export const signsShape = z
  .object({
    unit: text,
    since: day,
    reports: z.array(
      z.object({
        sign: z.enum(['burst', 'at_limit', 'reopened', 'by_transfer']),
        unit: text,
        on: day,
        n: count,
        of: count,
      }),
    ),
    ping_pong: evidence,
    fir_before: evidence,
    settled: z.object({ closed: count, said_settled: count, said_not_settled: count, rate: percent }),
  })
  .meta({ id: 'Signs', description: 'No accusations: where somebody should ask. docs/figures.md defines each' });
