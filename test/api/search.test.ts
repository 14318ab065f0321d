// The desk in parts and the search over the API: filters, marks, counts; reasons, limits, and nothing personal in an address or an answer.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../house.ts';
import { complaint, storyIn } from '../story.ts';
import { undrawn } from '../undrawn.ts';
import { ask } from './knock.ts';

let house: TestHouse;
let suman = '';
const numbers: string[] = [];
beforeAll(async () => {
  house = await testHouse({ at: '2026-01-05T10:00+05:30' });
  const story = storyIn(house);
  for (const happened of [['stalking'], ['cyber'], ['stalking', 'dowry']])
    numbers.push(await story.confirmed(complaint({ happened, mobile: `98${numbers.length}1111111` })));
  await house.jobs();
  suman = (await sandboxSignIn('suman')).token;
}, 60_000);
afterAll(() => house.close());

const itemsOf = (body: { items: { number: string }[] }) => body.items.map(({ number }) => number);

test('the desk: parts by marks, both ways, and counts of the whole', async () => {
  const whole = await ask('GET /desk', { token: suman });
  expect(itemsOf(whole.body)).toHaveLength(3);
  expect(whole.body.counts.shows).toMatchObject({ all: 3, late: 0, 'no-fir': 3 });
  expect(whole.body.counts.states).toEqual({ confirmed: 3 });
  const first = await ask('GET /desk?limit=2', { token: suman });
  const rest = await ask(`GET /desk?limit=2&after=${first.body.next}`, { token: suman });
  expect([...itemsOf(first.body), ...itemsOf(rest.body)]).toEqual(itemsOf(whole.body));
  expect(rest.body.next).toBeNull();
  expect(rest.body.counts).toEqual(whole.body.counts);
  const back = await ask(`GET /desk?limit=2&before=${rest.body.newer}`, { token: suman });
  expect(itemsOf(back.body)).toEqual(itemsOf(first.body));
  expect(itemsOf((await ask('GET /desk?category=dowry', { token: suman })).body)).toEqual([numbers[2]]);
  for (const wrong of [
    'after=x',
    'before=x',
    'show=everything',
    'sort=name',
    'limit=0',
    'limit=201',
    'section=zzz',
    'category=x',
    'at=1',
  ])
    expect((await ask(`GET /desk?${wrong}`, { token: suman })).status, wrong).toBe(422);
  expect((await ask('GET /desk')).status).toBe(401);
});

test('the search: openly by what stands in files; how words were understood', async () => {
  const found = await ask('GET /search?q=dahej', { token: suman });
  expect(itemsOf(found.body)).toEqual([numbers[2]]);
  expect(found.body.meant).toEqual([{ word: 'dahej', codes: ['category:dowry'] }]);
  const part = await ask('GET /search?category=stalking&limit=1', { token: suman });
  const rest = await ask(`GET /search?category=stalking&limit=1&after=${part.body.next}`, { token: suman });
  expect([...itemsOf(part.body), ...itemsOf(rest.body)].sort()).toEqual([numbers[0], numbers[2]].sort());
  for (const wrong of ['', '?q=', '?fir=abc', '?from=2026-02-30', '?from=yesterday', '?after=x&q=dahej', '?place=moon'])
    expect((await ask(`GET /search${wrong}`, { token: suman })).status, wrong).toBe(422);
  expect((await ask('GET /search?q=1')).status).toBe(401);
});

test('a number or a name only by a body and with a reason; an answer shows nobody', async () => {
  const body = { by: 'mobile', value: '9801111111', reason: 'she-asks' };
  const found = await ask('POST /search', { token: suman, body });
  expect(found.status).toBe(200);
  expect(itemsOf(found.body)).toEqual([numbers[0]]);
  expect(found.body.this_hour).toBe(1);
  const named = await ask('POST /search', {
    token: suman,
    body: { by: 'accused-name', value: 'कनारिया', reason: 'order' },
  });
  expect(named.body.items).toHaveLength(3);
  for (const answer of [found, named])
    for (const never of ['98011', 'Kanariya', 'कनारिया', 'Lal'])
      expect(undrawn(answer.text, numbers)).not.toContain(never);
  for (const wrong of [
    { ...body, reason: undefined },
    { ...body, reason: 'curious' },
    { ...body, value: '' },
    { ...body, by: 'her-name' },
    { ...body, value: '123' },
  ])
    expect((await ask('POST /search', { token: suman, body: wrong })).status).toBe(422);
  expect((await ask('POST /search', { body })).status).toBe(401);
  const kiran = (await sandboxSignIn('kiran')).token;
  expect((await ask('POST /search', { token: kiran, body })).body.items, 'another station').toEqual([]);
});

test('the thirty-first look-up within an hour is refused', async () => {
  const kiran = (await sandboxSignIn('kiran')).token;
  const body = { by: 'accused-name', value: 'Nobody', reason: 'order' };
  let last = 200;
  for (let n = 0; n < 31 && last === 200; n++) last = (await ask('POST /search', { token: kiran, body })).status;
  expect(last).toBe(429);
});

test('the document describes the three of them', async () => {
  const { paths, components } = (await ask('GET /openapi.json')).body;
  expect(Object.keys(paths['/search'])).toEqual(expect.arrayContaining(['get', 'post']));
  const text = JSON.stringify([paths, components]);
  for (const word of ['accused-name', 'urgency', 'she-asks', '"before"']) expect(text).toContain(word);
});
