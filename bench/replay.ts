// A day of real calls over Kanpur: several vehicles at once beside one at a time, and beside what is published. `npm run bench:replay`
import { mean, playDay, readDay, share } from './replay-day.ts';
import { type Figure, keep } from './report.ts';

// UP-112 in the Kanpur Commissionerate, May 2024: 7 min 58 s on average from call to arrival; 85 vehicles, 25 four-wheelers more in that year
// https://www.inextlive.com/uttar-pradesh/kanpur/kanpur-news-prv-of-kanpur-commissionerate-is-at-second-position-in-up-1716742519
const PUBLISHED_S = 7 * 60 + 58;
const FLEETS = [60, 85, 110];
const SEEDS = [1, 2, 3, 4, 5];

const clock = (s: number): string => `${Math.floor(s / 60)}:${String(Math.round(s % 60)).padStart(2, '0')}`;
const measured: Record<string, Figure> = {};
const calls = readDay();
console.log(
  `${calls.length} calls of one day, ${calls.filter(({ urgent }) => urgent).length} of them urgent, ${SEEDS.length} draws each; minutes:seconds\n`,
);
console.log(
  '| vehicles on duty | sent together | first yes, median · p90 | first there, mean · median · p90 | second there, median · p90 | nobody free | every other call, first there, mean · p90 |',
);
console.log('|---|---|---|---|---|---|---|');
for (const vehicles of FLEETS)
  for (const together of [1, 2, 3]) {
    const days = SEEDS.map((seed) => playDay(calls, { together, vehicles, seed }));
    const accept = days.flatMap((day) => day.accept);
    const arrive = days.flatMap((day) => day.arrive);
    const second = days.flatMap((day) => day.second);
    const others = days.flatMap((day) => day.others);
    measured[`${vehicles} vehicles, ${together} sent together: first there, mean`] = {
      value: mean(arrive),
      unit: 's',
      beside: PUBLISHED_S,
      of: 's published',
    };
    const unmet = days.reduce((sum, day) => sum + day.unmet, 0) / SEEDS.length;
    console.log(
      `| ${vehicles} | ${together} | ${clock(share(accept, 0.5))} · ${clock(share(accept, 0.9))} | ${clock(mean(arrive))} · ${clock(share(arrive, 0.5))} · ${clock(
        share(arrive, 0.9),
      )} | ${second.length > 0 ? `${clock(share(second, 0.5))} · ${clock(share(second, 0.9))}` : '–'} | ${Math.round(unmet * 10) / 10} | ${clock(mean(others))} · ${clock(share(others, 0.9))} |`,
    );
  }
keep('replay', measured);
console.log(`\npublished for the Kanpur Commissionerate: ${clock(PUBLISHED_S)} on average`);
