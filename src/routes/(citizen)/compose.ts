// From her answers to the complaint that is sent: the same form that the API takes.
import type { Held } from '#evidence';
import { type Answers, digitsOf, numberOf, type Page, textOf, ticksOf } from './answers.ts';
import { mobileOf } from './checks.ts';
import { type Typed, typedDate, typedTime } from './days.ts';
import { findPlace, type Places } from './places.ts';

const WINDOWS: Record<string, { from: string; to: string }> = {
  morning: { from: '08:00', to: '11:00' },
  noon: { from: '11:00', to: '16:00' },
  evening: { from: '16:00', to: '20:00' },
  any: { from: '08:00', to: '20:00' },
  unsure: { from: '11:00', to: '16:00' },
};

/** Who is not sure whether she is in danger is treated as if she were. */
export const inDanger = (answers: Answers): boolean => ['yes', 'unsure'].includes(textOf(answers, 'danger_now'));

/** How she may be reached. Not sure: one call, within her hours, that asks; no SMS she did not ask for. */
const modesOf = (answers: Answers): string[] => [
  ...new Set(ticksOf(answers, 'modes').map((mode) => (mode === 'unsure' ? 'call' : mode))),
];

/** Her safe hours: what she ticked and what she typed; “any time” swallows the rest. */
export function windowsOf(answers: Answers): { from: string; to: string }[] {
  const ticked = ticksOf(answers, 'windows');
  const chosen = (
    ticked.includes('any') ? ['any'] : ticked.filter((one) => one !== 'unsure' || !ticked.includes('noon'))
  ).flatMap((name) => WINDOWS[name] ?? []);
  const from = typedTime(textOf(answers, 'window_from'));
  const to = typedTime(textOf(answers, 'window_to'));
  return from && to ? [...chosen, { from, to }] : chosen;
}

/**
 * The complaint as the intake room takes it. What she left empty is left out.
 * @param page her draft; every screen must be right
 * @param about the draft's form id, her language, the notice she agreed to
 * @param places to turn names of places into units
 * @param held what she has sent in before
 */
export function compose(
  page: Page,
  about: { form_id: string; language: 'hi' | 'en'; notice_version: string },
  places: Places,
  held: readonly Held[] = [],
): Record<string, unknown> {
  const { answers } = page;
  const told = accountOf(answers, held);
  const text = (name: string) => textOf(answers, name);
  const ticks = (name: string) => ticksOf(answers, name);
  const relation = text('relation');
  const seen = text('seen_by');
  const needs = ticks('needs');
  const earlier = text('earlier_made');
  return filled({
    ...about,
    channel: 'web',
    reporter: filled({
      relation,
      ...(relation !== 'self' && { name: text('reporter_name'), mobile: e164(text('reporter_mobile')) }),
    }),
    affected: filled({
      woman_or_girl: ticks('woman_or_girl').includes('yes'),
      name: text('name'),
      guardian_name: text('guardian_name'),
      guardian_relation: text('guardian_relation'),
      ...ageOf(answers),
      guardian_safe: text('guardian_safe'),
    }),
    mobile: e164(text('mobile')),
    mobile_shared: seen !== 'nobody',
    phone_watched: seen === 'watched',
    safe_contact: filled({
      modes: modesOf(answers),
      windows: windowsOf(answers),
      voicemail: text('voicemail') === 'yes',
      code_word: text('code_word'),
      decoy_subject: text('decoy_subject'),
    }),
    access: { languages: ticks('languages'), needs: ticks('access') },
    email: text('email'),
    address_now: filled({
      district: findPlace(places.districts, text('district'))?.path,
      pin: digitsOf(text('pin')),
      text: text('address'),
      accused_lives_here: ticks('accused_lives_here').includes('yes'),
    }),
    station: text('station_choice') === 'choose' ? findPlace(places.stations, text('station'))?.path : 'any',
    happened: ticks('happened'),
    when: whenOf(answers),
    where: filled({ place_type: text('place_type'), text: text('place'), url: text('url') }),
    accused: page.people.map(accusedOf),
    account: told,
    evidence: held.map(({ id }) => id).filter((id) => !('upload' in told) || id !== told.upload),
    earlier: earlier === 'yes' || earlier === 'refused' ? earlierOf(answers, earlier === 'refused') : undefined,
    needs: {
      danger_now: inDanger(answers),
      doctor: needs.includes('doctor'),
      safe_place: needs.includes('safe_place'),
      protection: needs.includes('protection'),
    },
    agreed: ticks('agreed').includes('yes'),
  });
}

/** Without the keys whose value is empty. */
const filled = (value: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined && v !== ''));

const e164 = (typed: string) => (typed ? `+91${mobileOf(typed)}` : '');

/** Written, spoken, or told later. */
function accountOf(answers: Answers, held: readonly Held[]): { text: string } | { upload: string } | { defer: true } {
  const choice = textOf(answers, 'account_choice');
  if (choice === 'write') return { text: textOf(answers, 'account') };
  const spoken = choice === 'speak' ? held.find((one) => one.spoken) : undefined;
  return spoken ? { upload: spoken.id } : { defer: true };
}

function ageOf(answers: Answers): { born_on: string } | { age: number } | Record<string, never> {
  const born = typedDate(answers, 'born_on');
  if (born.state === 'typed' && born.known === 'day') return { born_on: born.from.toString() };
  const age = digitsOf(textOf(answers, 'age'));
  return age ? { age: Number(age) } : {};
}

function whenOf(answers: Answers): Record<string, unknown> {
  const precision = textOf(answers, 'precision');
  const [from, to] = [known(typedDate(answers, 'when_from')), known(typedDate(answers, 'when_to'))];
  return precision === 'unknown' || !from ? { precision: 'unknown' } : filled({ from, to, precision });
}

/** As much of a date as she knows: “2026”, “2026-09” or “2026-09-26”. */
function known(typed: Typed): string | undefined {
  if (typed.state !== 'typed' || typed.known === 'scraps') return undefined;
  return typed.from.toString().slice(0, { year: 4, month: 7, day: 10 }[typed.known]);
}

function accusedOf(person: Answers): Record<string, unknown> {
  const flags = ticksOf(person, 'accused_flags');
  return filled({
    known: textOf(person, 'known') === 'yes',
    name: textOf(person, 'accused_name'),
    relation: textOf(person, 'accused_relation'),
    description: textOf(person, 'accused_description'),
    address: textOf(person, 'accused_address'),
    is_police: flags.includes('is_police'),
    is_public_servant: flags.includes('is_public_servant'),
    minor: flags.includes('minor'),
    lives_with_me: flags.includes('lives_with_me'),
  });
}

function earlierOf(answers: Answers, refused: boolean): Record<string, unknown> {
  const on = typedDate(answers, 'earlier_on');
  const year = digitsOf(textOf(answers, 'earlier_year'));
  return filled({
    station: textOf(answers, 'earlier_station'),
    number: numberOf(textOf(answers, 'earlier_number')),
    year: year ? Number(year) : undefined,
    on: on.state === 'typed' && on.known === 'day' ? on.from.toString() : undefined,
    officer: textOf(answers, 'earlier_officer'),
    refused,
  });
}
