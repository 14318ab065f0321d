// An export as a state would send it: every station of many districts, years of days in several spellings, sections as police write them, and
// a share of rows that are dirty or wrong. Made anew for each run, the same each time.
import { knownPlaces } from '../src/server/cctns/directory.ts';

const SECTIONS = [
  '"376(2)(n), 506 IPC r/w 5/6 POCSO"',
  '354A/506 IPC',
  '"498A, 323, 504, 506 IPC, 3/4 D.P. Act"',
  '64(2)(m) BNS',
  'धारा 74 बीएनएस',
  '"74, 78 BNS, 7/8 POCSO"',
  '/kkjk 376 Hkk0n0fo0',
  '"376, 506"',
];
const STATIONS = [
  'Kotwali',
  'City',
  'Sadar',
  'Mahila Thana',
  'Cantt',
  'थाना सदर',
  'Rural',
  'Fkkuk dksrokyh',
  'Industrial Area',
  'Civil Lines',
];
const districts = knownPlaces().filter(({ level }) => level === 'district');
const states = new Map(
  knownPlaces().flatMap((place) => (place.level === 'state' ? [[place.path, place.name_en] as const] : [])),
);
const FIRST_DAY = Temporal.PlainDate.from('2022-01-01');
const two = (n: number) => String(n).padStart(2, '0');
/** The same 1,500 days each time, long over; or six years up to a day. */
const daysUpTo = (last: Temporal.PlainDate | undefined): Temporal.PlainDate[] =>
  last
    ? Array.from({ length: 2190 }, (_, n) => last.subtract({ days: 2189 - n }))
    : Array.from({ length: 1500 }, (_, n) => FIRST_DAY.add({ days: n }));
const spelled = (n: number, day: Temporal.PlainDate): string =>
  n % 7 === 0
    ? `${two(day.day)}.${two(day.month)}.${day.year}`
    : n % 11 === 0
      ? `${day.day}/${day.month}/${day.year}`
      : day.toString();

/** How long a district takes at most, and how many of its cases stay open: by its state, a little by itself. Invented. */
function paceOf(path: string): { longest: number; open: number } {
  const at = paces.get(path);
  if (at) return at;
  const sum = (text: string) => [...text].reduce((n, letter) => (n * 31 + letter.charCodeAt(0)) % 9973, 7);
  const [state, own] = [sum(path.split('.').slice(0, 2).join('.')), sum(path)];
  const pace = { longest: 59 + (state % 41) + (own % 17), open: 3 + (state % 9) };
  paces.set(path, pace);
  return pace;
}
const paces = new Map<string, { longest: number; open: number }>();

/**
 * The lines of an export of so many rows, in parts. One row in a thousand cannot go in.
 * @param which where to begin, for an export that goes on with another; up to which day: nothing is recorded or reported later
 */
export function* exportLines(
  rows: number,
  { from = 0, last }: { from?: number; last?: Temporal.PlainDate } = {},
): Generator<string> {
  const DAYS = daysUpTo(last);
  const until = last ?? Temporal.PlainDate.from('2200-01-01');
  let part =
    'state,district,station,fir_number,year,recorded_at,offence_from,offence_to,sections,report_kind,report_on\n';
  const stations = districts.length * STATIONS.length;
  for (let n = from; n < from + rows; n++) {
    const at = n % stations;
    const district = districts[at % districts.length]!;
    const day = DAYS[(n * 7919) % DAYS.length]!;
    const number = Math.trunc(n / stations) + 1;
    const { longest, open } = paceOf(district.path);
    const report = day.add({ days: (n * 31) % longest });
    const reported = n % open !== 0 && Temporal.PlainDate.compare(report, until) <= 0;
    const bad = n % 1000 === 999;
    part += `${states.get(district.path.split('.').slice(0, 2).join('.'))},"${district.name_en}",${STATIONS[Math.trunc(at / districts.length)]},${number},${day.year},${bad ? '31.02.2023' : spelled(n, day)},,,${SECTIONS[n % SECTIONS.length]},${reported ? 'CHARGE_SHEET' : ''},${reported ? report.toString() : ''}\n`;
    if (part.length > 256 * 1024) {
      yield part;
      part = '';
    }
  }
  yield part;
}
