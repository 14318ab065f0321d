// The desk in parts and the search over the API: what stands openly in files by address, a number or a name with a reason by a body.
import { z } from 'zod';
import {
  answerSign,
  DESK_SHOWS,
  deskForm,
  deskOf,
  type FoundRow,
  SIGN_NAMES,
  LOOK_UPS,
  lookUp,
  lookUpForm,
  lookUpSigns,
  search,
  searchForm,
  STATES,
} from '#casework';
import { acknowledgeForm } from '#deadlines';
import type { Lang } from '#words';
import { idOf } from './callbacks.ts';
import { acts, actsOnce, type Endpoint, endpoint, reads } from './endpoint.ts';
import { presentDeskRow } from './present.ts';
import * as shape from './shapes.ts';
import * as staff from './staff-shapes.ts';
import { instant, iso } from './time.ts';
import { presentTransfer, transfer } from './transfers.ts';

const counted = z.record(z.string(), z.int());
const desk = shape.listOf(staff.deskRow).extend({
  newer: shape.text.nullable().meta({ description: 'mark for `before`' }),
  counts: z
    .object({
      shows: z.object(Object.fromEntries(DESK_SHOWS.map((show) => [show, z.int()]))),
      states: counted.meta({ description: 'how many of each state' }),
    })
    .meta({ description: 'of the whole desk as narrowed, whatever is shown of it' }),
});

const foundRow = z
  .object({
    number: shape.text,
    fir: shape.text.nullable(),
    register: z.object({ serial: z.int(), year: z.int() }).nullable(),
    sections: z.array(shape.cited),
    state: z.enum(STATES),
    submitted_at: z.string(),
    due: staff.deskRow.shape.due,
    child: z.boolean(),
    waits_for: shape.text.nullable(),
    post_name: shape.text,
  })
  .meta({ id: 'FoundFile' });
const found = z.object({
  items: z.array(foundRow),
  next: shape.text.nullable(),
  meant: z
    .array(z.object({ word: shape.text, codes: z.array(shape.text) }))
    .meta({ description: 'how each word of `q` was understood; one without codes finds nothing' }),
  elsewhere: z
    .array(transfer)
    .meta({ description: 'Zero FIRs of this number that were recorded here and lie with another station by now' }),
});
const lookedUp = z.object({
  items: z.array(foundRow),
  more: z.boolean().meta({ description: 'there are more than are shown' }),
  this_hour: z.int().meta({ description: 'look-ups of this officer within the hour, this one included' }),
});

const sign = z
  .object({
    id: z.uuid(),
    sign: z.enum(SIGN_NAMES),
    post_name: shape.text,
    officer: shape.text.nullable(),
    on: z.string(),
    n: z.int(),
    raised_at: instant,
  })
  .meta({ id: 'LookUpSign' });

const presentFound = (row: FoundRow, lang: Lang): z.input<typeof foundRow> => ({
  ...row,
  sections: row.sections.map(({ act, section }) => ({ act, section })),
  submitted_at: iso(row.submitted_at),
  due: row.due && { ...row.due, on: row.due.on.toString(), at: iso(row.due.at) },
  post_name: row.post_name[lang],
});

export const desks: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/desk',
    who: 'officer',
    summary:
      'The files of this post, of vacant posts whose work has come up to it, and what waits for it elsewhere, in parts and with the counts of the whole',
    status: 200,
    query: deskForm,
    answer: desk,
    refuses: [403],
    answers: async (call) => {
      const part = await reads(call, 'casework.list-desk', (r) => deskOf(r, call.query));
      return {
        items: part.rows.map((row) => presentDeskRow(row, call.lang)),
        next: part.older,
        newer: part.newer,
        counts: {
          shows: part.counts.shows,
          states: Object.fromEntries(part.counts.states.map(({ state, n }) => [state, n])),
        },
      };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/search',
    who: 'officer',
    summary:
      'Files in sight by what stands openly in them, the newest first; `q` takes numbers, sections and words of either script',
    status: 200,
    query: searchForm,
    answer: found,
    refuses: [403],
    answers: async (call) => {
      const { rows, older, meant, elsewhere } = await reads(call, 'casework.search', (r) => search(r, call.query));
      return {
        items: rows.map((row) => presentFound(row, call.lang)),
        next: older,
        meant,
        elsewhere: elsewhere.map((one) => presentTransfer(one, call.lang)),
      };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/search',
    who: 'officer',
    summary: `Files in sight by ${LOOK_UPS.join(' or ')}, with a reason; each look-up is recorded, at most 30 an hour`,
    status: 200,
    body: lookUpForm,
    answer: lookedUp,
    refuses: [403, 429],
    answers: async (call) => {
      const { rows, more, this_hour } = await acts(call, 'casework.look-up', (a) => lookUp(a, call.body));
      return { items: rows.map((row) => presentFound(row, call.lang)), more, this_hour };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/look-ups',
    who: 'officer',
    summary: 'Look-ups below this post that stand out and that nobody has asked about yet; never what was looked for',
    status: 200,
    answer: z.object({ items: z.array(sign) }),
    answers: (call) =>
      reads(call, 'casework.list-signs', async (r) => ({
        items: (await lookUpSigns(r)).map((one) => ({
          ...one,
          post_name: one.post_name[call.lang],
          officer: one.officer?.[call.lang] ?? null,
          on: one.on.toString(),
          raised_at: iso(one.raised_at),
        })),
      })),
  }),
  endpoint({
    method: 'POST',
    path: '/look-ups/{id}/answer',
    who: 'officer',
    summary: 'Say what came of asking about look-ups that stand out',
    status: 200,
    body: acknowledgeForm,
    answer: z.object({ id: z.uuid(), answered: z.literal(true) }),
    refuses: [403, 409],
    repeats: 'key',
    answers: async (call) => {
      const id = idOf(call, 'id');
      await actsOnce(
        call,
        'casework.answer-sign',
        (a) => answerSign(a, id, call.body.note),
        async () => undefined,
      );
      return { id, answered: true as const };
    },
  }),
];
