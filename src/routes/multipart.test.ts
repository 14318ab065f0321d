import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NotAForm, readForm } from './multipart.ts';

async function* pieces(of: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < of.length; at += size) yield of.subarray(at, at + size);
}
/** As a browser writes it. */
async function written(form: FormData): Promise<{ type: string; body: Buffer }> {
  const request = new Request('http://localhost', { method: 'POST', body: form });
  return { type: request.headers.get('content-type') ?? '', body: Buffer.from(await request.arrayBuffer()) };
}
async function readBack(type: string, body: Buffer, size: number, length = body.length) {
  const { fields, file } = await readForm(pieces(body, size), type, length);
  const all: Buffer[] = [];
  if (file) for await (const part of file.bytes) all.push(part);
  return { fields: [...fields], name: file?.name, size: file?.size, bytes: Buffer.concat(all) };
}

test('fields and file come out as they went in, in whatever pieces they arrive', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(5000),
      fc.integer({ min: 1, max: 3000 }),
      fc.string({ unit: 'grapheme' }),
      async (length, size, text) => {
        const bytes = randomBytes(length);
        const form = new FormData();
        form.append('kind', 'photo');
        form.append('description', text);
        form.append('file', new File([bytes], 'कनारी "1".jpg'));
        const { type, body } = await written(form);
        const back = await readBack(type, body, size);
        expect(back).toEqual({
          // a form writes every line end the same way
          fields: [
            ['kind', 'photo'],
            ['description', text.replace(/\r?\n|\r/g, '\r\n')],
          ],
          name: 'कनारी "1".jpg',
          size: length,
          bytes,
        });
      },
    ),
    { numRuns: 60, seed: 11 },
  );
});

test('no file at all, and an empty one', async () => {
  const form = new FormData();
  form.append('kind', 'photo');
  const none = await written(form);
  expect((await readBack(none.type, none.body, 7)).name).toBeUndefined();
  // as a browser sends a field in which no file was chosen
  const empty = [
    '--b',
    'Content-Disposition: form-data; name="file"; filename=""',
    'Content-Type: application/octet-stream',
    '',
    '',
    '--b--',
    '',
  ];
  expect(await readBack('multipart/form-data; boundary=b', Buffer.from(empty.join('\r\n')), 7)).toMatchObject({
    name: '',
    size: 0,
  });
});

test('a file that is not the last, a body that breaks off, a length that lies, fields without end: no form', async () => {
  const form = new FormData();
  form.append('file', new File([randomBytes(100)], 'a'));
  form.append('kind', 'photo');
  const wrong = await written(form);
  await expect(readBack(wrong.type, wrong.body, 50)).rejects.toThrow(NotAForm);
  const right = new FormData();
  right.append('kind', 'photo');
  right.append('file', new File([randomBytes(1000)], 'a'));
  const { type, body } = await written(right);
  await expect(readBack(type, body.subarray(0, -20), 50, body.length)).rejects.toThrow(NotAForm);
  for (const length of [body.length - 1, body.length + 1, Number.NaN, 0])
    await expect(readBack(type, body, 50, length)).rejects.toThrow(NotAForm);
  await expect(readBack('multipart/form-data', body, 50)).rejects.toThrow(NotAForm);
  const long = new FormData();
  long.append('description', 'x'.repeat(70_000));
  long.append('file', new File(['x'], 'a'));
  const endless = await written(long);
  await expect(readBack(endless.type, endless.body, 500)).rejects.toThrow(NotAForm);
});
