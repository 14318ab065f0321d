// The call-back desk is there while a page of it is open or a call is under way; that nobody is there is told within the minute, as long as
// somebody waits to be called who may be called now.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, type Actor, house, read } from '#foundation';
import { claim, release } from '#callback';
import { mySession } from '#posts';
import { serviceStatus, sitsThere, watch } from '#sos';
import { promised } from '../../../test/promised-call.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';

const CITY = 'in.up.kanpur_nagar';
let h: TestHouse;
let savita: Extract<Actor, { kind: 'officer' }>;
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
  const actor = await h.as('savita');
  if (actor.kind !== 'officer') throw new Error('an operator is an officer');
  savita = actor;
  for (let n = 0; n < 3; n++) await round();
});
afterAll(() => h.close());

const sits = async () => sitsThere(savita, await read(savita, 'test.session', mySession));
const round = () => act(house(), 'test.round', (a) => watch.sweep(a));
const desk = async () => {
  await round();
  const { parts } = await serviceStatus();
  const found = parts.find(({ part, unit }) => part === 'callback-desk' && unit === CITY);
  return { state: found?.state, why: found?.why, level: found?.level };
};
const THERE = { state: 'running', why: null, level: 1 };
const EMPTY = { state: 'missing', why: 'too-few', level: 0 };
const NOBODY_WAITS = { state: 'running', why: null, level: 0 };
/** Her last page was so many seconds ago, in real time; so was what her open page said. */
const away = async ({ page, seat }: { page: number; seat: number }) => {
  await h.sql(`update posts.session set seen_at = clock_timestamp() - make_interval(secs => $2) where post = $1`, [
    savita.post,
    page,
  ]);
  await h.sql('update sos.at_board set seen_at = clock_timestamp() - make_interval(secs => $1)', [seat]);
};
const told = () =>
  h.sql<{ kind: string; after: number }>(
    `select p.kind, extract(epoch from s.at - o.since)::int as after from sos.outage o join sos.outage_step s on s.outage = o.id
     join posts.post p on p.id = s.post where o.part = 'callback-desk' and o.until is null order by s.n`,
  );

test('an open page is somebody; closed while somebody may be called, it is an outage within the minute, and goes up', async () => {
  const call = await promised(h, { windows: [{ from: '10:00', to: '17:00' }] });
  expect(await desk()).toEqual(THERE);
  // where no script runs her page cannot speak, and the last one counts until her shift ends by itself
  await away({ page: 300, seat: 300 });
  expect(await desk()).toEqual(THERE);
  // where one does it says that it stands open; she asked for nothing since
  await sits();
  await away({ page: 300, seat: 30 });
  expect(await desk()).toEqual(THERE);
  await away({ page: 300, seat: 40 });
  expect(await desk()).toEqual(EMPTY);
  expect(await told()).toEqual([{ kind: 'callback-desk', after: 0 }]);
  await h.sql('update foundation.clock set ahead_us = ahead_us + 50000000');
  expect(await desk()).toEqual(EMPTY);
  expect((await told()).map(({ after }) => after)).toEqual([0, 50]);
  // a page asked for is somebody as well
  await away({ page: 5, seat: 300 });
  expect(await desk()).toEqual(THERE);
  expect(await told()).toEqual([]);

  // a call that is under way is somebody, however long no page is asked for
  await act(savita, 'callback.claim', (a) => claim(a, call.id));
  await away({ page: 300, seat: 300 });
  expect(await desk()).toEqual(THERE);
  await act(savita, 'callback.release', (a) => release(a, call.id));
  await away({ page: 300, seat: 300 });
  expect(await desk()).toEqual(EMPTY);
});

test('outside her hours, before the hour of the next try, and where nobody waits, nobody has to sit there', async () => {
  await away({ page: 300, seat: 300 });
  expect(await desk()).toEqual(EMPTY);
  // at five in the afternoon her hours end; by ten in the morning they begin
  await h.at('2026-03-05T17:00:30+05:30');
  await away({ page: 300, seat: 300 });
  expect(await desk()).toEqual(NOBODY_WAITS);
  // another's run over midnight
  await promised(h, { windows: [{ from: '23:00', to: '01:00' }] });
  expect(await desk()).toEqual(NOBODY_WAITS);
  for (const [at, stands] of [
    ['2026-03-05T22:59:50+05:30', NOBODY_WAITS],
    ['2026-03-05T23:00:10+05:30', EMPTY],
    ['2026-03-06T00:59:50+05:30', EMPTY],
    ['2026-03-06T01:00:10+05:30', NOBODY_WAITS],
    ['2026-03-06T09:59:50+05:30', NOBODY_WAITS],
    ['2026-03-06T10:00:10+05:30', EMPTY],
  ] as const) {
    await h.at(at);
    await away({ page: 300, seat: 300 });
    expect(await desk(), at).toEqual(stands);
  }
  // whoever asked not to be called is owed no call
  await h.sql('update callback.promise set no_contact = true, next_try_at = null');
  await promised(h, { no_contact: true });
  expect(await desk()).toEqual(NOBODY_WAITS);
});

test('whoever is neither a control room nor an operator keeps no seat', async () => {
  await h.sql('delete from sos.at_board');
  for (const who of ['cp', 'verma']) {
    const actor = await h.as(who);
    if (actor.kind === 'officer') await sitsThere(actor, undefined);
  }
  expect(await h.sql('select post from sos.at_board')).toEqual([]);
});
