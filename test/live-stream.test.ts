// A stream that ends while it is being asked whether its listener may still know: nothing is said into it, and nothing falls.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, type Actor, hear, house, startListening, stopListening, tell } from '#foundation';
import { liveStream } from '../src/routes/live-stream.ts';
import { type TestHouse, testHouse } from './house.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse();
  await startListening(h.elsewhere);
});
afterAll(async () => {
  await stopListening();
  await h.close();
});

test('a listener who goes just as he is told of a missing part', async () => {
  const control = (await h.as('control')) as Extract<Actor, { kind: 'officer' }>;
  const gone = new AbortController();
  const stream = liveStream(control, 'sos', gone.signal);
  const said = stream?.text();
  const fell: unknown[] = [];
  const note = (why: unknown) => fell.push(why);
  process.on('unhandledRejection', note);
  const heard = new Promise<void>((done) => {
    const deaf = hear((told) => {
      if (told !== 'parts') return;
      deaf();
      gone.abort();
      done();
    });
  });
  await act(house(), 'test.tell', (a) => tell(a, 'parts', crypto.randomUUID()));
  await heard;
  expect(await said).toBe('retry: 2000\n\n');
  await pause(500);
  process.off('unhandledRejection', note);
  expect(fell).toEqual([]);
});
