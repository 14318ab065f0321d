// Which letters a font can print, read from its own table. A letter it has not would stop an archivable PDF altogether.

/**
 * The code points of a TrueType font, from its `cmap`: format 12 where it has one, else format 4.
 * @throws Error for a font without either
 */
export function codePointsOf(font: Buffer): Set<number> {
  const tables = new Map(
    Array.from({ length: font.readUInt16BE(4) }, (_, n) => {
      const at = 12 + n * 16;
      return [font.toString('latin1', at, at + 4), font.readUInt32BE(at + 8)] as const;
    }),
  );
  const cmap = tables.get('cmap');
  if (cmap === undefined) throw new Error('a font without a table of letters');
  const parts = Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, n) => {
    const at = cmap + font.readUInt32BE(cmap + 8 + n * 8);
    return { at, format: font.readUInt16BE(at) };
  });
  const wide = parts.find(({ format }) => format === 12);
  if (wide) return groups(font, wide.at);
  const narrow = parts.find(({ format }) => format === 4);
  if (narrow) return segments(font, narrow.at);
  throw new Error('a font whose table of letters is of no known format');
}

function groups(font: Buffer, at: number): Set<number> {
  const found = new Set<number>();
  for (let n = 0; n < font.readUInt32BE(at + 12); n++) {
    const group = at + 16 + n * 12;
    for (let point = font.readUInt32BE(group); point <= font.readUInt32BE(group + 4); point++) found.add(point);
  }
  return found;
}

function segments(font: Buffer, at: number): Set<number> {
  const found = new Set<number>();
  const twice = font.readUInt16BE(at + 6);
  for (let n = 0; n < twice; n += 2) {
    const end = font.readUInt16BE(at + 14 + n);
    const start = font.readUInt16BE(at + 16 + twice + n);
    for (let point = start; point <= end && point < 0xffff; point++) found.add(point);
  }
  return found;
}

const SUBSTITUTE = '?';
/**
 * A text as the font can print it: what it has not becomes a question mark, controls disappear, line ends stay.
 * @param points what the font has
 * @returns the text, and how many letters are missing in it
 */
export function printable(text: string, points: ReadonlySet<number>): { text: string; missing: number } {
  let missing = 0;
  const letters = [...text.normalize('NFC').replace(/\r\n?/g, '\n')].map((letter) => {
    if (letter === '\n') return letter;
    if (letter === '\t') return ' ';
    // nothing that turns the direction of what is read, and no control
    if (/[\p{Cc}\p{Bidi_Control}]/u.test(letter)) return '';
    if (points.has(letter.codePointAt(0) ?? 0)) return letter;
    // marks that only choose a form of the letter before them are nothing to miss
    if (/\p{Default_Ignorable_Code_Point}/u.test(letter)) return '';
    missing++;
    return SUBSTITUTE;
  });
  return { text: letters.join(''), missing };
}
