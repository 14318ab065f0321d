// Hindi that has lost its letters: Kruti Dev, where a font made Latin letters look Hindi, and UTF-8 that was taken for Western text on
// its way. Both are known by their own marks and turned back; what has lost a byte on the way, and any other font, stays as it came.

/** Keys of Kruti Dev 010 that show a letter with its stem. */
const LETTERS = pairs(
  'd क x ग p च N छ t ज > झ V ट B ठ M ड < ढ r त n द u न i प Q फ c ब e म ; य j र y ल o व l स g ह G ळ K ज्ञ J श्र | द्य } द्व ) द्ध ' +
    '³ ङ ¥ ञ Ä घ Ø क्र Ý फ्र æ द्र ç प्र Á प्र í द्द Ì द्द é न्न à ह्न á ह्य â हृ ã ह्म ô क्क ê ट्ट ë ट्ठ ì ड्ड ï ड्ढ Ñ कृ — कृ – दृ # रु : रू = त्र',
);
/** Keys that show a letter without its stem: half a letter, until the key `k` gives it one. */
const STEMLESS = pairs(
  'D क X ग P च T ज R त U न I प C ब E म Y ल O व L स [ ख ? घ . ण F थ / ध è ध Ë ध H भ \' श ’ श ‘ श ” श " ष “ ष { क्ष ¶ फ ¸ य ÷ झ º ह « त्र Ù त्त ™ न्न',
);
const VOWELS = pairs('v अ b इ m उ Å ऊ Ã ई , ए _ ऋ vk आ vks ओ vkS औ bZ ई ,s ऐ v‚ ऑ');
const SIGNS = pairs('k ा h ी q ु w ू ` ृ s े S ै ks ो kS ौ k‚ ॉ ‚ ॉ W ॅ a ं ¡ ँ % ः È ीं ~ ् z ्र ª ्र + ़');
const MARKS = pairs('] , A । ¼ ( ½ ) & - @ / - . ^ ‘ * ’ ( ; ¿ { À }');
/** The short i stands before its letter and the r above behind it, as on paper; their places are changed at the end. */
const SHORT_I = '\ue000';
const R_ABOVE = '\ue001';

const KEYS = new Map<string, string>([
  ...MARKS,
  ...LETTERS,
  ...STEMLESS.map(([key, letter]) => [key, `${letter}्`] as const),
  ...STEMLESS.map(([key, letter]) => [`${key}k`, letter] as const),
  ...VOWELS,
  ...SIGNS,
  ['f', SHORT_I],
  ['Z', R_ABOVE],
]);
const LONGEST = Math.max(...[...KEYS.keys()].map((key) => key.length));

const LETTER = '[\\u0915-\\u0939\\u0958-\\u095f]\\u093c?';
const CLUSTER = `(?:${LETTER}\\u094d)*${LETTER}(?:\\u094d\\u0930)?`;
const MATRA = '[\u093e-\u0943\u0945\u0947-\u0949\u094b\u094c]';
const SIGN = '[\u093e-\u0943\u0945\u0947-\u0949\u094b\u094c\u0901-\u0903]';
const PUT_I = new RegExp(`${SHORT_I}(${CLUSTER})`, 'gu');
const PUT_R = new RegExp(`(${CLUSTER}${SIGN}*)${R_ABOVE}`, 'gu');
/** What no Hindi word has: a sign without a letter, two of the same kind, a half letter before nothing. */
const MALFORMED = new RegExp(
  [
    `(?:^|[^\\u0905-\\u0914\\u0915-\\u0939\\u0958-\\u095f\\u093c\\u093e-\\u094c])${SIGN}`,
    `${MATRA}{2}`,
    '[\\u0901-\\u0903]{2}',
    '\\u094d(?![\\u0915-\\u0939\\u0958-\\u095f])',
    `[${SHORT_I}${R_ABOVE}A-Za-z]`,
  ].join('|'),
  'gu',
);

function pairs(chart: string): [string, string][] {
  const items = chart.split(' ');
  return Array.from({ length: items.length / 2 }, (_, i) => [items[2 * i] ?? '', items[2 * i + 1] ?? '']);
}

/**
 * Turns text typed in Kruti Dev 010 into Hindi.
 * @param text the keys
 */
export function fromKrutiDev(text: string): string {
  let out = '';
  for (let at = 0; at < text.length; ) {
    let length = Math.min(LONGEST, text.length - at);
    while (length > 1 && !KEYS.has(text.slice(at, at + length))) length--;
    const key = text.slice(at, at + length);
    out += KEYS.get(key) ?? key;
    at += length;
  }
  return out
    .replace(PUT_I, '$1ि')
    .replace(PUT_R, 'र्$1')
    .replace(/\u0902{2,}/g, '\u0902')
    .normalize('NFC');
}

/** Between letters, what no romanised name and no English word has, and every second word in Kruti Dev. */
const UNLIKELY =
  /kk|q(?![uU])(?=[A-Za-z])|[Ff]k|Hk|[\])}>|~`{[;<¼½]k|[a-z][;[{}|~<>ªº¡¶«ÅØæçèí][A-Za-z]|[A-Za-z;][ªÅØæçèíº¡¶«]|v[bcdfgjklmpqtwxz]|j[bcdfklqtvwxz]|[a-z]=(?![\w=])|x[bdfgjklmnrsvwz]|[a-z][A-Z](?![A-Z])|gS|f[bcdghjkmnpqvwxz]|(?<![A-Za-z])[bcdfgjklmnpqrtvwxz][;[{]|[bcdfghjklmnpqrstvwxz]{5}|(?<=[\s(]|^)(?:dk|ds|dh|ls|gS|esa|,oa|vkSj|uxj|lnj)(?=[\s)]|$)|'k|\/k|[¼½]/g;
/** Words and short forms of a station's books, as they look once they are turned. */
const POLICE_WORDS =
  /थाना|पुलिस|धारा|कोतवाली|महिला|अपराध|जनपद|जिला|नगर|अधिनियम|भा0द0(?:वि|सं)0|पाक्सो|पॉक्सो|आरोप|अंतिम|उ0नि0|हे0का0|म0का0|का0|अज्ञात/u;

/**
 * Whether a text was typed in Kruti Dev: it looks like no romanised Hindi or English, and turned it is well-formed Hindi.
 * @param text one field
 */
export function isKrutiDev(text: string): boolean {
  if (!/[A-Za-z]/.test(text) || /[\u0900-\u097f]/.test(text) || /[ÉÊ]/.test(text)) return false;
  const unlikely = text.match(UNLIKELY)?.length ?? 0;
  // most texts end here
  if (unlikely === 0 && !/[A-Za-z]0|[;[{}|~`\]¼½]/.test(text)) return false;
  const turned = fromKrutiDev(text);
  const broken = turned.match(MALFORMED)?.length ?? 0;
  if (broken > turned.length / 40) return false;
  const words = text.split(/\s+/).filter((word) => /[A-Za-z]/.test(word)).length;
  return unlikely >= words / 2 || (POLICE_WORDS.test(turned) && !/[aeiou].*[aeiou].*[aeiou]/i.test(text));
}

/** The characters that Windows shows for the bytes 0x80 to 0x9f; five of them have none and pass as control characters, or are lost. */
const WESTERN = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const BYTE = new Map([...WESTERN].map((char, at) => [char, 0x80 + at] as const));
/** The first byte of every sign of an Indian script and its second, as Western text. */
const TORN = /à[¤¥¦§]|Ã[\u0080-\u00bf]|â€/;
const strict = new TextDecoder('utf-8', { fatal: true });

/**
 * Turns UTF-8 that was read as Western text back, twice where it happened twice.
 * @returns the text, or undefined where it was not torn, or has lost bytes and cannot be mended without guessing
 */
export function mended(text: string): string | undefined {
  let found: string | undefined;
  for (let at: string | undefined = text; at !== undefined && TORN.test(at); ) {
    at = asBytes(at);
    if (at !== undefined) found = at;
  }
  return found;
}

function asBytes(text: string): string | undefined {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const byte = code < 0x100 ? code : BYTE.get(text[at] ?? '');
    if (byte === undefined) return undefined;
    bytes[at] = byte;
  }
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}
