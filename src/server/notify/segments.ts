// How a text goes over the air: which alphabet, how many parts, cut where a reader would cut. Asks nothing.

/** The alphabet of a part: GSM 7-bit, or UCS-2 for whatever needs more (all Hindi). */
export type Alphabet = 'gsm' | 'ucs2';
export type Segments = { alphabet: Alphabet; parts: string[] };

// of the network's basic alphabet only what every operator maps alike; its escapes (€ [ ] { } …) would count double
const BASIC = /^[A-Za-z0-9 @£$¥\n\r.,:;!?'"()+\-/*=<>%&#]*$/;
/** Units of one message alone, and of each part where there are several: six octets of each go to the header. */
const ROOM: Record<Alphabet, { alone: number; part: number }> = {
  gsm: { alone: 160, part: 153 },
  ucs2: { alone: 70, part: 67 },
};

const graphemes = new Intl.Segmenter('hi', { granularity: 'grapheme' });

/**
 * Cuts a text into the parts the network carries. A matra stays with its consonant and a pair of surrogates together: what a reader
 * sees as one sign is never torn, unless one sign alone is longer than a part.
 * @param text what is to be said
 * @returns parts in order; together they are the text
 */
export function segmentsOf(text: string): Segments {
  const alphabet: Alphabet = BASIC.test(text) ? 'gsm' : 'ucs2';
  const { alone, part } = ROOM[alphabet];
  if (text.length <= alone) return { alphabet, parts: [text] };
  const parts: string[] = [];
  let piece = '';
  for (const { segment } of graphemes.segment(text)) {
    if (piece && piece.length + segment.length > part) {
      parts.push(piece);
      piece = '';
    }
    piece += segment;
    while (piece.length > part) {
      parts.push(piece.slice(0, part));
      piece = piece.slice(part);
    }
  }
  if (piece) parts.push(piece);
  return { alphabet, parts };
}

/**
 * The header that makes parts one message again on the phone (3GPP TS 23.040, 9.2.3.24.1): the same reference, how many, which.
 * @param reference 0 to 255, the same for all parts of a message
 * @param total how many parts
 * @param n which one, from 1
 * @returns six octets, their own length first
 */
export const partHeader = (reference: number, total: number, n: number): Buffer =>
  Buffer.from([5, 0, 3, reference, total, n]);

/** The octets of a part in UCS-2, big end first. */
export const ucs2 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
