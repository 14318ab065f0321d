// Reads the text of a PDF as a reader does who keeps to the standard: glyphs by the font's own table, and where the file says what a
// group of glyphs means (ActualText, as Devanagari needs it), that. pdf.js draws such files rightly but ignores ActualText in its text.
import { inflateSync } from 'node:zlib';

type Objects = Map<number, { head: string; stream: string | null }>;

function objectsOf(pdf: Buffer): Objects {
  const raw = pdf.toString('latin1');
  const objects: Objects = new Map();
  for (const found of raw.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)) {
    const from = found.index + found[0].length;
    const end = raw.indexOf('endobj', from);
    const at = raw.indexOf('stream\n', from);
    const length = at >= 0 && at < end ? Number(/\/Length (\d+)/.exec(raw.slice(from, at))?.[1]) : null;
    const head = raw.slice(from, length === null ? end : at);
    let stream: string | null = null;
    if (length !== null) {
      const bytes = pdf.subarray(at + 7, at + 7 + length);
      stream = (head.includes('/FlateDecode') ? inflateSync(bytes) : bytes).toString('latin1');
    }
    objects.set(Number(found[1]), { head, stream });
  }
  return objects;
}

const utf16 = (hex: string): string =>
  (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('');

function lettersOf(cmap: string): Map<number, string> {
  const letters = new Map<number, string>();
  for (const [, lines = ''] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, glyph = '', said = ''] of lines.matchAll(/<(\w+)>\s*<(\w+)>/g))
      letters.set(Number.parseInt(glyph, 16), utf16(said));
  return letters;
}

// the bytes of a PDF string, two a glyph
function glyphsIn(text: string): number[] {
  const bytes: number[] = [];
  const plain: Record<string, number> = { n: 10, r: 13, t: 9, b: 8, f: 12 };
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\') bytes.push(text.charCodeAt(i));
    else {
      const octal = /^[0-7]{1,3}/.exec(text.slice(i + 1))?.[0];
      const next = text[i + 1] ?? '';
      bytes.push(octal ? Number.parseInt(octal, 8) : (plain[next] ?? next.charCodeAt(0)));
      i += octal ? octal.length : 1;
    }
  }
  return Array.from({ length: bytes.length / 2 }, (_, n) => ((bytes[n * 2] ?? 0) << 8) | (bytes[n * 2 + 1] ?? 0));
}

/** A page: what is read from it, lines apart, and what is drawn as an ornament of every page (heads and feet). */
export type PageText = { text: string; artifacts: string };

/** The text of every page, in the order in which the file says it. */
export function textOf(pdf: Buffer): PageText[] {
  const objects = objectsOf(pdf);
  const look = (n: string | undefined) => objects.get(Number(n));
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\n/.test(head));
  return pages.map(({ head }) => {
    const fonts = new Map(
      [...(/\/Font <<([\s\S]*?)>>/.exec(head)?.[1] ?? '').matchAll(/\/(\w+) (\d+) 0 R/g)].map(([, name = '', n]) => [
        name,
        lettersOf(look(/\/ToUnicode (\d+) 0 R/.exec(look(n)?.head ?? '')?.[1])?.stream ?? ''),
      ]),
    );
    return readStream(look(/\/Contents (\d+) 0 R/.exec(head)?.[1])?.stream ?? '', fonts);
  });
}

// a string may hold pairs of brackets unescaped, and pairs within pairs
const PLAIN = String.raw`\\[\s\S]|[^\\()]`;
const INNER = String.raw`\((?:${PLAIN}|\((?:${PLAIN})*\))*\)`;
const BODY = `(?:${PLAIN}|${INNER})*`;
const TOKEN = new RegExp(
  String.raw`\/Artifact\b|\/(?:Lang|Alt|E) \(${BODY}\)|\/ActualText <(\w+)>|\bBDC\b|\bBMC\b|\bEMC\b|\bET\b|\/(f\d+) [\d.]+ Tf|\((${BODY})\)`,
  'g',
);

function readStream(stream: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): PageText {
  const out = { text: '', artifacts: '' };
  // what is open: ornaments, and groups whose text was said already
  const open: { artifact: boolean; said: boolean }[] = [];
  let coming: { artifact: boolean; said: boolean } = { artifact: false, said: false };
  let font: ReadonlyMap<number, string> = new Map();
  const add = (said: string) => {
    const where = open.some(({ artifact }) => artifact) || coming.artifact ? 'artifacts' : 'text';
    out[where] += said;
  };
  for (const [token, actual, name, shown] of stream.matchAll(TOKEN)) {
    if (token === '/Artifact') coming.artifact = true;
    else if (actual !== undefined) {
      add(utf16(actual.replace(/^FEFF/i, '')));
      coming.said = true;
    } else if (token === 'BDC' || token === 'BMC') {
      open.push(coming);
      coming = { artifact: false, said: false };
    } else if (token === 'EMC') open.pop();
    else if (token === 'ET') add('\n');
    else if (name !== undefined) font = fonts.get(name) ?? new Map();
    else if (shown !== undefined && !open.some(({ said }) => said))
      add(
        glyphsIn(shown)
          .map((glyph) => font.get(glyph) ?? '\ufffd')
          .join(''),
      );
  }
  return out;
}
