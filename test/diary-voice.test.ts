// The case diary in voice: a spoken exhibit belongs to an entry of the post that wrote it, once, and the printed diary says which it is.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addVoice, voicesOf } from '#evidence';
import { act, read } from '#foundation';
import { caseIn, refusal, said } from './evidence-case.ts';
import { photo, silence } from './evidence-files.ts';
import { type TestHouse, testHouse } from './house.ts';
import { papersIn } from './paper-story.ts';
import { textOf } from './pdf-text.ts';

let h: TestHouse;
let ev: Awaited<ReturnType<typeof caseIn>>;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  ev = await caseIn(h);
  for (const text of ['पहली', 'दूसरी']) await ev.story.step('suman', ev.number, { step: 'diary', text });
});
afterAll(() => h.close());
const add = async (who: string, entry: number, upload: string) =>
  act(await h.as(who), 'evidence.add-voice', (a) => addVoice(a, ev.number, { entry, upload }));
const voices = async (who: string) => read(await h.as(who), 'test.voices', (r) => voicesOf(r, ev.number));

test('is told with its length and its SHA-256, to whoever has the file in sight', async () => {
  const bytes = silence();
  const id = await ev.send(ev.suman, bytes, said('audio'));
  await add('suman', 2, id);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { number: exhibit } = await ev.newest();
  expect(await voices('suman')).toMatchObject([{ entry: 2, exhibit, seconds: 11, sha256 }]);
  expect(await voices('verma')).toHaveLength(1);
  expect(await refusal(voices('aruna'))).toBe('not-found');
  // once, and what is written stays: also to the database
  expect(await refusal(add('suman', 1, id))).toBe('already-done');
  await expect(h.sql('update evidence.voice_note set entry = 1')).rejects.toThrow();
  await expect(h.sql('delete from evidence.voice_note')).rejects.toThrow();
});

test('no other file, no entry of another post, none that there is not', async () => {
  const voice = await ev.send(ev.suman, silence(), said('audio'));
  const picture = await ev.send(ev.suman, await photo(), said('photo'));
  expect(await refusal(add('suman', 1, picture))).toBe('not-a-voice');
  expect(await refusal(add('suman', 9, voice))).toBe('no-such-entry');
  expect(await refusal(add('suman', 1, 'f'.repeat(32)))).toBe('upload-unknown');
  // the officer in charge may add to the file, but not to what another post wrote, nor with another's voice
  const hers = await ev.send(await h.as('verma'), silence(), said('audio'));
  expect(await refusal(add('verma', 1, hers))).toBe('not-your-entry');
  expect(await refusal(add('suman', 1, hers))).toBe('upload-unknown');
  expect(await refusal(add('aruna', 1, voice))).toBe('not-found');
  expect(await voices('suman')).toHaveLength(1);
});

test('the printed diary says which voice belongs to which entry', async () => {
  const papers = papersIn(h);
  const [pdf] = await papers.printed('verma', ev.number, { kind: 'diary', language: 'hi' });
  const text = textOf(pdf ?? Buffer.alloc(0))
    .map((page) => page.text)
    .join('')
    .replace(/\s+/g, '');
  const [voice] = await voices('suman');
  expect(text).toContain(`प्रविष्टि2केसाथआवाज:प्रदर्श${voice?.exhibit},11सेकंड,SHA-256${voice?.sha256}`);
  expect(text.match(/SHA-256/g)).toHaveLength(1);
});
