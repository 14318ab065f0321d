// What happens to people and machines: officers are posted elsewhere, posts stand empty, the power goes, crews work or do not.
import { randomUUID } from 'node:crypto';
import { handOverDesk } from '#casework';
import { house, read, Refusal } from '#foundation';
import { findHolder } from '#posts';
import {
  alertForm,
  beginShift,
  cancel,
  controlForm,
  decide,
  deedForm,
  endShift,
  myOrders,
  myShift,
  press,
  raise,
  takeFixes,
} from '#sos';
import type { TestHouse } from '../test/house.ts';
import type { Life, World } from './world.ts';

const DAY = 24 * 60;
/** How many acts of the house at once, at most: a run does one thing at a time. */
export const CONNECTIONS = 2;

type Seat = { post: string; by: string; name: string };

/** Hands posts over: to nobody for some days, then to somebody again. What lies on the desk stays with the post. */
export async function* postings(w: World): Life {
  const { dice } = w;
  for (;;) {
    yield dice.about(12 * DAY);
    const { name, by } = dice.one([
      { name: 'khan', by: 'verma' },
      { name: 'rekha', by: 'verma' },
      { name: 'suman', by: 'verma' },
      { name: 'verma', by: 'singh' },
    ]);
    const seat = await seatOf(w, name, by);
    if (!seat) continue;
    const holder = await read(await w.house.as(by), 'posts.look', (r) => findHolder(r, seat.post));
    if (!holder) continue;
    await handOver(w, seat, null);
    yield dice.about(3 * DAY);
    await handOver(w, seat, holder.officer);
  }
}

async function seatOf(w: World, name: string, by: string): Promise<Seat | undefined> {
  try {
    const actor = await w.house.as(name);
    return actor.kind === 'officer' ? { post: actor.post, by, name } : undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

async function handOver(w: World, { post, by, name }: Seat, to_officer: string | null): Promise<void> {
  for (let tries = 0; tries < 2; tries++) {
    const done = await w.deed(by, 'casework.hand-over', `${name} ${randomUUID()}`, (a) =>
      handOverDesk(a, { post, to_officer, from: undefined, note: 'posted elsewhere' }),
    );
    w.say(
      `${name}'s post ${to_officer ? 'is held again' : 'stands empty'}: ${'refused' in done ? done.refused : 'done'}`,
    );
    if (!('refused' in done)) return;
  }
}

const CITY = { lat: 26.49, lon: 80.3 };
const CREWS = ['prv-1', 'prv-2', 'prv-3', 'prv-4', 'prv-5', 'prv-6'] as const;

/** An alarm now and then, and the crews' answers: who comes, who says no, who says nothing. @param a_day how many, on average */
export async function* alarms(w: World, a_day: number): Life {
  const { dice } = w;
  const near = () => ({ lat: CITY.lat + (dice.draw() - 0.5) / 10, lon: CITY.lon + (dice.draw() - 0.5) / 10 });
  for (;;) {
    yield dice.about(DAY / a_day);
    const on_duty = CREWS.filter(() => dice.chance(0.8));
    const shifts: { crew: string; id: string }[] = [];
    for (const crew of on_duty) {
      await w.deed(crew, 'sos.begin-shift', null, (a) => beginShift(a, undefined));
      const shift = await read(await w.house.as(crew), 'sos.shift', myShift);
      if (shift) shifts.push({ crew, id: shift.id });
    }
    const fleet = await w.house.as('fleet');
    const posts = await Promise.all(on_duty.map(async (crew) => postIn(await w.house.as(crew))));
    const at = w.now();
    if (posts.length > 0) await takeFixes(fleet, { fixes: posts.map((vehicle) => ({ vehicle, ...near(), at })) });
    const raised = await raise(
      null,
      alertForm.parse({ form_id: randomUUID(), point: near(), silent: dice.chance(0.2) }),
    );
    w.say(`an alarm: ${raised.units.length} vehicles${raised.short_of ? `, ${raised.short_of}` : ''}`);
    for (const crew of on_duty) await answer(w, crew, [dice.one(['accept', 'accept', 'decline', undefined])]);
    yield 5;
    if (dice.chance(0.1)) {
      const over = await refusable(() => cancel(null, raised.alert, undefined));
      w.say(`she cancels: ${over}`);
    }
    yield 10;
    for (const crew of on_duty) await answer(w, crew, ['en-route', 'arrived']);
    // the one word of hers that closes it stays away: the commissioner decides, with a reason
    const closed = await w.deed('cp', 'sos.decide', `close ${randomUUID()}`, (a) =>
      decide(a, raised.alert, 'close', controlForm.parse({ outcome: 'not-found', reason: 'over' })),
    );
    w.say(`the commissioner closes it: ${'refused' in closed ? closed.refused : 'done'}`);
    for (const { crew, id } of shifts) await w.deed(crew, 'sos.end-shift', `${id} end`, (a) => endShift(a, id));
  }
}

const postIn = (actor: Awaited<ReturnType<World['house']['as']>>): string => {
  if (actor.kind !== 'officer') throw new Error('a crew is officers');
  return actor.post;
};

async function refusable(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return 'done';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

type Said = 'accept' | 'decline' | 'en-route' | 'arrived';

/** What a crew presses on its order, one after the other; nothing where it says nothing. */
async function answer(w: World, crew: string, presses: readonly (Said | undefined)[]): Promise<void> {
  const orders = await read(await w.house.as(crew), 'sos.orders', myOrders);
  for (const order of orders)
    for (const said of presses) {
      if (!said) continue;
      const done = await w.deed(crew, `sos.${said}`, `${crew} ${randomUUID()}`, (a) =>
        press(a, order.order, said, deedForm.parse(said === 'decline' ? { reason: 'other-work' } : {})),
      );
      w.say(`${crew} ${said}: ${'refused' in done ? done.refused : 'done'}`);
    }
}

/** Ends every connection of the application; what is asked next opens new ones. */
export async function endConnections(h: TestHouse): Promise<void> {
  await h.sql(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where usename = 'itsso_app' and datname = current_database() and pid <> pg_backend_pid()`,
  );
  // connections that died are noticed one by one, by whoever uses them next
  for (let well = 0, tries = 0; well < CONNECTIONS && tries < 60; tries++) {
    await new Promise((go) => setTimeout(go, 5));
    await read(house(), 'sim.back', async () => undefined).then(
      () => well++,
      () => undefined,
    );
  }
}

/** All connections die at once, some time or other; whatever was told before is there afterwards. */
export async function* outages(w: World): Life {
  for (;;) {
    yield w.dice.about(9 * DAY);
    w.say('all connections die');
    await endConnections(w.house);
  }
}
