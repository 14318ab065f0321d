// A file of rows, read in pieces of bounded size from any line on: where each row stands, whatever its quotes, and how far the bytes are read.
import { open, type FileHandle } from 'node:fs/promises';

/** One row of the file; without fields it could not be told where it ends. */
export type Row = { line: number; fields: string[] | undefined };
/** What a block of the file holds, whole rows only, and the place after it. */
export type Piece = { rows: Row[]; to_byte: number; to_line: number };

const BLOCK = 256 * 1024;
/** A quote that is not closed within so much is no quote. */
const LONGEST_FIELD = 64 * 1024;
const NEWLINE = 10;
const strict = new TextDecoder('utf-8', { fatal: true });
const western = new TextDecoder('windows-1252');

/**
 * Reads on from a place in the file, block by block. The file is UTF-8 with LF at the ends of lines, as the tray keeps it; a line that is no
 * UTF-8 is read as Western text.
 * @param file its path
 * @param from how far it was read before: the byte, and how many lines lie before it
 * @param delimiter between fields; undefined: every line is one field
 */
export async function* piecesOf(
  file: string,
  from: { byte: number; line: number },
  delimiter: string | undefined,
): AsyncGenerator<Piece> {
  const handle = await open(file, 'r');
  try {
    let { byte, line } = from;
    let held: Buffer<ArrayBufferLike> = Buffer.alloc(0);
    for (;;) {
      const block = await readBlock(handle, byte + held.length);
      const last = block.length < BLOCK;
      held = held.length > 0 ? Buffer.concat([held, block]) : block;
      const end = last ? held.length : held.lastIndexOf(NEWLINE) + 1;
      const text = decode(held.subarray(0, end));
      const found = delimiter === undefined ? linesOf(text, line) : rowsOf(text, line, delimiter, last);
      const taken = found.lines < 0 ? end : afterLines(held, found.lines);
      if (taken > 0) {
        byte += taken;
        line += found.lines < 0 ? found.all : found.lines;
        held = held.subarray(taken);
        yield { rows: found.rows, to_byte: byte, to_line: line };
      }
      if (last) return;
    }
  } finally {
    await handle.close();
  }
}

/** The first line of a file, for its header. */
export async function firstLine(file: string): Promise<{ text: string; bytes: number }> {
  const handle = await open(file, 'r');
  try {
    const block = await readBlock(handle, 0);
    const end = block.indexOf(NEWLINE);
    const bytes = end < 0 ? block.length : end + 1;
    return { text: decode(block.subarray(0, bytes)).replace(/\r?\n$/, ''), bytes };
  } finally {
    await handle.close();
  }
}

async function readBlock(handle: FileHandle, at: number): Promise<Buffer> {
  const block = Buffer.allocUnsafe(BLOCK);
  let filled = 0;
  while (filled < BLOCK) {
    const { bytesRead } = await handle.read(block, filled, BLOCK - filled, at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return block.subarray(0, filled);
}

function afterLines(bytes: Buffer, lines: number): number {
  let at = 0;
  for (let n = 0; n < lines; n++) {
    const next = bytes.indexOf(NEWLINE, at);
    if (next < 0) return bytes.length;
    at = next + 1;
  }
  return at;
}

function decode(bytes: Buffer): string {
  try {
    return strict.decode(bytes);
  } catch {
    // somewhere in it a line of another encoding: each line for itself, so that one does not spoil the others
    const parts: string[] = [];
    for (let at = 0; at < bytes.length; ) {
      const next = bytes.indexOf(NEWLINE, at);
      const line = bytes.subarray(at, next < 0 ? bytes.length : next + 1);
      try {
        parts.push(strict.decode(line));
      } catch {
        parts.push(western.decode(line));
      }
      at += line.length;
    }
    return parts.join('');
  }
}

type Found = { rows: Row[] /** lines that the rows take; −1: all of them */; lines: number; all: number };

function linesOf(text: string, before: number): Found {
  const lines = text.split('\n');
  const open = lines.pop();
  if (open) lines.push(open);
  return {
    rows: lines.flatMap((one, i) => (one.trim() ? [{ line: before + i + 1, fields: [one] }] : [])),
    lines: -1,
    all: lines.length,
  };
}

/** The rows of delimited text, with quotes where a field begins with one; a quote inside a bare field is a letter like any other. */
export function rowsOf(text: string, before: number, delimiter: string, last: boolean): Found {
  const rows: Row[] = [];
  let at = 0;
  let line = before;
  while (at < text.length) {
    let end = text.indexOf('\n', at);
    if (end < 0) end = text.length;
    const bare = text.slice(at, text.charCodeAt(end - 1) === 13 && end > at ? end - 1 : end);
    if (!bare.includes('"')) {
      line++;
      if (bare.trim()) rows.push({ line, fields: bare.split(delimiter) });
      at = end + 1;
      continue;
    }
    const read = quoted(text, at, delimiter);
    if (read) {
      line++;
      rows.push({ line, fields: read.fields });
      line += read.breaks;
      at = read.next;
      continue;
    }
    // the quote is open at the end of what we have: the row goes on in the next block, or the quote is none
    if (!last && text.length - at < LONGEST_FIELD) return { rows, lines: line - before, all: 0 };
    line++;
    rows.push({ line, fields: undefined });
    at = end + 1;
  }
  return { rows, lines: -1, all: line - before };
}

function quoted(
  text: string,
  from: number,
  delimiter: string,
): { fields: string[]; next: number; breaks: number } | undefined {
  const fields: string[] = [];
  let at = from;
  let breaks = 0;
  for (;;) {
    if (text.charCodeAt(at) === 34) {
      let close = text.indexOf('"', at + 1);
      while (close >= 0 && text.charCodeAt(close + 1) === 34) close = text.indexOf('"', close + 2);
      if (close < 0 || close - at > LONGEST_FIELD) return undefined;
      const inner = text.slice(at + 1, close);
      let value = inner.includes('""') ? inner.replaceAll('""', '"') : inner;
      if (inner.includes('\n')) breaks += inner.split('\n').length - 1;
      // what follows a closed quote before the next delimiter belongs to the field
      const rest = fieldEnd(text, close + 1, delimiter);
      if (rest > close + 1) value += text.slice(close + 1, rest).replace(/\r$/, '');
      fields.push(value);
      at = rest;
    } else {
      const end = fieldEnd(text, at, delimiter);
      fields.push(text.slice(at, end).replace(/\r$/, ''));
      at = end;
    }
    if (at >= text.length) return { fields, next: at + 1, breaks };
    if (text[at] === '\n') return { fields, next: at + 1, breaks };
    at++;
  }
}

function fieldEnd(text: string, from: number, delimiter: string): number {
  const comma = text.indexOf(delimiter, from);
  let line = text.indexOf('\n', from);
  if (line < 0) line = text.length;
  return comma < 0 || comma > line ? line : comma;
}
