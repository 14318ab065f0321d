// Those who answer her: the post above a desk she has something against, the post above a station whose report she objects to, the desk she
// writes to, and the officer who hears her by telephone at a time that she chooses.
import { randomUUID } from 'node:crypto';
import { answerConcern, answerForm, concernsHere, messageForm, writeToHer } from '#correspondence';
import { answerPlea, pleaAnswerForm, pleasHere } from '#court';
import { type Actor, Refusal, read } from '#foundation';
import {
  callHer,
  chooseForm,
  chooseTime,
  myHearings,
  offerForm,
  offerHearing,
  othersForm,
  askForOthers,
  outcomeForm,
  writeOutcome,
} from '#hearing';
import { CANARY, type Case } from './case.ts';
import type { Life, Outcome, World } from './world.ts';

const HOUR = 60;
const DAY = 24 * HOUR;
const ABOVE = ['verma', 'singh', 'rao', 'nandini', 'cp'] as const;

const told = (done: Outcome<unknown>): string => ('refused' in done ? done.refused : 'done');
const present = (w: World, who: string): Promise<Actor | undefined> =>
  w.as(who).catch((error: unknown) => {
    if (error instanceof Refusal) return undefined;
    throw error;
  });

/** Every few days somebody above looks at what has come past a desk, and answers some of it. */
export async function* above(w: World): Life {
  const { dice } = w;
  for (;;) {
    yield dice.about(3 * DAY);
    const who = dice.one(ABOVE);
    const me = await present(w, who);
    if (!me) continue;
    for (const { id, number } of await read(me, 'correspondence.look', concernsHere)) {
      if (dice.chance(0.3)) continue;
      const form = answerForm.parse({ outcome: 'explained', text: `${CANARY}: explained` });
      const done = await w.deed(me, 'correspondence.answer', `${id} answer`, (a) => answerConcern(a, number, id, form));
      w.say(`${who} answers a concern: ${told(done)}`);
    }
    for (const { id, number } of await read(me, 'court.look', pleasHere)) {
      if (dice.chance(0.3)) continue;
      const form = pleaAnswerForm.parse({ outcome: 'stands', text: `${CANARY}: it stands` });
      const done = await w.deed(me, 'court.answer', `${id} answer`, (a) => answerPlea(a, number, id, form));
      w.say(`${who} answers an objection: ${told(done)}`);
    }
  }
}

/** The desk writes to her. */
export async function write(w: World, who: string, c: Case): Promise<void> {
  const form = messageForm.parse({ text: `${CANARY}: we are at it` });
  const done = await w.deed(who, 'correspondence.write-to-her', `${c.n} to her ${randomUUID()}`, (a) =>
    writeToHer(a, c.number ?? '', form),
  );
  w.say(`case ${c.n}: ${who} writes to her ${told(done)}`);
}

/** She is heard by telephone: offered two times, she chooses one or asks for others, is called, and it is written down how it ended. */
export async function* hear(w: World, who: string, c: Case, herself: () => Promise<Actor | undefined>): Life {
  const { dice } = w;
  const number = c.number ?? '';
  const noon = w.now().toZonedDateTimeISO('Asia/Kolkata').with({ hour: 12, minute: 0, second: 0, nanosecond: 0 });
  const times = [2, 3].map((days) =>
    noon
      .add({ days, hours: dice.below(5) })
      .toInstant()
      .toString(),
  );
  const form = offerForm.parse({ kind: 'phone', about: 'progress', times });
  const offered = await w.deed(who, 'hearing.offer', `${c.n} offer ${randomUUID()}`, (a) =>
    offerHearing(a, number, form),
  );
  w.say(`case ${c.n}: ${who} offers to hear her ${told(offered)}`);
  const id = 'refused' in offered ? undefined : offered.done;
  if (!id) return;
  yield dice.about(DAY);
  const me = await herself();
  const mine = me && (await read(me, 'hearing.look', myHearings)).find((one) => one.id === id);
  if (!me || !mine) return;
  const chosen = dice.chance(0.8)
    ? await w.deed(me, 'hearing.choose', `${id} choose`, (a) =>
        chooseTime(a, id, chooseForm.parse({ time: 1 + dice.below(2) })),
      )
    : await w.deed(me, 'hearing.others', `${id} others`, (a) => askForOthers(a, id, othersForm.parse({})));
  w.say(`case ${c.n}: she chooses ${told(chosen)}`);
  yield 3 * DAY;
  const called = await w.deed(who, 'hearing.call', null, (a) => callHer(a, number, id));
  const outcome = outcomeForm.parse(
    'refused' in called
      ? { outcome: 'not-held', reason: 'put-off' }
      : { outcome: 'held', how: 'phone', minutes: 20, statement: false },
  );
  const done = await w.deed(who, 'hearing.outcome', `${id} outcome`, (a) => writeOutcome(a, number, id, outcome));
  w.say(`case ${c.n}: heard ${told(called)}, ${told(done)}`);
}
