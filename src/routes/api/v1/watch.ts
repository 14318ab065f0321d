// Figures over the API: of a unit, of the units right below it, by month and by desk; no case and nobody in them.
import { z } from 'zod';
import { checkUnit } from '#clients';
import { house, read, type Reading } from '#foundation';
import {
  casesForm,
  casesOf,
  editionOf,
  type Signs,
  signsOf,
  type Statistics,
  statisticsNow,
  type Totals,
  type Watched,
  watchForm,
  watchUnit,
} from '#oversight';
import type { Lang } from '#words';
import { signTable, tableOf } from '../../figure-table.ts';
import { DEFINITIONS, LICENCE, openTable } from '../../open-table.ts';
import { casesShape, signsShape } from './case-shapes.ts';
import { type Endpoint, endpoint, reads } from './endpoint.ts';
import { text } from './shapes.ts';
import { instant, iso } from './time.ts';

const count = z.int();
const percent = z.number().nullable();
const totals = z
  .object({
    registered: count.meta({ description: 'FIRs recorded in the period' }),
    completed: count.meta({ description: 'of these, with a report before the court' }),
    completed_in_two_months: count.meta({
      description: 'of registered_two_months_ago, first report on or before the due date',
    }),
    completed_in_time: count.meta({
      description: 'completed, first report on or before the due date, even where that lies ahead',
    }),
    pending: count.meta({ description: 'neither completed nor transferred to another force nor quashed' }),
    pending_within: count,
    pending_beyond: count.meta({ description: 'pending, due date before today' }),
    registered_two_months_ago: count.meta({ description: 'due date before today' }),
    compliance_rate: percent.meta({ description: 'completed_in_two_months / registered_two_months_ago, %' }),
    disposal_rate: percent.meta({ description: 'completed / registered, %' }),
    pendency_rate: percent.meta({ description: 'pending_beyond / registered, %' }),
    median_days: z.number().nullable().meta({ description: 'days from recording to report, of the completed' }),
    p90_days: z.number().nullable().meta({ description: 'nine in ten were done within so many days' }),
    charge_sheeted: count,
    final_reported: count,
    false_reported: count.meta({ description: 'of the final reports, those that say: false' }),
    transferred: count,
    quashed: count,
    reopened: count,
    opening: count.meta({ description: 'pending when the period began (NCRB)' }),
    total_for_investigation: count.meta({ description: 'opening + registered (NCRB)' }),
    charge_sheeting_rate: percent.meta({ description: 'charge sheets / disposals of the period, % (NCRB)' }),
    pendency_ncrb: percent.meta({ description: 'pending at the end / total_for_investigation, % (NCRB)' }),
  })
  .meta({ id: 'Totals' });
const three = {
  all: totals.meta({ description: 'all cases' }),
  law: totals.meta({ description: 'cases with the limit of BNSS 193(2)' }),
  target: totals.meta({ description: 'the others: a target of the police' }),
};
const watched = z
  .object({
    unit: text,
    name: text,
    as_of: instant,
    ...three,
    totals,
    children: z.array(z.object({ unit: text, name: text, level: text, ...totals.shape, ...three })),
    months: z.array(z.object({ month: text, ...totals.shape, ...three })),
    desks: z.array(
      z.object({
        desk_kind: text,
        stays: count,
        waiting: count,
        median_days: z.number().nullable(),
        p90_days: z.number().nullable(),
      }),
    ),
    ageing: z.object({
      all: z.record(text, count),
      law: z.record(text, count),
      target: z.record(text, count),
    }),
  })
  .meta({ id: 'Watched' });

const flat = <T extends { all: Totals; law: Totals; target: Totals }>(of: T) => ({ ...of, ...of.all });
const present = (seen: Watched, lang: Lang): z.input<typeof watched> => ({
  unit: seen.unit,
  name: seen.name[lang],
  as_of: iso(seen.as_of),
  all: seen.all,
  law: seen.law,
  target: seen.target,
  totals: seen.all,
  children: seen.children.map((child) => ({ ...flat(child), name: child.name[lang] })),
  months: seen.months.map(flat),
  desks: seen.desks.map(({ kind, ...wait }) => ({ desk_kind: kind, ...wait })),
  ageing: seen.ageing,
});

const hidden = z.number().nullable().meta({ description: 'null: small, or another could be told from it' });
const shown = z
  .object({
    registered: hidden,
    due: hidden.meta({ description: 'of these, due date before the edition; null: left out' }),
    in_time: hidden.meta({ description: 'of the due, first report at court in time; null: left out' }),
    completed: hidden,
    compliance_rate: hidden,
    disposal_rate: hidden,
  })
  .meta({ id: 'PublicFigures' });
const limits = { law: shown, target: shown };
const statistics = z
  .object({
    month: text.meta({ description: 'of the edition; it tells of everything recorded before' }),
    made_at: text,
    licence: text,
    definitions: text,
    nation: z.object(limits),
    states: z.array(z.object({ unit: text, name: text, ...limits })),
    months: z.array(z.object({ month: text, ...limits })),
  })
  .meta({ id: 'Statistics' });
const edition = z
  .object({
    unit: text,
    month: text.meta({ description: 'of the edition; it tells of everything recorded before' }),
    made_at: text,
    licence: text,
    definitions: text,
    own: z.object(limits),
    parts: z.array(z.object({ unit: text, name: text, ...limits })),
    months: z.array(z.object({ month: text, ...limits })),
  })
  .meta({ id: 'Edition' });
const presentStatistics = (one: Statistics, lang: Lang): z.input<typeof statistics> => ({
  ...one,
  licence: LICENCE,
  definitions: DEFINITIONS,
  states: one.states.map((state) => ({ ...state, name: state.name[lang] })),
});
const said = (found: Signs): z.input<typeof signsShape> => ({
  ...found,
  since: found.since.toString(),
  reports: found.reports.map(({ day: _, ...sign }) => ({ ...sign, on: sign.on.toString() })),
  ping_pong: found.ping_pong.map((one) => ({ ...one, on: one.on.toString() })),
  fir_before: found.fir_before.map((one) => ({ ...one, on: one.on.toString() })),
});
const raw = (of: z.output<typeof signsShape>): Signs => ({
  ...of,
  since: Temporal.PlainDate.from(of.since),
  reports: of.reports.map((sign) => ({ ...sign, day: 0, on: Temporal.PlainDate.from(sign.on) })),
  ping_pong: of.ping_pong.map((one) => ({ ...one, on: Temporal.PlainDate.from(one.on) })),
  fir_before: of.fir_before.map((one) => ({ ...one, on: Temporal.PlainDate.from(one.on) })),
});

export const watching: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/statistics',
    who: 'anyone',
    summary:
      'Public statistics of the month: the nation by state and month, small counts left out; Accept: text/csv gives a table',
    status: 200,
    answer: statistics,
    csv: (one) => openTable(one),
    answers: async (call) => presentStatistics(await statisticsNow(), call.lang),
  }),
  endpoint({
    method: 'GET',
    path: '/figures',
    who: 'anyone',
    summary:
      'For a registered program with the right `figures`: what is public of a unit below its own, by edition; small counts left out',
    status: 200,
    query: watchForm.pick({ unit: true }),
    answer: edition,
    refuses: [404],
    answers: async (call) => {
      await checkUnit(call.client, call.query.unit);
      const one = await editionOf(call.query.unit);
      return {
        ...one,
        unit: call.query.unit,
        licence: LICENCE,
        definitions: DEFINITIONS,
        parts: one.parts.map((part) => ({ ...part, name: part.name[call.lang] })),
      };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/figures/live',
    who: 'anyone',
    summary:
      'For a registered program with the right `dashboard`: the figures of /watch of a unit below its own, as they are; no case',
    status: 200,
    query: watchForm,
    answer: watched,
    csv: tableOf,
    exports: 'oversight.export-figures',
    refuses: [404],
    answers: async (call) => {
      await checkUnit(call.client, call.query.unit);
      const look = async (r: Reading) => present(await watchUnit(r, call.query), call.lang);
      return read(house(), 'oversight.watch', look, { as: 'watch', request_id: call.request_id });
    },
  }),
  endpoint({
    method: 'GET',
    path: '/watch',
    who: 'officer',
    summary: 'Figures of a unit and of the units right below it; Accept: text/csv gives a table',
    status: 200,
    query: watchForm,
    answer: watched,
    csv: tableOf,
    exports: 'oversight.export-figures',
    refuses: [404],
    answers: (call) =>
      reads(call, 'oversight.watch', async (r) => present(await watchUnit(r, call.query), call.lang), { as: 'watch' }),
  }),
  endpoint({
    method: 'GET',
    path: '/watch/cases',
    who: 'officer',
    summary: 'The cases that a figure of /watch counts: FIR number, station, days; nobody is named',
    status: 200,
    query: casesForm,
    answer: casesShape,
    answers: (call) =>
      reads(
        call,
        'oversight.list-cases',
        async (r) => {
          const { cases, next } = await casesOf(r, call.query);
          return {
            items: cases.map(({ law, recorded_on, due_on, forwarded_on, ...one }) => ({
              ...one,
              limit: law ? ('law' as const) : ('target' as const),
              recorded_on: recorded_on.toString(),
              due_on: due_on.toString(),
              forwarded_on: forwarded_on?.toString() ?? null,
            })),
            next,
          };
        },
        { as: 'watch' },
      ),
  }),
  endpoint({
    method: 'GET',
    path: '/watch/signs',
    who: 'officer',
    summary:
      'Where figures of a district or below it look arranged, with what each sign rests on; Accept: text/csv gives a table',
    status: 200,
    query: watchForm.pick({ unit: true }),
    answer: signsShape,
    csv: (of) => signTable(raw(of)),
    exports: 'oversight.export-signs',
    refuses: [409],
    answers: (call) =>
      reads(call, 'oversight.list-signs', async (r) => said(await signsOf(r, call.query.unit)), { as: 'watch' }),
  }),
];
