// What is wrong with a screen's answers, as codes; the words for them are in #words. One problem for a field at most.
import { type Lang, type Words, words } from '#words';
import { type Answers, digitsOf, numberOf, textOf, ticksOf } from './answers.ts';
import { type Typed, typedDate, typedTime } from './days.ts';
import { findPlace, type Places } from './places.ts';
import { type Field, type FieldName, inputsOf, type Screen, type ScreenId } from './screens.ts';

/** Something to put right: at which input, and what. `told` are the figures the sentence needs. */
export type Problem = { input: string; field: FieldName; code: 'missing' | keyof Words['problems']; told?: number[] };

/** What a check must know besides the answers: the day in India, the districts and stations, how much of it she has spoken. */
export type Known = { today: Temporal.PlainDate; places: Places; spoken: number };

type Found = Omit<Problem, 'field' | 'input'> & { input?: string };
type Check = (answers: Answers, known: Known) => Found | undefined;

const missing: Found = { code: 'missing' };
const NAME = /^(?:[\p{L}\p{M}\s.'’-]|\u200c|\u200d)+$/u;

/**
 * Everything to put right on a screen, in the order of its fields.
 * @param screen the screen
 * @param answers what she answered
 * @param known the day, the places
 */
export function problemsOf(screen: Screen, answers: Answers, known: Known): Problem[] {
  return screen.fields.flatMap((field) => {
    const found = plain(field, answers) ?? CHECKS[field.name]?.(answers, known);
    return found ? [{ field: field.name, input: inputsOf(field)[0] ?? field.name, ...found }] : [];
  });
}

/** The answers a field offers, in their order. */
export const optionsOf = (name: FieldName): string[] => Object.keys(words('hi').fields[name].options);

/** What every field of its kind is checked for: there at all where it must be, one of the answers offered, not too long. */
function plain(field: Field, answers: Answers): Found | undefined {
  const given =
    field.kind === 'checkboxes' ? ticksOf(answers, field.name).length : [...textOf(answers, field.name)].length;
  if (field.required && given === 0) return missing;
  if (field.kind === 'radios' || field.kind === 'checkboxes') {
    const chosen = [answers[field.name] ?? []].flat().filter((value) => value !== '');
    return chosen.every((value) => optionsOf(field.name).includes(value)) ? undefined : { code: 'not-an-answer' };
  }
  if (field.max && given > field.max) return { code: 'too-long', told: [field.max] };
  return undefined;
}

const CHECKS: Partial<Record<FieldName, Check>> = {
  reporter_name: (answers) => name(answers, 'reporter_name'),
  reporter_mobile: (answers) => mobile(answers, 'reporter_mobile'),
  name: (answers) => name(answers, 'name'),
  guardian_name: (answers) =>
    textOf(answers, 'guardian_relation') && !textOf(answers, 'guardian_name')
      ? missing
      : name(answers, 'guardian_name'),
  guardian_relation: (answers) =>
    textOf(answers, 'guardian_name') && !textOf(answers, 'guardian_relation') ? missing : undefined,
  age: (answers) => {
    const typed = textOf(answers, 'age');
    if (!typed) return typedDate(answers, 'born_on').state === 'empty' ? missing : undefined;
    const age = digitsOf(typed);
    return age.length !== [...typed].length || Number(age) > 120 ? { code: 'age-range' } : undefined;
  },
  born_on: (answers, { today }) => wholeDate(typedDate(answers, 'born_on'), today),
  mobile: (answers) => mobile(answers, 'mobile'),
  modes: (answers) => {
    const modes = ticksOf(answers, 'modes');
    return modes.includes('no_contact') && modes.length > 1 ? { code: 'contact-either' } : undefined;
  },
  windows: (answers) => {
    const own = textOf(answers, 'window_from') || textOf(answers, 'window_to');
    const silent = ticksOf(answers, 'modes').includes('no_contact');
    return !silent && !own && ticksOf(answers, 'windows').length === 0 ? missing : undefined;
  },
  window_from: (answers) => {
    const typed = textOf(answers, 'window_from');
    if (!typed) return textOf(answers, 'window_to') ? missing : undefined;
    return typedTime(typed) ? undefined : { code: 'time-shape' };
  },
  window_to: (answers) => {
    const typed = textOf(answers, 'window_to');
    const from = typedTime(textOf(answers, 'window_from'));
    if (!typed) return textOf(answers, 'window_from') ? missing : undefined;
    const to = typedTime(typed);
    if (!to) return { code: 'time-shape' };
    return from && to <= from ? { code: 'time-order' } : undefined;
  },
  code_word: (answers) => {
    const length = [...textOf(answers, 'code_word')].length;
    return length > 0 && length < 3 ? { code: 'too-short', told: [3] } : undefined;
  },
  email: (answers) => {
    const typed = textOf(answers, 'email');
    if (!typed) return ticksOf(answers, 'modes').includes('email') ? missing : undefined;
    return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed) ? undefined : { code: 'email-shape' };
  },
  district: (answers, { places }) =>
    findPlace(places.districts, textOf(answers, 'district')) ? undefined : { code: 'district-unknown' },
  pin: (answers) => {
    const typed = textOf(answers, 'pin');
    return typed && !/^[1-9]\d{5}$/.test(digitsOf(typed)) ? { code: 'pin-shape' } : undefined;
  },
  station: (answers, { places }) => {
    if (textOf(answers, 'station_choice') !== 'choose') return undefined;
    const typed = textOf(answers, 'station');
    if (!typed) return missing;
    return findPlace(places.stations, typed) ? undefined : { code: 'station-unknown' };
  },
  when_from: (answers, { today }) => {
    const typed = typedDate(answers, 'when_from');
    const precision = textOf(answers, 'precision');
    if (precision === '' || precision === 'unknown')
      return typed.state === 'empty' ? undefined : possible(typed, today);
    if (typed.state === 'empty') return missing;
    const known = typed.state === 'typed' ? typed.known : 'scraps';
    if (typed.state === 'typed' && precision === 'day' && known !== 'day') return { code: 'date-parts' };
    if (typed.state === 'typed' && precision === 'month' && (known === 'year' || known === 'scraps'))
      return { code: 'month-needed' };
    if (typed.state === 'typed' && precision === 'year' && known === 'scraps')
      return { code: 'year-needed', input: 'when_from_y' };
    return possible(typed, today) ?? beforeBirth(typed, answers);
  },
  when_to: (answers, { today }) => {
    const from = typedDate(answers, 'when_from');
    const to = typedDate(answers, 'when_to');
    if (to.state === 'empty') return undefined;
    const wrong = possible(to, today);
    if (wrong) return wrong;
    return to.state === 'typed' && from.state === 'typed' && Temporal.PlainDate.compare(to.to, from.from) < 0
      ? { code: 'date-order' }
      : undefined;
  },
  url: (answers) => (textOf(answers, 'place_type') === 'online' && !textOf(answers, 'url') ? missing : undefined),
  account_choice: (answers, { spoken }) =>
    textOf(answers, 'account_choice') === 'speak' && spoken === 0 ? { code: 'speak-first' } : undefined,
  account: (answers) =>
    textOf(answers, 'account_choice') === 'write' && !textOf(answers, 'account') ? missing : undefined,
  earlier_number: (answers) => {
    const typed = textOf(answers, 'earlier_number');
    return typed && !/^\d{1,5}$/.test(numberOf(typed) ?? '') ? { code: 'number-shape' } : undefined;
  },
  earlier_year: (answers, { today }) => {
    const typed = digitsOf(textOf(answers, 'earlier_year'));
    if (!typed) return textOf(answers, 'earlier_number') ? missing : undefined;
    if (!/^(19|20)\d\d$/.test(typed)) return { code: 'year-shape' };
    return Number(typed) > today.year ? { code: 'date-future' } : undefined;
  },
  earlier_on: (answers, { today }) => wholeDate(typedDate(answers, 'earlier_on'), today),
};

function name(answers: Answers, field: FieldName): Found | undefined {
  const typed = textOf(answers, field);
  return typed && !NAME.test(typed) ? { code: 'name-letters' } : undefined;
}

/** An Indian mobile number, however it is spaced, with or without +91 or 0. */
export function mobileOf(typed: string): string {
  return digitsOf(typed).replace(/^(?:0091|91(?=\d{10}$)|0)/, '');
}

const mobile = (answers: Answers, field: FieldName): Found | undefined => wrongMobile(textOf(answers, field));

function wrongMobile(typed: string): Found | undefined {
  if (!typed) return undefined;
  const digits = mobileOf(typed);
  if (digits.length !== 10) return { code: 'mobile-digits', told: [digits.length] };
  return /^[6-9]/.test(digits) ? undefined : { code: 'mobile-start' };
}

/**
 * What is wrong with a mobile number typed at a door, in words.
 * @returns undefined if nothing is
 */
export function mobileProblem(lang: Lang, typed: string): string | undefined {
  const { fields, problems } = words(lang);
  const found = typed.trim() === '' ? missing : wrongMobile(typed);
  if (!found) return undefined;
  if (found.code === 'mobile-digits') return problems['mobile-digits'](found.told?.[0] ?? 0);
  return found.code === 'missing' ? fields.mobile.missing : problems['mobile-start'];
}

function beforeBirth(typed: Typed, answers: Answers): Found | undefined {
  const born = typedDate(answers, 'born_on');
  if (typed.state !== 'typed' || born.state !== 'typed' || born.known !== 'day') return undefined;
  return Temporal.PlainDate.compare(typed.to, born.from) < 0 ? { code: 'before-birth' } : undefined;
}

function wholeDate(typed: Typed, today: Temporal.PlainDate): Found | undefined {
  if (typed.state === 'empty') return undefined;
  if (typed.state === 'typed' && typed.known !== 'day') return { code: 'date-parts' };
  return possible(typed, today);
}

function possible(typed: Typed, today: Temporal.PlainDate): Found | undefined {
  if (typed.state === 'empty') return undefined;
  if (typed.state === 'unreal') return { code: 'date-unreal' };
  if (typed.known === 'scraps') return { code: 'date-parts' };
  if (typed.from.year < 1900) return { code: 'date-old' };
  return Temporal.PlainDate.compare(typed.from, today) > 0 ? { code: 'date-future' } : undefined;
}

/** Screens whose answers must be right before anything can be sent. */
export const unfinished = (screens: readonly Screen[], answers: Answers, known: Known): ScreenId[] =>
  screens
    .filter((screen) => screen.id !== 'check' && problemsOf(screen, answers, known).length > 0)
    .map((screen) => screen.id);
