// Alarms and the crews that answer them: who comes, who says no, who says nothing, and in which order it is heard.
import { randomUUID } from 'node:crypto';
import { type Actor, Refusal, read } from '#foundation';
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
import type { Life, World } from './world.ts';

const DAY = 24 * 60;

// five kilometres around it are the commissioner's: what lies across the river he does not see, and nobody would ever close
const CITY = { lat: 26.46, lon: 80.3 };
const CREWS = ['prv-1', 'prv-2', 'prv-3', 'prv-4', 'prv-5', 'prv-6'] as const;

/** An alarm now and then, and the crews' answers: who comes, who says no, who says nothing. @param a_day how many, on average */
export async function* alarms(w: World, a_day: number): Life {
  const { dice } = w;
  const near = () => ({ lat: CITY.lat + (dice.draw() - 0.5) / 10, lon: CITY.lon + (dice.draw() - 0.5) / 10 });
  for (;;) {
    yield dice.about(DAY / a_day);
    // another process has the fleet by now: what the last one kept for a minute of true time is not asked of a run
    await w.takeOver();
    const on_duty = CREWS.filter(() => dice.chance(0.8));
    const shifts: { crew: string; id: string }[] = [];
    for (const crew of on_duty) {
      await w.deed(crew, 'sos.begin-shift', null, (a) => beginShift(a, undefined));
      const shift = await read(await w.as(crew), 'sos.shift', myShift);
      if (shift) shifts.push({ crew, id: shift.id });
    }
    const fleet = await w.as('fleet');
    const posts: string[] = [];
    for (const crew of on_duty) posts.push(postIn(await w.as(crew)));
    const at = w.now();
    const fixes = posts.map((vehicle) => ({ vehicle, ...near(), at }));
    if (posts.length > 0) await w.again(() => takeFixes(fleet, { fixes }));
    const form = alertForm.parse({ form_id: randomUUID(), point: near(), silent: dice.chance(0.2) });
    const raised = await w.again(() => raise(null, form), 'an alarm');
    // the phone that heard nothing presses again
    if (dice.chance(0.2) && (await w.again(() => raise(null, form), 'an alarm')).alert !== raised.alert)
      throw new Error('one alarm was raised twice');
    w.say(`an alarm: ${raised.units.length} vehicles${raised.short_of ? `, ${raised.short_of}` : ''}`);
    for (const crew of on_duty) await answer(w, crew, [dice.one(['accept', 'accept', 'decline', undefined])]);
    yield 5;
    if (dice.chance(0.1)) {
      const over = await refusable(() => w.again(() => cancel(null, raised.alert, undefined)));
      w.say(`she cancels: ${over}`);
    }
    yield 10;
    // what a crew has pressed may come in another order than it was pressed
    for (const crew of on_duty)
      await answer(w, crew, dice.chance(0.2) ? ['arrived', 'en-route', 'arrived'] : ['en-route', 'arrived']);
    // the one word of hers that closes it stays away: the commissioner decides, with a reason
    // (no key: an alarm that stays open for hours has something to do every minute, and would be all there is of a run)
    const closed = await w.deed('cp', 'sos.decide', null, (a) =>
      decide(a, raised.alert, 'close', controlForm.parse({ outcome: 'not-found', reason: 'over' })),
    );
    if ('refused' in closed && closed.refused !== 'wrong-state')
      throw new Error(`an alarm stays open: ${closed.refused}`);
    w.say(`the commissioner closes it: ${'refused' in closed ? closed.refused : 'done'}`);
    for (const { crew, id } of shifts) await w.deed(crew, 'sos.end-shift', `${id} end`, (a) => endShift(a, id));
  }
}

const postIn = (actor: Actor): string => {
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
  const orders = await read(await w.as(crew), 'sos.orders', myOrders);
  for (const order of orders)
    for (const said of presses) {
      if (!said) continue;
      const done = await w.deed(crew, `sos.${said}`, `${crew} ${randomUUID()}`, (a) =>
        press(a, order.order, said, deedForm.parse(said === 'decline' ? { reason: 'other-work' } : {})),
      );
      w.say(`${crew} ${said}: ${'refused' in done ? done.refused : 'done'}`);
    }
}
