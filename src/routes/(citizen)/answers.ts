// What she typed, exactly as typed, screen by screen. It is kept sealed in her draft and comes back to the same fields.
import { type Field, inputsOf, type Screen } from './screens.ts';

/** Input name → text, or the ticked values of checkboxes. */
export type Answers = Record<string, string | string[]>;

/** A draft as the pages keep it. `people`: whom it is about; `person`: which of them is open; `checked`: she has reached the last screen. */
export type Page = { answers: Answers; people: Answers[]; person: number | null; checked: boolean };

/** A draft with nothing in it. */
export const emptyPage = (): Page => ({ answers: {}, people: [], person: null, checked: false });

/** The draft's values as the pages wrote them; empty if they were written by another door. */
export function pageOf(values: Record<string, unknown>): Page {
  const page = values.page;
  return page && typeof page === 'object' && 'answers' in page ? { ...emptyPage(), ...(page as Page) } : emptyPage();
}

// Control characters other than line breaks, and marks that turn the reading direction, never belong in an answer.
const UNWANTED = /(?!\n)[\p{Cc}\p{Bidi_Control}]/gu;

/** A typed text in one spelling: NFC, no control characters, trimmed. Joiners stay: Hindi needs them. */
export const tidy = (typed: string): string =>
  typed.replaceAll('\r\n', '\n').normalize('NFC').replace(UNWANTED, '').trim();

/**
 * The answers of one screen out of a sent form. Nothing is judged here.
 * @param screen the screen that was shown
 * @param sent the form as sent
 */
export function readAnswers(screen: Screen, sent: FormData): Answers {
  return Object.fromEntries(
    screen.fields.flatMap((field) => inputsOf(field).map((name) => [name, read(field, name, sent)])),
  );
}

function read(field: Field, name: string, sent: FormData): string | string[] {
  const texts = sent.getAll(name).filter((value) => typeof value === 'string');
  if (field.kind === 'checkboxes') return texts.map(tidy).slice(0, 40);
  // A little more than allowed is kept, so that she sees her own text beside "too long".
  return tidy(texts[0] ?? '').slice(0, (field.max ?? 40) * 2 + 20);
}

/** The text of an answer; empty if there is none. */
export const textOf = (answers: Answers, name: string): string => {
  const value = answers[name];
  return typeof value === 'string' ? value : '';
};
/** The ticked values of an answer. */
export const ticksOf = (answers: Answers, name: string): string[] => {
  const value = answers[name];
  return Array.isArray(value) ? value : [];
};

const ZEROES = ['०', '۰', '٠', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦'].map((zero) => zero.codePointAt(0) ?? 0);

/** Devanagari and other Indian digits as 0–9; everything else stays. */
export const latinDigits = (typed: string): string =>
  typed.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    const zero = ZEROES.find((z) => code >= z && code <= z + 9);
    return zero === undefined ? digit : String(code - zero);
  });

/** Only the digits of a text, as 0–9. */
export const digitsOf = (typed: string): string => latinDigits(typed).replace(/\D/g, '');

/** The digits of a text that is nothing but digits and spaces; undefined for anything else, so that “12/3” is never read as 123. */
export const numberOf = (typed: string): string | undefined => {
  const latin = latinDigits(typed);
  return /^[\d\s]*$/.test(latin) ? latin.replace(/\s/g, '') : undefined;
};
