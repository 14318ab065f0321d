// What a file is, told by its first bytes and never by its name. What is not in this table is refused.

/** The ten types that are taken. */
export const MEDIA = [
  'image/jpeg',
  'image/png',
  'application/pdf',
  'video/mp4',
  'video/3gpp',
  'video/webm',
  'audio/mpeg',
  'audio/mp4',
  'audio/amr',
  'text/plain',
] as const;
export type Media = (typeof MEDIA)[number];

const MB = 1024 * 1024;
/** Ending of a neutral name, and how large one of its type may be. */
export const ABOUT: Record<Media, { ending: string; bytes: number }> = {
  'image/jpeg': { ending: 'jpg', bytes: 50 * MB },
  'image/png': { ending: 'png', bytes: 50 * MB },
  'application/pdf': { ending: 'pdf', bytes: 500 * MB },
  'video/mp4': { ending: 'mp4', bytes: 2048 * MB },
  'video/3gpp': { ending: '3gp', bytes: 2048 * MB },
  'video/webm': { ending: 'webm', bytes: 2048 * MB },
  'audio/mpeg': { ending: 'mp3', bytes: 1024 * MB },
  'audio/mp4': { ending: 'm4a', bytes: 1024 * MB },
  'audio/amr': { ending: 'amr', bytes: 500 * MB },
  'text/plain': { ending: 'txt', bytes: 50 * MB },
};

const starts = (head: Buffer, bytes: string | readonly number[], at = 0): boolean => {
  const wanted = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Buffer.from(bytes);
  return head.length >= at + wanted.length && head.subarray(at, at + wanted.length).equals(wanted);
};

// ISO base media: a box "ftyp" first; its brand says which of them it is. QuickTime, HEIC and the rest are not taken.
const BRANDS: readonly [RegExp, Media][] = [
  [/^3g[2gprs]/, 'video/3gpp'],
  [/^M4[AB] /, 'audio/mp4'],
  [/^(isom|iso[2-9]|mp4[12]|avc1|MSNV|dash|M4V |F4V |mmp4)/, 'video/mp4'],
];
function isoMedia(head: Buffer): Media | undefined {
  if (head.length < 16 || !starts(head, 'ftyp', 4)) return undefined;
  const length = head.readUInt32BE(0);
  if (length < 16 || length > 1024) return undefined;
  const brand = head.toString('latin1', 8, 12);
  return BRANDS.find(([known]) => known.test(brand))?.[1];
}

// an ID3 tag, or the head of an MPEG layer III frame with a bit rate and a sampling rate that exist
function isMp3(head: Buffer): boolean {
  if (starts(head, 'ID3')) return head.length > 10 && (head[3] ?? 255) < 5;
  const [a = 0, b = 0, c = 0] = head;
  return (
    a === 0xff && (b & 0xe6) === 0xe2 && (b & 0x18) !== 0x08 && c >> 4 !== 15 && c >> 4 !== 0 && (c & 0x0c) !== 0x0c
  );
}

const END_OF_ARCHIVE = Buffer.from('PK\x05\x06', 'latin1');
const MARKUP = /<(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?php)\b|<\?xml/i;
// what begins like this is a program or a script, whatever it is called
const PROGRAM = /^(?:MZ|.ELF|#!|%!PS|\{\\rtf)/;
const isControl = (byte: number): boolean => byte < 9 || (byte > 13 && byte < 32);

/** Whether bytes are text and nothing that a program would take for more than text: UTF-8, no control characters, no markup. */
function isPlainText(head: Buffer, whole: boolean): boolean {
  const said = head.toString('latin1');
  if (PROGRAM.test(said) || MARKUP.test(said) || head.some(isControl)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: !whole });
    return true;
  } catch {
    return false;
  }
}

/**
 * The type of a file by its first bytes.
 * @param head the first segment: up to 64 KiB
 * @param whole whether that is all of it
 * @returns undefined for whatever is not taken: archives, programs, HTML, SVG, office papers, other pictures and films
 */
export function mediaOf(head: Buffer, whole: boolean): Media | undefined {
  if (starts(head, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (starts(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) && starts(head, 'IHDR', 12)) return 'image/png';
  if (/^%PDF-[12]\.\d/.test(head.toString('latin1', 0, 8))) return 'application/pdf';
  const iso = isoMedia(head);
  if (iso) return iso;
  if (starts(head, [0x1a, 0x45, 0xdf, 0xa3])) {
    return head.subarray(0, 4096).includes('\x42\x82\x84webm', 0, 'latin1') ? 'video/webm' : undefined;
  }
  if (starts(head, '#!AMR\n') || starts(head, '#!AMR-WB\n')) return 'audio/amr';
  if (isMp3(head)) return 'audio/mpeg';
  return isPlainText(head, whole) ? 'text/plain' : undefined;
}

/**
 * Whether a file is two things at once, as far as its ends show it: markup where a picture or a film begins, or the directory of an
 * archive at the end of what is no archive.
 * @param head the first segment
 * @param tail the last 64 KiB, or less where there is less
 */
export function isTwoThings(media: Media, head: Buffer, tail: Buffer): boolean {
  if (media !== 'text/plain' && MARKUP.test(head.toString('latin1', 0, 1024))) return true;
  if (media !== 'application/pdf' && head.subarray(0, 1024).includes('%PDF-')) return true;
  // the record that ends an archive reaches, with its comment, exactly to the end of the file
  for (let at = tail.indexOf(END_OF_ARCHIVE); at >= 0; at = tail.indexOf(END_OF_ARCHIVE, at + 1))
    if (at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) === tail.length) return true;
  return false;
}

/** Whether the last bytes are those that a whole file of this type has. Only PDF is asked: films and pictures of phones end in many ways. */
export const isCutOff = (media: Media, tail: Buffer): boolean =>
  media === 'application/pdf' && !tail.subarray(-2048).includes('%%EOF');

const FITS: Record<string, RegExp> = {
  photo: /^image\//,
  screenshot: /^image\//,
  video: /^video\//,
  // phones write voices into containers of films too
  audio: /^(audio\/|video\/)/,
  document: /^(image\/|application\/pdf$|text\/plain$)/,
  'medical-report': /^(image\/|application\/pdf$|text\/plain$)/,
  'fsl-report': /^(image\/|application\/pdf$|text\/plain$)/,
};
/** Whether a file of this type can be an exhibit of this kind. */
export const fits = (kind: string, media: Media): boolean => (FITS[kind] ?? /./).test(media);

// the test signature of virus scanners, in two halves, so that no scanner takes this file for it
const EICAR = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
  'latin1',
);
/** How much of one segment has to be looked at again with the next. */
export const EICAR_OVERLAP = EICAR.length - 1;
/** Whether the signature by which scanners are tested is in it: refused with or without a scanner. */
export const hasTestSignature = (bytes: Buffer): boolean => bytes.includes(EICAR);
