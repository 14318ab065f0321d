// Who is asked what, and when: after every step what the step has touched, once a day everything, at the end also what takes its time.
import { verifyLog } from '#audit';
import { CANARY, type Case } from './case.ts';
import { rungsAmiss, watchTheDates } from './dates.ts';
import type { Saboteur } from './faults.ts';
import { type Foreign, openForeign } from './foreign.ts';
import { tidy } from './frozen.ts';
import type { Gateway } from './gateway.ts';
import { type Broken, brokenNow, lostOrDoubled } from './invariants.ts';
import { type Ears, leaked, watchTheDisk } from './leaks.ts';
import { growing } from './log.ts';
import type { World } from './world.ts';

const DAY = 24 * 60;
const TIDY_DAYS = 30;
/** A page takes a hundred times as long as a question. */
const PAGES_DAYS = 6;

export type Asking = {
  /** after a turn. @param name of the life whose turn it was */
  after: (name: string) => Promise<Broken[]>;
  atTheEnd: () => Promise<Broken[]>;
};

type About = { w: World; cases: readonly Case[]; saboteur: Saboteur; gateway: Gateway; ears: Ears };

/** Begins to ask. From the first filing on: what strangers are shown before it is what they may be shown for ever. */
export async function openAsking({ w, cases, saboteur, gateway, ears }: About): Promise<Asking> {
  const { house } = w;
  const dates = watchTheDates(house);
  const foreign: Foreign = await openForeign(w, cases);
  const log = growing(house, saboteur.spare);
  const disk = await watchTheDisk(house);
  let day = -1;
  let asked = w.began;
  let known = -1;
  const whole = async (): Promise<Broken[]> => [
    ...(await brokenNow(house, null, w.downs)),
    ...(await lostOrDoubled(house, cases)),
    ...(await dates()),
    ...(await disk()),
    ...(await w.again(log)),
  ];
  // whose turn it was: his is the case that may have been lost or doubled
  const touched = (name: string): readonly Case[] => {
    const n = Number(/ (\d+)$/.exec(name)?.[1] ?? 0);
    return cases.slice(n - 1, n);
  };
  // what is hers alone, in digits: codes that went out, receipts, telephones
  const digits = new Set<string>();
  const given = (): ReadonlySet<string> => {
    for (const code of gateway.codes) digits.add(code);
    for (const { filed, form } of cases) {
      digits.add(form.mobile.slice(-10));
      if (filed) digits.add(filed.receipt);
    }
    return digits;
  };
  return {
    async after(name) {
      // what was refused has changed nothing
      const changed = saboteur.changes() !== known;
      known = saboteur.changes();
      const today = Math.floor(w.now().since(w.began).total({ unit: 'minutes' }) / DAY);
      const new_day = today !== day;
      day = today;
      const found = [...gateway.amiss(), ...ears.found(given())];
      // a clock that was put back has written its last instants ahead of now
      const since = Temporal.Instant.compare(asked, w.now()) > 0 ? w.now() : asked;
      asked = w.now();
      if (new_day) found.push(...(await whole()), ...(today % PAGES_DAYS === 0 ? await foreign.shown() : []));
      else if (changed)
        found.push(
          ...(await brokenNow(house, since, w.downs)),
          ...(await lostOrDoubled(house, touched(name))),
          ...(await dates(since)),
          ...(await foreign.seen()),
        );
      known = saboteur.changes();
      if (new_day && today > 0 && today % TIDY_DAYS === 0) await saboteur.spare(() => tidy(house));
      return found;
    },
    async atTheEnd() {
      const found = await whole();
      found.push(...(await foreign.shown()));
      found.push(...(await rungsAmiss(house, w.now().epochMilliseconds)));
      found.push(
        ...(await leaked(
          house,
          cases.map(({ form }) => form.mobile.slice(-10)),
          CANARY,
          [...gateway.codes, ...cases.flatMap(({ filed }) => filed?.receipt ?? [])],
        )),
      );
      found.push(...(await disk(true)), ...gateway.amiss(), ...ears.found(given()));
      const { faults } = await verifyLog();
      return [
        ...found,
        ...faults.map(({ what, name, key }) => ({ invariant: `I8 the log: ${what}`, what: `${name} ${key}` })),
      ];
    },
  };
}
