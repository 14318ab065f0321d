// A form with one file in it, read as it arrives: a few fields first, the file last. Memory holds a piece of it, never the file.

/** What was sent: the fields, and the file's name, length and bytes (to be read once, to their end). */
export type Sent = { fields: FormData; file: { name: string; size: number; bytes: AsyncIterable<Buffer> } | undefined };

/** The form is not one that a browser sends for a page of ours. */
export class NotAForm extends Error {}

const MOST_TEXT = 64 * 1024;
const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * Reads the fields of a form and stands before its file.
 * @param source the body as it arrives
 * @param type its Content-Type, with the boundary
 * @param length its Content-Length: the file is the last thing in the form, so what remains is known
 * @throws NotAForm when it is no such form, or its fields are longer than 64 KB
 */
export async function readForm(source: AsyncIterable<Uint8Array>, type: string, length: number): Promise<Sent> {
  const boundary = /^multipart\/form-data\s*;.*?boundary="?([^";,\s]{1,70})"?/i.exec(type)?.[1];
  if (!boundary || !Number.isSafeInteger(length) || length <= 0) throw new NotAForm();
  const mark = Buffer.from(`\r\n--${boundary}`);
  const closing = Buffer.from(`\r\n--${boundary}--\r\n`);
  const from = source[Symbol.asyncIterator]();
  // the first mark has no line before it
  let held: Buffer = Buffer.from('\r\n');
  let arrived = 0;
  const more = async (): Promise<boolean> => {
    const { done, value } = await from.next();
    if (done) return false;
    held = Buffer.concat([held, value]);
    arrived += value.length;
    return true;
  };
  const upTo = async (wanted: Buffer): Promise<Buffer> => {
    for (let at = held.indexOf(wanted); ; at = held.indexOf(wanted)) {
      if (at >= 0) {
        const before = held.subarray(0, at);
        held = held.subarray(at + wanted.length);
        return before;
      }
      if (held.length > MOST_TEXT || !(await more())) throw new NotAForm();
    }
  };
  const fields = new FormData();
  let text = 0;
  await upTo(mark);
  for (;;) {
    while (held.length < 2) if (!(await more())) throw new NotAForm();
    if (held.subarray(0, 2).toString('latin1') === '--') return { fields, file: undefined };
    const head = (await upTo(HEAD_END)).toString('utf8');
    const name = /\bname="([^"]*)"/.exec(head)?.[1];
    const filename = /\bfilename="([^"]*)"/.exec(head)?.[1];
    if (name === undefined) throw new NotAForm();
    if (filename !== undefined) {
      const size = length - (arrived - held.length) - closing.length;
      if (size < 0) throw new NotAForm();
      const bytes = lastPart(held, from, size, mark, closing);
      return { fields, file: { name: filename.replaceAll('%22', '"'), size, bytes } };
    }
    const value = await upTo(mark);
    text += value.length;
    if (text > MOST_TEXT) throw new NotAForm();
    fields.append(name, value.toString('utf8'));
  }
}

async function* lastPart(
  held: Buffer,
  from: AsyncIterator<Uint8Array>,
  size: number,
  mark: Buffer,
  closing: Buffer,
): AsyncGenerator<Buffer> {
  let left = size;
  let edge: Buffer = Buffer.alloc(0);
  let rest = held;
  for (;;) {
    const part = rest.subarray(0, left);
    rest = rest.subarray(part.length);
    // another part behind the file would have become a piece of it
    if (Buffer.concat([edge, part]).includes(mark)) throw new NotAForm();
    edge = Buffer.concat([edge, part]).subarray(-(mark.length - 1));
    left -= part.length;
    if (part.length > 0) yield part;
    if (left === 0 && rest.length >= closing.length) break;
    const { done, value } = await from.next();
    if (done) throw new NotAForm();
    rest = Buffer.concat([rest, value]);
  }
  if (!rest.equals(closing)) throw new NotAForm();
}
