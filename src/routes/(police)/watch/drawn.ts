// A page of figures as it is drawn, without the frame around it. It is the same for everybody who may see the unit from the same place, so it is
// kept as long as its figures; whether who asks may see it, and the signs beside the figures, are asked each time.
import { createHash } from 'node:crypto';
import { render } from 'svelte/server';
import type { Reading } from '#foundation';
import { GROUPS } from '#law';
import { kept, type Signs, signsOf, type WatchForm, watchPage } from '#oversight';
import { liesIn, unitNames } from '#posts';
import FigurePage from '#ui/staff/FigurePage.svelte';
import { named } from '#ui/staff/say.ts';
import { type Lang, words } from '#words';
import { longTime, monthOf } from '../../../words/format.ts';
import { queryOf, type Typed } from './asked.ts';

export type Drawn = { title: string; body: string };
type Asked = { asked: WatchForm; typed: Typed; wrong: string[] };
/** From where it is looked at: the names above that unit are no links. */
type Looker = { lang: Lang; unit: string };

// figures stand as of the moment they are looked at, as long as nothing has turned them; the time is put in where this sign stands
const CLOCK = '\uE000';
const ALL_GROUPS = ['all', ...GROUPS] as const;

/** The names of the units above one, from the nation down. */
async function crumbsOf(r: Reading, unit: string, from: string) {
  const parts = unit.split('.');
  const above = parts.slice(0, -1).map((_, n) => parts.slice(0, n + 1).join('.'));
  const names = await unitNames(r, above);
  return above.flatMap((path) => {
    const name = names.get(path);
    return name ? [{ path, name, mine: liesIn(path, from) }] : [];
  });
}

async function withStations(r: Reading, found: Signs) {
  const names = await unitNames(r, [...new Set(found.reports.map(({ unit }) => unit))]);
  return {
    ...found,
    reports: found.reports.map((sign) => ({ ...sign, name: names.get(sign.unit) ?? { hi: sign.unit, en: sign.unit } })),
  };
}

async function draw(r: Reading, { asked, typed, wrong }: Asked, by: Looker, found: Signs | null): Promise<Drawn> {
  const { lang } = by;
  const seen = await watchPage(r, asked);
  const name = named(seen.name, lang);
  const month = typed.from !== '' && typed.from === typed.to && wrong.length === 0;
  const title = month
    ? words(lang).watch.review.title(name, monthOf(lang, Temporal.PlainDate.from(`${typed.from}-01`)))
    : name;
  const props = {
    lang,
    title,
    seen,
    signs: found && (await withStations(r, found)),
    crumbs: await crumbsOf(r, asked.unit, by.unit),
    typed,
    wrong,
    groups: ALL_GROUPS,
    query: queryOf(typed),
    when: CLOCK,
  };
  return { title, body: render(FigurePage, { props }).body };
}

/** So many names lie in the path of a state. */
export const NATION_AND_STATES = 2;
const markOf = (signs: Signs | null): string =>
  signs ? createHash('sha256').update(JSON.stringify(signs)).digest('base64url') : '';

/**
 * The page of a unit as it is drawn.
 * @throws Refusal `not-found` where the unit does not exist or the caller supervises neither it nor a unit above it
 */
export async function drawnPage(r: Reading, page: Asked, by: Looker): Promise<Drawn> {
  const { asked, typed, wrong } = page;
  // signs are looked at where somebody can ask the station: from the districts down
  const signs = asked.unit.split('.').length > NATION_AND_STATES ? await signsOf(r, asked.unit) : null;
  const make = () => draw(r, page, by, signs);
  // what nobody could read is not asked twice
  const { title, body } =
    wrong.length > 0
      ? await make()
      : await kept(r, asked.unit, `drawn ${by.lang} ${by.unit} ${queryOf(typed)} ${markOf(signs)}`, make);
  return { title, body: body.replaceAll(CLOCK, longTime(by.lang, r.now)) };
}
