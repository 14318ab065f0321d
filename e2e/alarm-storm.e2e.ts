// The worst minute of rapid response: the server and its database are killed in the midst of alarms, while crews accept and decline. Nothing
// that was acknowledged is lost, no vehicle is sent to two women, whoever has fewer than asked is told why, and every timer fires once.
// Seeded: the same presses, places and killings (`ITSSO_CHAOS_SEED`); `npm run test:long` has more rounds.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { dataFolder, type Json, type RunningHouse, startHouse } from './house.ts';
import { killAll } from './kill-all.ts';

const ROUNDS = process.env.ITSSO_LONG ? 20 : 2;
const SENDERS = 6;
const CREWS = ['prv-1', 'prv-2', 'prv-3', 'prv-4', 'prv-5', 'prv-6'];
const VEHICLES = 60;
/** Alarms that must have been acknowledged in a round before it is ended. */
const ENOUGH = 8;
const PATIENCE_MS = 40_000;

let state = Number(process.env.ITSSO_CHAOS_SEED ?? 11);
// the minimal standard generator: a seed plays the same again
const draw = (): number => {
  state = (state * 48_271) % 2_147_483_647;
  return state / 2_147_483_647;
};
const somewhere = () => ({ lat: 26.45 + (draw() - 0.5) * 0.1, lon: 80.33 + (draw() - 0.5) * 0.1 });

let house: RunningHouse;
let owner: pg.Client | undefined;
afterAll(async () => {
  await owner?.end().catch(() => undefined);
  await house?.discard();
});
type Pressed = { form_id: string; point: { lat: number; lon: number }; answer?: Json };

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({
    host: path.join(house.data, 'db-socket'),
    port: 5432,
    user: 'postgres',
    database: 'itsso',
  });
  // it is killed with the rest
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
const ask = async <T extends object>(words: string, values: unknown[] = []): Promise<T[]> =>
  (await (owner as pg.Client).query<T>(words, values)).rows;

/** Everybody says where he is, until as many are taken as there are. */
async function everybodyReports(): Promise<void> {
  const token = await house.signIn('fleet');
  const vehicles = await ask<{ id: string }>(`select id from posts.post where kind = 'vehicle' and closed_on is null`);
  for (let tries = 0; tries < 60; tries++) {
    const at = (await house.api('GET', '/sandbox/clock')).json.now;
    const fixes = vehicles.map(({ id }) => ({ vehicle: id, ...somewhere(), at }));
    const answer = await house.api('POST', '/vehicles/fixes', { fixes }, { token });
    if (answer.json.taken === vehicles.length) return;
    await pause(500);
  }
  throw new Error('the fleet does not know its vehicles');
}

/** Women press and crews answer until it is over or the house is gone. */
async function storm(pressed: Pressed[], isOver: () => boolean): Promise<void> {
  const woman = async () => {
    while (!isOver()) {
      const one: Pressed = { form_id: randomUUID(), point: somewhere() };
      pressed.push(one);
      const { form_id, point } = one;
      const answer = await house.api('POST', '/sos/alerts', { form_id, point });
      if (answer.status === 201) one.answer = answer.json;
    }
  };
  const crew = async (who: string) => {
    const token = await house.signIn(who);
    while (!isOver()) {
      for (const { order } of (await house.api('GET', '/orders', undefined, { token })).json.items) {
        const yes = draw() < 0.6;
        const deed = yes ? 'accept' : 'decline';
        await house.api('POST', `/orders/${order}/${deed}`, yes ? {} : { reason: 'other-work' }, { token });
      }
      await pause(200);
    }
  };
  const all = [...Array.from({ length: SENDERS }, woman), ...CREWS.map(crew)];
  await Promise.all(all.map((one) => one.catch(() => undefined)));
}

/** What must hold at every instant, asked of the database alone. */
async function holds(): Promise<void> {
  expect(
    await ask(
      `select vehicle from sos.call_out where ended_at is null and not drill group by vehicle having count(*) > 1`,
    ),
  ).toEqual([]);
  expect(
    await ask(`select a.id from sos.alert a where a.state = 'open' and not a.drill and a.short_of is null and a.at_112 is null
      and not exists (select from sos.event e where e.alert = a.id and e.kind in ('silent', 'declined', 'released', 'short'))
      and (select count(*) from sos.call_out o where o.alert = a.id and o.ended_at is null) < a.wanted`),
  ).toEqual([]);
  // what a timer does is written down with it: done twice it would stand there twice
  expect(
    await ask(`select alert, kind from sos.event where kind in ('widen', 'bring-in', 'handed-to-112') group by 1, 2 having count(*) > 1
      union all select alert, vehicle::text from sos.event where kind = 'silent' group by alert, vehicle
        having count(*) > (select count(*) from sos.call_out o where o.alert = sos.event.alert and o.vehicle = sos.event.vehicle)`),
  ).toEqual([]);
}

test(`${ROUNDS} times killed in the midst of alarms: nothing is lost, nobody is doubled, every timer fires once`, async () => {
  house = await startHouse({ data: dataFolder() });
  owner = await connect();
  await ask(
    `with s as (select id, path, row_number() over (order by path) as n, count(*) over () as of from posts.unit
        where level = 'station' and path operator(ext.<@) 'in.up.kanpur_nagar'),
      made as (insert into posts.post (id, unit, path, kind, name_hi, name_en, opened_on)
        select gen_random_uuid(), s.id, s.path, 'vehicle', 'गाड़ी ' || g, 'Vehicle ' || g, '2020-01-01'
        from generate_series(1, $1::int) g join s on s.n = g % s.of + 1 returning id)
    insert into posts.tenure (id, post, officer, from_at) select gen_random_uuid(), made.id, (select id from posts.officer limit 1), '2020-01-01' from made`,
    [VEHICLES],
  );
  const pressed: Pressed[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await everybodyReports();
    const before = pressed.filter(({ answer }) => answer).length;
    let over = false;
    const running = storm(pressed, () => over);
    await pause(500 + draw() * 1000);
    for (let waited = 0; waited < PATIENCE_MS; waited += 50) {
      if (pressed.filter(({ answer }) => answer).length - before >= ENOUGH) break;
      await pause(50);
    }
    killAll(house);
    over = true;
    await running;
    await owner.end().catch(() => undefined);
    house = await startHouse({ data: house.data });
    owner = await connect();
    await holds();
  }

  // every acknowledged alarm is there, with every order that she was told of
  const acknowledged = pressed.filter(({ answer }) => answer);
  expect(acknowledged.length).toBeGreaterThanOrEqual(ENOUGH * ROUNDS);
  const alerts = new Set((await ask<{ id: string }>('select id from sos.alert')).map(({ id }) => id));
  const orders = new Set((await ask<{ id: string }>('select id from sos.call_out')).map(({ id }) => id));
  for (const { answer } of acknowledged) {
    expect(alerts.has(answer.alert)).toBe(true);
    for (const { order } of answer.units) expect(orders.has(order)).toBe(true);
  }
  // whoever got no answer presses again, and whoever did not hear it: one alarm each
  const again = [...pressed.filter(({ answer }) => !answer), ...acknowledged.slice(-10)];
  for (const one of again) {
    const { form_id, point } = one;
    const answer = await house.api('POST', '/sos/alerts', { form_id, point });
    expect(answer.status).toBe(201);
    if (one.answer) expect([answer.json.alert, answer.json.again]).toEqual([one.answer.alert, true]);
  }
  const [count] = await ask<{ n: number }>(`select count(*)::int as n from sos.alert where not drill`);
  expect(count?.n).toBe(pressed.length);

  // nobody answers any more: the timers of before and after the killing run out, each once
  for (let n = 0; n < 3; n++) {
    await house.advance('PT25S');
    await everybodyReports();
    await expect
      .poll(
        async () =>
          (
            await ask(
              `select 1 from sos.timer where fired_at is null and due_at < foundation.now() - interval '3 seconds'`,
            )
          ).length,
        { timeout: PATIENCE_MS, interval: 250 },
      )
      .toBe(0);
    await holds();
  }
  expect(await ask(`select id from sos.alert where state = 'waiting' and short_of is null`)).toEqual([]);
}, 900_000);
