// A screen of the form, and the last look before sending, made from what she answered.
import type { Held } from '#evidence';
import { maskMobile } from '#sealed-identity';
import { type Lang, pick, type Words, words } from '#words';
import { fullDay, longDay, monthOf } from '../../words/format.ts';
import { type Answers, digitsOf, type Page, textOf, ticksOf } from './answers.ts';
import { type Known, optionsOf } from './checks.ts';
import { windowsOf } from './compose.ts';
import { typedDate } from './days.ts';
import { filesLine } from './her-files.ts';
import { forAnother, screenBefore, screensFor } from './journey.ts';
import { findPlace, type Places } from './places.ts';
import { type Field, type FieldName, inputsOf, type Screen, type ScreenId, screenOf } from './screens.ts';
import type { CheckRow, CheckView, FieldView, ScreenView, Step } from './views.ts';

/** Screens that speak to whoever writes, not of her. */
const ABOUT_THE_WRITER: ReadonlySet<ScreenId> = new Set(['who', 'reporter']);

/**
 * A screen with her answers in its fields.
 * @param lang hi or en
 * @param id the screen
 * @param page the draft
 * @param known the day, and the places that are suggested
 */
export function screenView(lang: Lang, id: ScreenId, page: Page, known: Known): ScreenView {
  const screen = screensFor(page.answers, known.today).find((s) => s.id === id) ?? screenOf(id);
  const answers = id === 'person' ? (page.people[page.person ?? -1] ?? {}) : page.answers;
  return {
    screen: id,
    step: screen.step,
    back: screenBefore(id, page, known.today) !== undefined,
    another: forAnother(page.answers) && !ABOUT_THE_WRITER.has(id),
    fields: screen.fields.map((field) => fieldView(lang, field, answers, known.places)),
    files: null,
  };
}

function fieldView(lang: Lang, field: Field, answers: Answers, places: Places): FieldView {
  const { name, kind } = field;
  if (kind === 'date') {
    const [d = '', m = '', y = ''] = inputsOf(field).map((input) => textOf(answers, input));
    return { name, kind, parts: { d, m, y } };
  }
  if (kind === 'radios' || kind === 'checkboxes') {
    const texts: Record<string, string> = words(lang).fields[name].options;
    return {
      name,
      kind,
      options: optionsOf(name).map((value) => ({ value, text: texts[value] ?? value })),
      chosen: [answers[name] ?? []].flat(),
    };
  }
  const from = name === 'district' ? places.districts : name === 'station' ? places.stations : [];
  return {
    name,
    kind,
    value: textOf(answers, name),
    width: field.width,
    suggestions: kind === 'list' ? from.map((place) => place[lang]) : [],
  };
}

/**
 * Whom she has told about, a line each.
 * @param lang hi or en
 * @param page the draft
 */
export const peopleLines = (lang: Lang, page: Page): string[] =>
  page.people.map((person) => personLine(words(lang), person));

function personLine(w: Words, person: Answers): string {
  const relation = pick(w.fields.accused_relation.options, textOf(person, 'accused_relation'));
  const flags = ticksOf(person, 'accused_flags').map((flag) => pick(w.fields.accused_flags.options, flag));
  const known = pick(w.fields.known.options, textOf(person, 'known'));
  return [textOf(person, 'accused_name'), relation || known, ...flags].filter(Boolean).join('; ');
}

/** What is not repeated on the last page: someone may be looking over her shoulder. */
const SEALED: ReadonlySet<FieldName> = new Set(['name', 'reporter_name', 'guardian_name', 'address', 'code_word']);
/** Shown with another field, or of no use to look at again. */
const LEFT_OUT: ReadonlySet<FieldName> = new Set([
  'seen_by',
  'born_on',
  'guardian_relation',
  'window_from',
  'window_to',
  'station',
  'when_from',
  'when_to',
  'account',
  'agreed',
  'woman_or_girl',
]);

/**
 * Everything once more before it is sent, in the five groups.
 * @param lang hi or en
 * @param page the draft
 * @param known the day, the places
 * @param held what she has sent in before
 */
export function checkView(lang: Lang, page: Page, known: Known, held: readonly Held[]): CheckView {
  const told = { page, places: known.places, held };
  const w = words(lang);
  const way = screensFor(page.answers, known.today).filter(({ id }) => id !== 'check');
  const groups = ([1, 2, 3, 4, 5] as Step[]).map((step) => ({
    step,
    rows: way.filter((screen) => screen.step === step).flatMap((screen) => rowsOf(lang, w, screen, told)),
  }));
  return { groups, agreed: ticksOf(page.answers, 'agreed').includes('yes') };
}

function rowsOf(
  lang: Lang,
  w: Words,
  screen: Screen,
  told: { page: Page; places: Places; held: readonly Held[] },
): CheckRow[] {
  const { page, places, held } = told;
  if (screen.id === 'accused') {
    const value = page.people.length ? peopleLines(lang, page).join(' · ') : w.form.check.notGiven;
    return [{ field: 'people', screen: 'accused', label: w.form.check.labels.people, value, aside: '' }];
  }
  if (screen.id === 'evidence') {
    const value =
      filesLine(
        lang,
        held.filter(({ spoken }) => !spoken),
      ) || w.form.files.none;
    return [{ field: 'files', screen: 'evidence', label: w.form.check.labels.files, value, aside: '' }];
  }
  return screen.fields
    .filter(({ name }) => !LEFT_OUT.has(name))
    .flatMap((field): CheckRow[] => {
      const { value, aside } =
        field.name === 'account_choice'
          ? accountSaid(lang, w, page.answers, held)
          : said(lang, w, field, page.answers, places);
      // an optional answer left empty is no line; a required one shows that it is still to do
      if (!value && !field.required && !['name', 'age', 'needs'].includes(field.name)) return [];
      const shown = value || (field.required || field.name === 'age' ? w.form.check.missing : w.form.check.notGiven);
      return [
        {
          field: field.name,
          screen: screen.id,
          label: pick(w.form.check.labels, field.name, w.fields[field.name].label),
          value: shown,
          aside,
        },
      ];
    });
}

// what she wrote is not repeated; what she has spoken goes along however she chose
function accountSaid(lang: Lang, w: Words, answers: Answers, held: readonly Held[]): { value: string; aside: string } {
  const choice = textOf(answers, 'account_choice');
  const spoken = filesLine(
    lang,
    held.filter((one) => one.spoken),
  );
  const written = choice === 'write' ? w.form.check.written([...textOf(answers, 'account')].length) : '';
  const otherwise =
    choice === 'write' || (choice === 'speak' && spoken) ? '' : pick(w.fields.account_choice.options, choice);
  return { value: [written, otherwise, spoken].filter(Boolean).join('; '), aside: '' };
}

function said(lang: Lang, w: Words, field: Field, answers: Answers, places: Places): { value: string; aside: string } {
  const { name } = field;
  const typed = textOf(answers, name);
  if (SEALED.has(name)) return { value: typed && w.form.check.sealed, aside: '' };
  if (name === 'age') return { value: ageText(lang, w, answers), aside: '' };
  if (name === 'mobile') return { value: masked(typed), aside: pick(w.form.check.seenBy, textOf(answers, 'seen_by')) };
  if (name === 'reporter_mobile') return { value: masked(typed), aside: '' };
  if (name === 'windows')
    return {
      value: windowsOf(answers)
        .map(({ from, to }) => `${from}–${to}`)
        .join(', '),
      aside: '',
    };
  if (name === 'district') return { value: findPlace(places.districts, typed)?.[lang] ?? typed, aside: '' };
  if (name === 'station_choice' && typed === 'choose') {
    const station = textOf(answers, 'station');
    return { value: findPlace(places.stations, station)?.[lang] ?? station, aside: '' };
  }
  if (name === 'precision') return whenText(lang, w, answers, typed);
  if (field.kind === 'radios' || field.kind === 'checkboxes') {
    const options: Record<string, string> = w.fields[name].options;
    return {
      value: [answers[name] ?? []]
        .flat()
        .map((value) => options[value] ?? '')
        .filter(Boolean)
        .join('; '),
      aside: '',
    };
  }
  if (field.kind === 'date') return { value: dateText(lang, answers, name), aside: '' };
  return { value: typed, aside: '' };
}

function ageText(lang: Lang, w: Words, answers: Answers): string {
  const age = digitsOf(textOf(answers, 'age'));
  return age ? w.form.check.age(Number(age)) : dateText(lang, answers, 'born_on');
}

function whenText(lang: Lang, w: Words, answers: Answers, precision: string): { value: string; aside: string } {
  const options: Record<string, string> = w.fields.precision.options;
  const [from, to] = [dateText(lang, answers, 'when_from'), dateText(lang, answers, 'when_to')];
  if (!precision || precision === 'unknown' || !from) return { value: options[precision] ?? '', aside: '' };
  return { value: to ? `${from} – ${to}` : from, aside: precision === 'day' ? '' : w.form.check.unsure };
}

function dateText(lang: Lang, answers: Answers, name: string): string {
  const typed = typedDate(answers, name);
  if (typed.state !== 'typed') return '';
  if (typed.known === 'day') return name === 'when_from' ? fullDay(lang, typed.from) : longDay(lang, typed.from);
  return typed.known === 'month' ? monthOf(lang, typed.from) : typed.known === 'year' ? String(typed.from.year) : '';
}

/** As on the receipt, so that the two together say no more than one: the digits that are mistyped last, and never the whole number. */
const masked = (typed: string): string => {
  const digits = digitsOf(typed).slice(-10);
  return digits.length === 10 ? maskMobile(digits) : typed;
};
