// What looks like a figure made to look well: each sign with its definition in docs/figures.md, what it rests on, and no accusation in it.
import { type Reading, refuse } from '#foundation';
import { istDay } from '#law';
import { dayOf, numberOf, rate } from './rules.ts';
import { signsIn, type Sign, type StationCases } from './sign-rules.ts';
import { caseOf, type CaseName } from './case-list.ts';
import { kept } from './kept.ts';
import * as store from './store.ts';

const MONTHS_BACK = 12;
const NOBODY_ASKED = '2000-01-01';

/** FIRs that a sign rests on. */
export type Evidence = CaseName & { on: Temporal.PlainDate };
export type Signs = {
  unit: string;
  since: Temporal.PlainDate;
  /** from the days and kinds of reports, by station */
  reports: (Sign & { on: Temporal.PlainDate })[];
  ping_pong: Evidence[];
  fir_before: Evidence[];
  /** closed as the police said it, and of these settled or not as she said it; the rest has not been asked or has not answered */
  settled: { closed: number; said_settled: number; said_not_settled: number; rate: number | null };
};

/** The signs in the reports of a unit's stations, from a day up to another. */
async function reportsOf(r: Reading, unit: string, since: number, today: number): Promise<Pick<Signs, 'reports'>> {
  const answer = await store.stations(r, unit, 'all', {
    due: { lo: NOBODY_ASKED, hi: NOBODY_ASKED },
    due_cells: [],
    desks: { grain: 'a', lo: NOBODY_ASKED, hi: NOBODY_ASKED },
  });
  if (!answer) return refuse('not-found');
  const kinds = new Map(answer.kinds.map(([id, , , ended, timely, reopened]) => [id, { ended, timely, reopened }]));
  const stations: StationCases[] = answer.stations.map(([at, recorded, reported, of, n]) => ({
    unit: at,
    recorded: recorded.split(',').map(Number),
    reported: reported.split(',').map(Number),
    kinds: of.split(',').map((id) => kinds.get(Number(id)) ?? { ended: 'open' as const, timely: false, reopened: 0 }),
    n: n.split(',').map(Number),
  }));
  return {
    reports: stations
      .flatMap((station) => signsIn(station, since, today))
      .map((sign) => ({ ...sign, on: dayOf(sign.day) })),
  };
}

/**
 * The signs of a unit over the last twelve months, down to its stations.
 * @throws Refusal `not-found` where whoever asks may not see the unit; `ask-a-district` for the nation and states: signs are looked at where
 *   somebody can ask the station
 */
export async function signsOf(r: Reading, unit: string): Promise<Signs> {
  if (unit.split('.').length <= 2) {
    if (!(await store.mayWatch(r, unit))) refuse('not-found');
    return refuse('ask-a-district', 'unit');
  }
  const today = istDay(r.now);
  const since = today.with({ day: 1 }).subtract({ months: MONTHS_BACK });
  const [told, { reports }] = await Promise.all([
    store.signs(r, unit, since),
    kept(r, unit, 'signs', () => reportsOf(r, unit, numberOf(since), numberOf(today))),
  ]);
  if (!told) return refuse('not-found');
  const evidence = ([key, on]: [string, string]): Evidence => ({ ...caseOf(key), on: Temporal.PlainDate.from(on) });
  const { closed, said_settled, said_not_settled } = told;
  return {
    unit,
    since,
    reports,
    ping_pong: told.ping_pong.map(evidence),
    fir_before: told.fir_before.map(evidence),
    settled: { closed, said_settled, said_not_settled, rate: rate(said_settled, closed) },
  };
}
