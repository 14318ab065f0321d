// How a typed text becomes one spelling, and what is refused. Messages are codes; the words are in #words.
import { z } from 'zod';
import { asciiDigits } from '#law';
import { toE164 } from '#sealed-identity';

// marks that turn the reading direction can make one name look like another; joiners stay, Hindi needs them
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: line breaks and tabs may stand in an account
const CONTROL_BUT_LINES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u;
const NAME = /^(?:[\p{L}\p{M} .'’-]|\u200c|\u200d)+$/u;

const tidy = (text: string): string => text.normalize('NFC').replace(BIDI, '').trim();
const clean = (pattern: RegExp) => (text: string) => !pattern.test(text) && text.isWellFormed();

/** A text of one line. */
export const line = (max: number) =>
  z
    .string({ error: 'missing' })
    .overwrite(tidy)
    .refine(clean(CONTROL), { error: 'control-characters', abort: true })
    .min(1, 'missing')
    .max(max, 'too-long');

/** A text of many lines. What she wrote stays as she wrote it. */
export const lines = (max: number) =>
  z
    .string({ error: 'missing' })
    .overwrite((text) => text.replaceAll('\r\n', '\n').normalize('NFC').trim())
    .refine(clean(CONTROL_BUT_LINES), { error: 'control-characters', abort: true })
    .min(1, 'missing')
    .max(max, 'too-long');

/** A person's name in any script. */
export const personName = () => line(100).regex(NAME, 'name-letters');

/** Digits in either script with spaces and hyphens between them: as plain digits. */
export const digits = (pattern: RegExp, code: string) =>
  z
    .string({ error: 'missing' })
    .overwrite((text) => asciiDigits(text).replace(/[\s\u200b-\u200f\-\u2010-\u2015.]/g, ''))
    .regex(pattern, code);

/** An Indian mobile number, in E.164. What is not one stays as it is and is refused. */
export const mobile = () =>
  z
    .string({ error: 'missing' })
    .overwrite((text) => toE164(text) ?? text)
    .regex(/^\+91[6-9]\d{9}$/, 'mobile-wrong');

/** Something that may be left out: empty and null count as left out, as forms and other systems send them. */
export const maybe = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' || value === null ? undefined : value), schema.optional());

/** A yes or no that is no when left out. */
export const flag = () => z.boolean({ error: 'not-an-answer' }).default(false);

/** One word of a fixed list. */
export const oneOf = <const T extends readonly [string, ...string[]]>(id: string, words: T) =>
  z.enum(words, { error: (issue) => (issue.input === undefined ? 'missing' : 'not-an-answer') }).meta({ id });

/** Some words of a fixed list, each once. */
export const someOf = <S extends z.ZodType>(word: S, least = 0) =>
  z
    .array(word, { error: 'missing' })
    .max(40, 'too-many-items')
    .overwrite((words) => [...new Set(words)])
    .min(least, 'missing');
