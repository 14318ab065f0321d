// Officers who try what they may not: a step that is another's, a date that suits them, a file of another district, a post of their own giving.
// Whatever state a file is in, the house says no, and nothing is changed by it.
import type { StepForm } from '#casework';
import { grantLeaveOf, handOverDesk, stepForm, takeStep } from '#casework';
import { type Case, CANARY, KOTWALI } from './case.ts';
import type { Life, World } from './world.ts';

const DAY = 24 * 60;

type Tried = { who: string; form: { step: StepForm['step'] } & Record<string, unknown> };

// none of these is good in any state of a file
const STEPS: readonly ((w: World) => Tried)[] = [
  () => ({ who: 'khan', form: { step: 'approve-report' } }),
  (w) => ({ who: 'khan', form: { step: 'close', outcome: 'acquitted', at: w.now().toString() } }),
  (w) => ({ who: 'suman', form: fir(w, w.now()) }),
  () => ({ who: 'suman', form: { step: 'submit-report', kind: 'final-report', reason: 'FR_UNTRACED' } }),
  () => ({ who: 'verma', form: { step: 'reopen', kind: 'superior', reason: 'as I like' } }),
  () => ({ who: 'savita', form: { step: 'receive' } }),
  // the two months begin tomorrow, or began before she had sent anything
  (w) => ({ who: w.dice.one(['verma', 'aruna']), form: fir(w, w.now().add({ hours: 24 })) }),
  (w) => ({ who: w.dice.one(['verma', 'aruna']), form: fir(w, w.began.subtract({ hours: 1 })) }),
  (w) => ({ who: 'suman', form: { step: 'sign', signed_at: w.now().add({ hours: 2 }).toString(), place: 'home' } }),
  // what lies in another district, or may only be looked at
  (w) => ({ who: w.dice.one(['lko-sho', 'lko-io', 'lko-acp']), form: { step: 'diary', text: `${CANARY}: not mine` } }),
  () => ({ who: 'auditor', form: { step: 'diary', text: `${CANARY}: not mine` } }),
];

const fir = (w: World, at: Temporal.Instant) =>
  ({
    step: 'register-fir',
    fir_number: String(9000 + w.dice.below(900)),
    year: at.toZonedDateTimeISO('Asia/Kolkata').year,
    sections: [{ act: 'BNS', section: '74' }],
    recorded_at: at.toString(),
  }) as const;

/** Somebody tries something every now and then. @param cases those that there are */
export async function* cheats(w: World, cases: readonly Case[]): Life {
  const { dice } = w;
  for (;;) {
    yield dice.about(1.5 * DAY);
    if (dice.chance(0.2)) {
      await forHimself(w);
      continue;
    }
    const numbered = cases.filter(({ number }) => number !== undefined);
    const tried = dice.one(STEPS)(w);
    if (numbered.length === 0) continue;
    const { n, number = '', form } = dice.one(numbered);
    // at Kotwali nobody investigates in a run: nothing of it lies with those of Kalyanpur
    const who = form.station === KOTWALI && tried.who === 'khan' ? 'kiran' : tried.who;
    await refused(w, who, `${tried.form.step} of case ${n}`, (a) => takeStep(a, number, stepForm.parse(tried.form)));
  }
}

/** Gives himself a post, or leave. */
async function forHimself(w: World): Promise<void> {
  const { dice } = w;
  const who = dice.one(['khan', 'suman', 'verma']);
  const me = await w.as(who).catch(() => undefined);
  if (me?.kind !== 'officer') return;
  if (dice.chance(0.5)) {
    const from = w.now();
    const leave = { post: me.post, from, to: from.add({ hours: 72 }), deputy: null, kind: 'leave' as const };
    return refused(w, who, 'leave for himself', (a) => grantLeaveOf(a, leave));
  }
  const above = await w.as('singh').catch(() => undefined);
  if (above?.kind !== 'officer') return;
  const post = { post: above.post, to_officer: me.officer, from: undefined, note: 'for me' };
  return refused(w, who, 'the post above him', (a) => handOverDesk(a, post));
}

/** Somebody tries what he may not. @throws Error where he was let */
export async function refused(w: World, who: string, what: string, work: Parameters<World['deed']>[3]): Promise<void> {
  const done = await w.deed(who, 'sim.cheat', null, work);
  if (!('refused' in done)) throw new Error(`${who} was let: ${what}`);
  w.counts.set('cheated in vain', (w.counts.get('cheated in vain') ?? 0) + 1);
  w.say(`${who} tries ${what}: ${done.refused}`);
}
