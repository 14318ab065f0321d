// Her side of a case: she files, sometimes twice, waits for a call, signs, looks, asks, complains, presses again when no answer came.
import { randomUUID } from 'node:crypto';
import { fileComplaint, track } from '#casework';
import { raiseConcern, writeToDesk } from '#correspondence';
import { act, type Actor, nobody, Refusal, read } from '#foundation';
import { openByReceipt, orRefuse } from '#intake';
import { CANARY, type Case } from './case.ts';
import { byNumber, draft, end, SHARE_BY_NUMBER, SHARE_DRAFTS } from './her-ways.ts';
import type { Life, World } from './world.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

/** She sends it; who gets no answer presses again, and some press again a day later. */
async function send(w: World, c: Case, as: Actor = nobody): Promise<void> {
  const sent = await w.deed(as, 'casework.file-complaint', null, (a) => fileComplaint(a, c.form));
  w.say(`case ${c.n}: filed ${'refused' in sent ? sent.refused : 'done'}`);
  if ('refused' in sent || !sent.done) return;
  if (c.filed && c.filed.receipt !== sent.done.receipt) throw new Error(`case ${c.n} was given two receipts`);
  c.filed = sent.done;
  c.acknowledged = true;
}

/** She herself, by her receipt. */
export async function herself(w: World, c: Case): Promise<Actor | undefined> {
  const receipt = c.filed?.receipt;
  if (!receipt) return undefined;
  const opened = await w.again(() => act(nobody, 'intake.open', (a) => openByReceipt(a, { receipt })));
  return w.house.citizen(orRefuse(opened).token);
}

/** What her page shows her must be what the house holds: days that add up, one desk, a day it is due. */
async function look(w: World, c: Case, me: Actor): Promise<void> {
  const seen = await read(me, 'casework.track', track);
  const seconds = seen.desks.reduce((sum, desk) => sum + desk.seconds, 0);
  const age = seen.as_of.since(seen.submitted_at).total('seconds');
  if (seen.state !== 'closed' && Math.abs(seconds - age) > seen.desks.length + 1)
    throw new Error(`case ${c.n}: ${seconds} s at desks, ${age} s old`);
  if (c.number !== undefined && seen.number !== c.number) throw new Error(`case ${c.n} shows another number`);
  w.say(`case ${c.n}: she sees ${seen.stage}, ${seen.days_pending} days`);
}

/** From the sending on, for as long as the run goes. */
export async function* herLife(w: World, c: Case): Life {
  const { dice } = w;
  await send(w, c, dice.chance(SHARE_DRAFTS) ? yield* draft(w, c) : nobody);
  if (dice.chance(0.15)) {
    yield dice.about(2);
    await send(w, c);
  }
  if (dice.chance(0.05)) {
    yield dice.about(DAY);
    await send(w, c);
  }
  for (let visits = 0; visits < 12; visits++) {
    yield HOUR + dice.about(9 * DAY);
    const me = (c.number && dice.chance(SHARE_BY_NUMBER) ? yield* byNumber(w, c) : undefined) ?? (await herself(w, c));
    if (!me) return;
    await look(w, c, me);
    if (!c.number) continue;
    if (dice.chance(0.3)) await end(w, c, me);
    if (dice.chance(0.25)) {
      const sent = await w.deed(me, 'correspondence.write', `${c.n} message ${randomUUID()}`, (a) =>
        writeToDesk(a, { text: `${CANARY} asks`, uploads: [] }),
      );
      w.say(`case ${c.n}: she writes ${'refused' in sent ? sent.refused : 'done'}`);
    }
    if (dice.chance(0.1)) {
      const raised = await w.deed(me, 'correspondence.concern', `${c.n} concern ${randomUUID()}`, (a) =>
        raiseConcern(a, { reason: 'silent-desk', text: `${CANARY} waits` }),
      );
      w.say(`case ${c.n}: her concern ${'refused' in raised ? raised.refused : 'done'}`);
    }
  }
}

/** Somebody tries codes that were never given: nothing opens, nothing changes, and nobody else is kept from hers. */
export async function* guesser(w: World): Life {
  for (;;) {
    yield w.dice.about(2 * DAY);
    const receipt = String(w.dice.below(1e8)).padStart(16, '4');
    try {
      const opened = await w.again(() => act(nobody, 'intake.open', (a) => openByReceipt(a, { receipt })));
      orRefuse(opened);
      throw new Error('a code that nobody was given has opened something');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      w.say(`a guess: ${error.code}`);
    }
  }
}
