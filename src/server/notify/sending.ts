// How a message goes: written down as handed over, then handed over, then what came of it. Between the two acts stands no transaction,
// and whatever was handed over without a word afterwards is never handed over again.
import { type Act, act, house, keys, newId } from '#foundation';
import { contactOf } from '#sealed-identity';
import { throughBlock } from './blocks.ts';
import { pay } from './budget.ts';
import type { Answer, Outgoing, Way, Ways } from './gateway.ts';
import { windowOpensAt } from './hours.ts';
import { comeTo } from './queue.ts';
import type { Receipt } from './receipts.ts';
import { backOff, isWithheld, type Reason, STOPPED_AFTER } from './rules.ts';
import * as store from './store.ts';
import { fill, type Params, subjectLine, templateOf } from './templates.ts';

const RECEIPTS_KEPT = Temporal.Duration.from({ hours: 72 });

const uselessFrom = (message: store.Message): Temporal.Instant =>
  message.made_at.add({ minutes: templateOf(message.template).keeps });
const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0;

type Ready = { message: store.Message; out: Outgoing };

/** What is to go out now, or nothing: what is of no use any more, not wanted, overtaken or too early ends or waits here. */
async function readyNow(h: Act, id: string): Promise<Ready | undefined> {
  const message = await store.lock(h, id);
  if (message?.state !== 'waiting' || !message.sealed_params) return undefined;
  const template = templateOf(message.template);
  const contact = await contactOf(h, message.subject);
  const end = (as: store.Ending) => store.finish(h, id, as).then(() => undefined);
  if (!contact || isWithheld(contact.modes, template.at_once, message.channel)) return end({ state: 'withheld' });
  if (!isBefore(h.now, uselessFrom(message))) return end({ state: 'dead', reason: 'too-late' });
  // after an outage she gets the newest word, not all of them
  if ((message.tries > 0 || message.copy_of) && template.newest_only && (await store.newer(h, message)))
    return end({ state: 'failed', reason: 'overtaken' });
  const to = message.channel === 'sms' ? contact.mobile : contact.email;
  if (!to) return end({ state: 'withheld', reason: 'no-number' });
  const opens = template.at_once ? h.now : windowOpensAt(contact.windows, h.now);
  if (isBefore(h.now, opens)) {
    await comeTo(h, id, opens);
    return undefined;
  }
  const params: Params = JSON.parse(keys.open('notify-params', id, message.sealed_params).toString('utf8'));
  const { channel, language } = message;
  const text = fill(message.template, language, params);
  const subject = channel === 'email' ? { subject: subjectLine(contact.decoy_subject, language) } : {};
  if (channel === 'sms') {
    const whatever = template.whatever_it_costs === true;
    const blocked = await throughBlock(h, to, whatever);
    const again = blocked ?? (await pay(h, text, whatever));
    if (again) {
      await store.wait(h, id, blocked ? 'number-block' : 'over-budget');
      const useless = uselessFrom(message);
      await comeTo(h, id, isBefore(again, useless) ? again : useless);
      return undefined;
    }
  }
  await store.hand(h, id);
  return {
    message: { ...message, tries: message.tries + 1, state: 'handed', handed_at: h.now },
    out: { id, channel, to, template: message.template, language, text, ...subject },
  };
}

/** Writes the message again as a new one with its own id, for a message that may or may not have gone. */
export async function copy(h: Act, message: store.Message, id: string): Promise<void> {
  if (!message.sealed_params) throw new Error('nothing left to send again');
  const purpose = message.copy_of ? message.purpose : `${message.purpose}/again`;
  await store.takeTurn(h, message.subject, purpose);
  const before = await store.numbered(h, message.subject, purpose);
  const { subject, channel, template, language, made_at } = message;
  const plain = keys.open('notify-params', message.id, message.sealed_params);
  await store.add(h, {
    id,
    subject,
    purpose,
    n: (before.at(-1)?.n ?? 0) + 1,
    channel,
    template,
    language,
    sealed_params: keys.seal('notify-params', id, plain),
    // it keeps as long as the first one would have
    made_at,
    state: 'waiting',
    tries: 0,
    sent_at: null,
    gateway_id: null,
    copy_of: message.id,
  });
  await comeTo(h, id);
}

/** What follows when nobody can say whether a message went: a code goes once more as a new message, for anything else somebody decides. */
async function endUnsure(h: Act, message: store.Message, reason: Reason): Promise<void> {
  const { again_if_unsure } = templateOf(message.template);
  await store.finish(h, message.id, { state: 'dead', reason, keep: true });
  if (!again_if_unsure || message.copy_of) return;
  await copy(h, message, newId());
  await store.settle(h, message.id, { settled: 'again', settled_by: null });
}

// what the answer of a gateway makes of a message that was handed over
async function record(h: Act, message: store.Message, answer: Answer): Promise<void> {
  if (answer.kind === 'taken') {
    const [gateway_id] = answer.gateway_ids;
    // one after the other on one connection; last what every message of this way writes to, so that the next waits shortly
    await Promise.all([
      store.finish(h, message.id, { state: 'sent', sent_at: h.now, ...(gateway_id ? { gateway_id } : {}) }),
      store.addParts(h, message.id, answer.gateway_ids),
      heed(h, message.id),
      store.countWay(h, message.channel, undefined),
    ]);
    return;
  }
  await store.countWay(h, message.channel, answer.reason);
  if (answer.kind === 'refused')
    return void (await store.finish(h, message.id, { state: 'dead', reason: answer.reason, keep: true }));
  if (answer.kind === 'unsure') return endUnsure(h, message, answer.reason);
  await store.wait(h, message.id, answer.reason);
  const next = h.now.add(backOff(message.tries, message.id));
  const useless = uselessFrom(message);
  // the last visit finds it of no use any more, and says so
  await comeTo(h, message.id, isBefore(next, useless) ? next : useless);
}

/** Delivered when every part is, undelivered when one certainly is not. */
async function heed(h: Act, id: string): Promise<void> {
  const words = (await store.wordsOn(h, id)).map(({ state }) => state);
  if (words.length === 0) return;
  if (words.includes('undelivered')) await store.arrived(h, id, 'undelivered');
  else if (words.every((word) => word === 'delivered')) await store.arrived(h, id, 'delivered');
}

/**
 * Hands one message of the outbox over and records what came of it. A message that has had its end, or is being handed over by
 * somebody else, is left alone. Safe to be called any number of times, side by side, and to be killed anywhere.
 * @param ways the ways out
 */
export async function deliver(id: string, ways: Ways): Promise<void> {
  const wayFor = (out: Outgoing): Way | undefined => ways[out.channel];
  const handed = await act(house(), 'notify.hand-over', async (h) => {
    const ready = await readyNow(h, id);
    if (!ready) return undefined;
    const way = wayFor(ready.out);
    if (!way) return void (await store.finish(h, id, { state: 'withheld' }));
    if ('give' in way) return { ...ready, way };
    // the practice outbox is a table of this house: handing over and recording are one act
    return record(h, ready.message, await way.keep(h, ready.out));
  });
  if (!handed) return;
  const answer = await handed.way.give(handed.out);
  await act(house(), 'notify.record', async (h) => {
    const message = await store.lock(h, id);
    if (message?.state === 'handed') return record(h, message, answer);
    // given up as stopped midway, and then the answer came: the truth counts, a copy that was made stays
    if (message?.reason === 'stopped-midway' && answer.kind === 'taken' && !message.settled)
      await record(h, message, answer);
  });
}

/** A receipt of the network: kept, and heeded if the message is known already. Told twice it says the same. */
export async function heard(h: Act, receipt: Receipt): Promise<void> {
  await store.addReceipt(h, receipt);
  const part = await store.messageOfPart(h, receipt.gateway_id);
  if (part) await heed(h, part.message);
}

/** When the first message that is being handed over counts as stopped midway. */
export async function nextStopped(r: Parameters<typeof store.firstHanded>[0]): Promise<Temporal.Instant | undefined> {
  return (await store.firstHanded(r))?.handed_at?.add(STOPPED_AFTER);
}

/**
 * Ends what was being handed over when the house stopped, empties what is of no use any more, forgets receipts of nobody. Idempotent.
 * @returns whether more waits
 */
export async function tidy(h: Act): Promise<boolean> {
  const stopped = await store.stoppedMidway(h, h.now.subtract(STOPPED_AFTER));
  for (const message of stopped) {
    await store.countWay(h, message.channel, 'stopped-midway');
    await endUnsure(h, message, 'stopped-midway');
  }
  for (const message of await store.deadWithBlanks(h)) {
    if (!isBefore(h.now, uselessFrom(message))) await store.empty(h, message.id);
  }
  await store.forgetReceipts(h, h.now.subtract(RECEIPTS_KEPT));
  return stopped.length === 100;
}
