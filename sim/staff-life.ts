// What happens to people and machines: officers are posted elsewhere or go on leave, posts stand empty, the power goes, the clock jumps.
import { randomUUID } from 'node:crypto';
import { endLeaveOf, grantLeaveOf, handOverDesk } from '#casework';
import { type Actor, read, Refusal } from '#foundation';
import { findHolder } from '#posts';
import { endConnections } from './connections.ts';
import type { Life, Outcome, World } from './world.ts';

const DAY = 24 * 60;
type Seat = { post: string; by: string; name: string };

// who is posted elsewhere or goes on leave, who orders it, and who stands in for him
const SEATS = [
  { name: 'khan', by: 'verma', deputy: 'rekha' },
  { name: 'rekha', by: 'verma', deputy: 'suman' },
  { name: 'suman', by: 'verma', deputy: 'rekha' },
  { name: 'verma', by: 'singh', deputy: 'khan' },
  { name: 'singh', by: 'rao', deputy: 'verma' },
  { name: 'meena', by: 'cp', deputy: 'savita' },
  { name: 'aruna', by: 'cp', deputy: 'kiran' },
] as const;
/** Whoever stands above all of them is never posted elsewhere: where the one who should order it is away, he does. */
const ABOVE_ALL = 'cp';

/**
 * Hands posts over: to nobody for some days, then to whoever held it, or to somebody from another desk, who changes places with him. What lies
 * on a desk stays with the post, and whoever has left it sees nothing of it any more.
 */
export async function* postings(w: World): Life {
  const { dice } = w;
  for (;;) {
    yield dice.about(12 * DAY);
    const { name, by } = dice.one(SEATS);
    const other = dice.one(SEATS.filter((one) => one.name !== name));
    const seat = await seatOf(w, name, by);
    const holder = seat && (await holderOf(w, seat));
    if (!seat || !holder) continue;
    if (!(await leavesHisDesk(w, seat))) continue;
    yield dice.about(3 * DAY);
    const theirs = dice.chance(0.5) ? await seatOf(w, other.name, other.by) : undefined;
    const follower = theirs && (await holderOf(w, theirs));
    // what is only for women, or the other's leave, stands in the way of a change
    const changes = theirs && follower && follower !== holder && (await handOver(w, theirs, holder));
    if (changes) await handOver(w, seat, follower);
    else await handOver(w, seat, holder);
  }
}

/** How many files somebody sees, in the session he once had. */
const seenBy = async (before: Actor): Promise<number> => {
  try {
    return (await read(before, 'sim.look', (r) => r.db.selectFrom('casework.file').select('id').execute())).length;
  } catch (error) {
    if (error instanceof Refusal) return 0;
    throw error;
  }
};
/**
 * I6: somebody leaves a post, and in the session he had there he sees nothing of it any more.
 * @param seat that is left
 * @returns whether he was let go
 */
export async function leavesHisDesk(w: World, seat: Seat): Promise<boolean> {
  const before = await w.as(seat.name);
  const saw = await seenBy(before);
  if (!(await handOver(w, seat, null))) return false;
  if (saw > 0) w.counts.set('left files behind', (w.counts.get('left files behind') ?? 0) + 1);
  if ((await seenBy(before)) > 0) throw new Error('I6: who was posted elsewhere still sees a file');
  return true;
}

/** Leave, with a deputy or without, ahead of time or at once; it ends by itself, and now and then somebody is called back. */
export async function* leaves(w: World): Life {
  const { dice } = w;
  for (;;) {
    yield dice.about(9 * DAY);
    const { name, by, deputy } = dice.one(SEATS);
    const seat = await seatOf(w, name, by);
    const other = dice.chance(0.7) ? await seatOf(w, deputy, by) : undefined;
    if (!seat) continue;
    const from = w.now().add({ minutes: dice.chance(0.5) ? 0 : Math.round(dice.about(2 * DAY)) });
    const to = from.add({ minutes: 60 + Math.round(dice.about(4 * DAY)) });
    const form = {
      post: seat.post,
      from,
      to,
      deputy: (other && (await holderOf(w, other))) ?? null,
      kind: dice.one(['leave', 'sick', 'training'] as const),
    };
    const given = await w.deed(by, 'casework.grant-leave', `${name} ${randomUUID()}`, (a) => grantLeaveOf(a, form));
    w.say(`${name} goes on leave, ${form.deputy ? `${deputy} for him` : 'nobody for him'}: ${told(given)}`);
    if ('refused' in given || !dice.chance(0.3)) continue;
    yield dice.about(2 * DAY);
    const back = await w.deed(by, 'casework.end-leave', `${name} ${randomUUID()}`, (a) => endLeaveOf(a, seat.post));
    w.say(`${name} is called back: ${told(back)}`);
  }
}

const told = (done: Outcome<unknown>): string => ('refused' in done ? done.refused : 'done');
/** Who orders something about a seat: whoever should, or, where he is away, the one above all. */
const orderer = async (w: World, by: string): Promise<Actor> =>
  w.as(by).catch((error: unknown) => {
    if (error instanceof Refusal) return w.as(ABOVE_ALL);
    throw error;
  });
const holderOf = async (w: World, { post, by }: Seat): Promise<string | undefined> =>
  (await read(await orderer(w, by), 'posts.look', (r) => findHolder(r, post)))?.officer;

/** The post that one of the cast holds now. @param by who posts him elsewhere */
export async function seatOf(w: World, name: string, by: string): Promise<Seat | undefined> {
  try {
    const actor = await w.as(name);
    return actor.kind === 'officer' ? { post: actor.post, by, name } : undefined;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

async function handOver(w: World, { post, by, name }: Seat, to_officer: string | null): Promise<boolean> {
  for (let tries = 0; tries < 2; tries++) {
    const done = await w.deed(await orderer(w, by), 'casework.hand-over', `${name} ${randomUUID()}`, (a) =>
      handOverDesk(a, { post, to_officer, from: undefined, note: 'posted elsewhere' }),
    );
    w.say(`${name}'s post ${to_officer ? 'is held again' : 'stands empty'}: ${told(done)}`);
    if (!('refused' in done)) return true;
  }
  return false;
}

/** All connections die at once, some time or other; whatever was told before is there afterwards. */
export async function* outages(w: World): Life {
  for (;;) {
    yield w.dice.about(9 * DAY);
    w.say('all connections die');
    await endConnections(w.house);
  }
}

/** The clock of the machine is put right, or wrong: hours ahead, with everything that fell due on the way, or some minutes back. */
export async function* clockJumps(w: World): Life {
  const { dice } = w;
  for (;;) {
    yield dice.about(10 * DAY);
    await w.leap(dice.chance(0.6) ? 5 + Math.round(dice.about(6 * 60)) : -1 - dice.below(30));
  }
}
