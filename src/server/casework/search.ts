// Finding a file: openly by what stands in it, and with a reason by her number or by how the name of an accused sounds. Nobody's name is shown.
import { type Act, asHouse, newId, note, type Reading, refuse } from '#foundation';
import { asciiDigits, istMidnight, KNOWN_ACTS, normaliseSection } from '#law';
import { findPosts, listUnits, type Named, officersOf, postName } from '#posts';
import { findByAccused, findByMobile, soundsOf, toE164 } from '#sealed-identity';
import { sectionAsked } from './desk-asked.ts';
import { watchLookUps } from './look-up-signs.ts';
import type { DeskRow } from './desk.ts';
import { dueOf } from './desk.ts';
import { type LookUp, numberOfYear, type SearchAsked, zeroNumber } from './search-asked.ts';
import * as store from './search-store.ts';
import { type Meant, meaningsOf, type Place } from './search-words.ts';
import type { State } from './powers.ts';
import type { Cited } from './store.ts';
import { type Elsewhere, zeroElsewhere } from './transfers-between-stations.ts';

/** A file that was found: nothing of her. */
export type FoundRow = {
  number: string;
  fir: string | null;
  register: { serial: number; year: number } | null;
  sections: Cited[];
  state: State;
  submitted_at: Temporal.Instant;
  due: DeskRow['due'];
  child: boolean;
  waits_for: string | null;
  post_name: Named;
};
export type Found = {
  rows: FoundRow[];
  /** how the words were understood: a word without codes means nothing here */
  meant: Meant[];
  /** Zero FIRs of this number that were recorded here and lie elsewhere: known by their line alone */
  elsewhere: Elsewhere[];
  /** mark for `after`; null at the end */
  older: string | null;
};
export type LookedUp = { rows: FoundRow[] /** more were found than are shown */; more: boolean; this_hour: number };

/** How often an officer may look for a number or a name within an hour. */
export const MOST_LOOK_UPS = 30;
const MOST_FOUND = 50;
const MOST_NAMED = 500;
const ALL_ACTS = Object.keys(KNOWN_ACTS);

/**
 * Files in sight of which everything asked holds, the newest first. One box takes a complaint number, "412/26" (an FIR, a Zero
 * FIR, or where there is none the register), a section with or without its act, and words in either script.
 * @throws Refusal `not-your-power` for anybody but an officer; `search-empty`; `not-understood` about `after`
 */
export async function search(r: Reading, asked: SearchAsked): Promise<Found> {
  const { actor } = r;
  if (actor.kind !== 'officer') refuse('not-your-power');
  const { q, fir, zero, register, section, category, place, state, from, until } = asked;
  if (![q, fir, zero, register, section, category, place, state, from, until].some(Boolean))
    refuse('search-empty', 'q');
  const after = asked.after === undefined ? undefined : (readPlace(asked.after) ?? refuse('not-understood', 'after'));
  const cited = section === undefined ? undefined : sectionAsked(section);
  const base: store.Sought = {
    fir: fir === undefined ? undefined : numberOfYear(fir),
    register: register === undefined ? undefined : numberOfYear(register),
    states: state && [state],
    from: from && istMidnight(from),
    until: until && istMidnight(until.add({ days: 1 })),
    facets: [
      ...(cited ? [[`section:${cited.act} ${cited.section}`]] : []),
      ...(category ? [[`category:${category}`]] : []),
      ...(place ? [[`place:${place}`]] : []),
      ...(zero ? [[zeroCode(numberOfYear(zero))]] : []),
    ],
  };
  const elsewhere = await recordedHere(r, asked);
  const { ways, meant } = await waysOf(r, actor.unit, q ?? '', base);
  for (const way of ways) {
    const lines = await store.findLines(r, way, after, asked.limit + 1);
    if (lines.length === 0) continue;
    const shown = lines.slice(0, asked.limit);
    const last = shown.at(-1);
    const older =
      lines.length > shown.length && last ? writePlace({ at: last.submitted_at, number: last.number }) : null;
    return { rows: await rowsOf(r, shown), meant, elsewhere, older };
  }
  return { rows: [], meant, elsewhere, older: null };
}

type Numbered = ReturnType<typeof numberOfYear>;
const zeroCode = (of: Numbered): string => `zero:${of?.number ?? ''}${of?.year ? `/${of.year}` : ''}`;

// the station that recorded it sees the file no more, but asks by the number of its own register
async function recordedHere(r: Reading, { q, zero, after }: SearchAsked): Promise<Elsewhere[]> {
  const asked = zero === undefined ? q && (zeroNumber(q) ?? numberOfYear(q)) : numberOfYear(zero);
  return asked && after === undefined ? zeroElsewhere(r, asked) : [];
}

// what the box may mean, in the order in which it is tried: the first that finds something is it
async function waysOf(
  r: Reading,
  unit: string,
  q: string,
  base: store.Sought,
): Promise<{ ways: store.Sought[]; meant: Meant[] }> {
  if (q === '') return { ways: [base], meant: [] };
  const plain = asciiDigits(q).replace(/[\s-]/g, '');
  if (/^\d{12}$/.test(plain)) return { ways: [{ ...base, number: plain }], meant: [] };
  const zero = zeroNumber(q);
  if (zero) return { ways: [{ ...base, facets: [...base.facets, [zeroCode(zero)]] }], meant: [] };
  const numbered = numberOfYear(q);
  const sections = numbered?.year === null ? anyAct(String(numbered.number)) : anyAct(asciiDigits(q).trim());
  const withSection = { ...base, facets: [...base.facets, sections] };
  if (numbered) {
    const ways = [
      { ...base, fir: numbered },
      { ...base, facets: [...base.facets, [zeroCode(numbered)]] },
      { ...base, register: numbered },
    ];
    return { ways: numbered.year === null ? [...ways, withSection] : ways, meant: [] };
  }
  const cited = sectionAsked(q);
  if (cited)
    return { ways: [{ ...base, facets: [...base.facets, [`section:${cited.act} ${cited.section}`]] }], meant: [] };
  if (sections.length > 0) return { ways: [withSection], meant: [] };
  const meant = meaningsOf(q, await placesOf(r, unit));
  const known = meant.length > 0 && meant.every(({ codes }) => codes.length > 0);
  return { ways: known ? [{ ...base, facets: [...base.facets, ...meant.map(({ codes }) => codes)] }] : [], meant };
}

const anyAct = (section: string): string[] =>
  /^\d/.test(section) && section.length <= 20
    ? ALL_ACTS.flatMap((act) => {
        const known = normaliseSection(act, section);
        return known ? [`section:${act} ${known}`] : [];
      })
    : [];

// what is below a district: files are found by the units they lie in
const placesOf = async (r: Reading, under: string): Promise<Place[]> =>
  (await listUnits(r, { under }))
    .filter(({ path }) => path.split('.').length >= 3)
    .map(({ path, name_hi, name_en }) => ({ path, names: [name_hi, name_en] }));

const writePlace = ({ at, number }: store.Place): string =>
  Buffer.from(`${at.toString()} ${number}`).toString('base64url');
function readPlace(text: string): store.Place | undefined {
  const found = /^(\S{20,40}) (\d{12})$/.exec(Buffer.from(text, 'base64url').toString('utf8'));
  try {
    return found?.[1] && found[2] ? { at: Temporal.Instant.from(found[1]), number: found[2] } : undefined;
  } catch {
    return undefined;
  }
}

// an officer who looks for his own family's name may have a reason; somebody asks which
async function soundsLikeMe(a: Act, officer: string, name: string): Promise<boolean> {
  const [me] = await officersOf(a, [officer]);
  const mine = new Set([me?.name_hi, me?.name_en].flatMap((one) => soundsOf(one?.trim().split(/\s+/).at(-1) ?? '')));
  return name.split(/\s+/).some((word) => soundsOf(word).some((sound) => mine.has(sound)));
}

/**
 * Looks for files by her number or by the name of an accused. Each time is written down with its reason, whether anything was found or
 * not, and again with each file that was shown; what was looked for is written nowhere.
 * @throws Refusal `not-your-power`; `mobile-wrong`, `name-too-short` about `value`; `too-many-look-ups`
 */
export async function lookUp(a: Act, { by, value, reason }: LookUp): Promise<LookedUp> {
  const { actor } = a;
  if (actor.kind !== 'officer') refuse('not-your-power');
  const before = await store.lookUpsSince(a, actor.officer, a.now.subtract({ hours: 1 }));
  if (before >= MOST_LOOK_UPS) refuse('too-many-look-ups');
  const files = by === 'mobile' ? await filesOfMobile(a, value) : await filesOfName(a, value);
  const lines = await store.linesOf(a, files, MOST_FOUND + 1);
  const shown = lines.slice(0, MOST_FOUND);
  const id = newId();
  await store.addLookUp(a, {
    id,
    post: actor.post,
    path: actor.unit,
    officer: actor.officer,
    by,
    reason,
    found: shown.length,
  });
  // a number that belongs somewhere, but to no file in sight: the answer is the same "nothing"
  const beyond = by === 'mobile' && files.length > 0 && lines.length === 0;
  const own = by === 'accused-name' && (await soundsLikeMe(a, actor.officer, value));
  await watchLookUps(a, { id, beyond, own });
  for (const { file } of shown) await note(a, 'file.look-up', file, { by, reason });
  return {
    rows: await rowsOf(a, shown),
    more: lines.length > shown.length || files.length >= MOST_NAMED,
    this_hour: before + 1,
  };
}

async function filesOfMobile(a: Act, value: string): Promise<string[]> {
  const mobile = toE164(value) ?? refuse('mobile-wrong', 'value');
  // where a number belongs only the house knows; what of it is in sight the next question says
  return asHouse(a, (h) => findByMobile(h, mobile));
}

async function filesOfName(a: Act, value: string): Promise<string[]> {
  if (value.replace(/[^\p{L}]/gu, '').length < 2) refuse('name-too-short', 'value');
  return findByAccused(a, value, MOST_NAMED);
}

async function rowsOf(r: Reading, lines: readonly store.FoundLine[]): Promise<FoundRow[]> {
  const posts = new Map(
    (await findPosts(r, [...new Set(lines.map(({ post }) => post))])).map((p) => [p.id, postName(p)]),
  );
  return lines.flatMap((line) => {
    const post_name = posts.get(line.post);
    const { register_serial: serial, register_year: year } = line;
    if (!post_name) return [];
    return [
      {
        number: line.number,
        fir: line.fir_number && `${line.fir_number}/${line.fir_year}`,
        register: serial !== null && year !== null ? { serial, year } : null,
        sections: line.sections,
        state: line.state,
        submitted_at: line.submitted_at,
        due: dueOf(line, r.now),
        child: line.child,
        waits_for: line.waits_for,
        post_name,
      },
    ];
  });
}
