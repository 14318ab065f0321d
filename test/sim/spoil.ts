// How something is spoilt behind a house’s back while its district lives: past every key, once or again and again.
import { expect } from 'vitest';
import { stepForm, takeStep } from '#casework';
import { refused } from '../../sim/cheat-life.ts';
import { DRAFT_DAYS, SHARE_BY_NUMBER, SHARE_DRAFTS } from '../../sim/her-ways.ts';
import type { RunOptions } from '../../sim/play.ts';
import { leavesHisDesk, seatOf } from '../../sim/staff-life.ts';
import type { Life, World } from '../../sim/world.ts';

export type Spoils = NonNullable<RunOptions['spoils']>;
type Cases = Parameters<Spoils>[1];
type Deed = (w: World, cases: Cases) => Promise<unknown>;
export const HOUR = 60;

/** Past every key, check and trigger. */
export const past =
  (words: string): Deed =>
  (w) =>
    w.house.sql(`set session_replication_role = replica; ${words}; reset session_replication_role`);
/** From now on something else happens whenever a row is written. */
export const instead =
  (table: string, when: 'insert' | 'update', then: string): Deed =>
  (w) =>
    w.house.sql(`create function posts.spoilt() returns trigger language plpgsql security definer as $$ begin ${then} end $$;
    create trigger zz_spoilt before ${when} on ${table} for each row execute function posts.spoilt()`);
/** From now on a function of the house says something else. */
export const says =
  (name: string, was: string, is: string): Deed =>
  async (w) => {
    const [found] = await w.house.sql<{ words: string }>(`select pg_get_functiondef('${name}'::regproc) as words`);
    expect(found?.words).toContain(was);
    await w.house.sql(found?.words.replace(was, is) ?? '');
  };
export const all =
  (...deeds: Deed[]): Deed =>
  async (w, cases) => {
    for (const deed of deeds) await deed(w, cases);
  };
const always = () => true;
export const filed = (cases: Cases) => cases.some(({ acknowledged }) => acknowledged);
export const numbered = (cases: Cases) => cases.some(({ number }) => number !== undefined);
/** Once, as soon as there is something to spoil. */
export const once = (deed: Deed, when: (cases: Cases) => boolean = always): Spoils =>
  async function* (w, cases): Life {
    while (!when(cases)) yield 5;
    await deed(w, cases);
  };
/** Again and again. */
export const every = (minutes: number, deed: Deed): Spoils =>
  async function* (w, cases): Life {
    for (;;) {
      yield minutes;
      await deed(w, cases);
    }
  };

export const first = (deed: Deed, then: Spoils): Spoils =>
  async function* (w, cases): Life {
    await deed(w, cases);
    yield* then(w, cases);
  };

export const codeOf = (w: World, cases: Cases): string => {
  const texts = cases.flatMap(({ form }) => w.inbox(form.mobile, w.now())).map(({ text }) => text);
  return texts.map((text) => /\d{4} ?\d{4}/.exec(text)?.[0]).find(Boolean) ?? '';
};
export const tries: Deed = (w, cases) => {
  const number = cases.find((one) => one.number !== undefined)?.number ?? '';
  return refused(w, 'suman', 'her own work', (a) => takeStep(a, number, stepForm.parse({ step: 'receive' })));
};
export const leaves: Deed = async (w) => {
  const seat = await seatOf(w, 'suman', 'verma');
  if (seat) await leavesHisDesk(w, seat);
};
export const GUESS = 7;
const RARE = 8 * 24 * HOUR;
/** All begin and go on another day, after so many days; all come back with their number, and what is rare comes soon. */
export const wayOf =
  (days: number): Deed =>
  async ({ dice }) => {
    const { about, chance } = dice;
    dice.about = (mean) => (mean === DRAFT_DAYS ? days : about(mean > RARE ? mean / 20 : mean));
    dice.chance = (share) => [SHARE_DRAFTS, SHARE_BY_NUMBER].includes(share) || chance(share);
  };

export const WORLD: RunOptions = { seed: 'spoilt', days: 2, a_day: 3, alarms_a_day: 0.0001, share_broken: 0 };
