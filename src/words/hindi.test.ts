// Every Hindi text is read, those with blanks too: no English is left in it, and English has exactly what Hindi has.
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Lang, words } from './words.ts';

type Said = { at: string; text: string };

/** Anything a text may ask of an object: each of its parts is a text again. */
const anything: unknown = new Proxy(() => 'क', {
  get: (_, part) => (part === Symbol.toPrimitive ? () => 'क' : part === 'length' ? 1 : anything),
});
// a number, a text, an object; a day only where nothing else will do
const BLANKS = [[1], [2], ['क'], [anything], [Temporal.PlainDate.from('2026-11-29')]];

/** What a text with blanks says, with whatever it takes in them. */
function filled(make: (...told: unknown[]) => unknown, at: string): string[] {
  const found = BLANKS.flatMap(([blank]) => {
    try {
      const text = make(...Array.from({ length: Math.max(make.length, 1) }, () => blank));
      return typeof text === 'string' && !/NaN|undefined|\[object/.test(text) ? [text] : [];
    } catch {
      return [];
    }
  });
  expect(found.length, `${at} says something`).toBeGreaterThan(0);
  return found;
}

const textsUnder = (table: unknown, at: string): Said[] => {
  if (typeof table === 'string') return [{ at, text: table }];
  if (typeof table === 'function')
    return filled(table as (...told: unknown[]) => unknown, at).map((text) => ({ at, text }));
  if (typeof table !== 'object' || table === null) return [];
  return Object.entries(table).flatMap(([key, value]) => textsUnder(value, `${at}.${key}`));
};

/** What stands in Latin letters in her texts, and why. Everything else there is Hindi; FIR and SMS too are written as people say them. */
const HERS: readonly RegExp[] = [
  /^(English|Read in English)$/, // the way to the other language is named in that language
  /98xxx xxx21|naam@example\.com/, // how a number and an address look
  /\b(BNS|BNSS|POCSO)\b/, // how the acts are cited; beside it stands their name, or the open page of rights
  /\bdocument\.pdf\b|\((?:iii?)\)/, // the name of the file she gets; how a section counts its parts
  /\((History|Incognito|Shift)\)/, // the word on the browser's own button, or on the key
];
/** Beside those, what officers and programmers read: acts, systems, forms, kinds of files, keys, licences, what is typed as an example. */
const STAFF =
  /^([A-Za-z]|covid|india|MIT|IPC|CrPC|IT Act|Arms Act|UP|AB|CCTNS|API|CSV|n|deed|FSL|SHA-|UP Cop|ITSSO|IIF-I|IIF-V|URL|ii|iii|jpg|png|pdf|mp|gp|webm|m|a|amr|txt|zip|MB|GB|KB|form_id|Idempotency-Key|ASCII|JSON|request_id|https|application\/json|JavaScript|npm run itsso|seed|Ramesh|Rameesh|stalking|chhedkhani|c|B|A|K|M|QX|BE|D|R|O|C|SOS|English|en)$/;
const HER_TABLES = [
  'common',
  'citizen',
  'form',
  'fields',
  'problems',
  'track',
  'exchange.track',
  'rights',
  'info',
  'correspondence.her',
  'ending.her',
  'ending.papers',
  'ending.feedback',
  'hearing.her',
  'hearing.room',
];

const LATIN = /[A-Za-z][A-Za-z_/-]*(?: (?=[A-Z][a-z]|run|itsso|Act)[A-Za-z]+)*/g;

test('no Hindi text of hers has English in it, and no other one but names, systems and examples', () => {
  const all = textsUnder(words('hi'), 'hi').map(({ at, text }) => ({ at: at.slice(3), text }));
  const left = all.flatMap(({ at, text }) => {
    const bare = HERS.reduce((rest, known) => rest.replaceAll(new RegExp(known, `${known.flags}g`), ''), text);
    const found = bare.match(LATIN) ?? [];
    const hers = HER_TABLES.some((table) => at.startsWith(`${table}.`));
    return found.filter((word) => hers || !STAFF.test(word)).map((word) => `${at}: ${word}`);
  });
  expect(left).toEqual([]);
  expect(all.length).toBeGreaterThan(3000);
});

/** Where each text stands, and how many blanks it has. */
const keysUnder = (table: unknown, at = ''): string[] => {
  if (typeof table === 'string') return [at];
  if (typeof table === 'function') return [`${at}(${table.length})`];
  if (typeof table !== 'object' || table === null) return [`${at}?`];
  return Object.entries(table).flatMap(([key, value]) => keysUnder(value, `${at}.${key}`));
};

/** What a language lacks of Hindi, and what it has besides. */
function against(hindi: readonly string[], other: readonly string[]): { missing: string[]; beside: string[] } {
  return {
    missing: hindi.filter((key) => !other.includes(key)),
    beside: other.filter((key) => !hindi.includes(key)),
  };
}
const LANGUAGES = readdirSync('src/words', { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() && /^[a-z]{2}$/.test(entry.name) ? [entry.name] : [],
);

test.each(LANGUAGES)(
  'a language is one folder: %s has the files, the keys and the blanks of Hindi, and its pages find it',
  async (lang) => {
    expect(readdirSync(`src/words/${lang}`)).toEqual(readdirSync('src/words/hi'));
    const { [lang]: all } = await import(`./${lang}/all.ts`);
    expect(against(keysUnder(words('hi')), keysUnder(all))).toEqual({ missing: [], beside: [] });
    expect(words(lang as Lang)).toBe(all);
  },
);

test('a third language that is not finished is found out: each key that it lacks, and each blank', () => {
  const copied = (table: object): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(table).map(([key, value]) => [key, value && typeof value === 'object' ? copied(value) : value]),
    );
  const third = copied(words('hi')) as Record<'common' | 'track' | 'hearing', Record<string, unknown>>;
  expect(against(keysUnder(words('hi')), keysUnder(third))).toEqual({ missing: [], beside: [] });
  delete third.common.service;
  third.track.newer = 'x';
  (third.hearing.her as Record<string, unknown>).with_shut = 'x';
  expect(against(keysUnder(words('hi')), keysUnder(third))).toEqual({
    missing: ['.common.service', '.hearing.her.with_shut.support', '.hearing.her.with_shut.interpreter'],
    beside: ['.track.newer', '.hearing.her.with_shut'],
  });
});

test('nothing of Hindi is left in English', () => {
  const hindi = textsUnder(words('en'), 'en').filter(({ text }) => /[\u0904-\u0939]{2}/.test(text.replaceAll('क', '')));
  // the way to the other language, and examples of what may be typed in either script
  expect(hindi.map(({ at }) => at)).toEqual([
    'en.common.otherLanguageLabel',
    'en.lawSearch.find_hint',
    'en.staff.search.look_up.value_hint',
  ]);
});
