// The call-back desk and the station: people who come late, forget, dally, are on leave, and once in a while try what they may not.
import { randomUUID } from 'node:crypto';
import { attempt, claim, connected } from '#callback';
import { attemptCall, confirmCall } from '#casework';
import { Refusal } from '#foundation';
import { hear, write } from './above-life.ts';
import { CANARY, type Case, KOTWALI, step } from './case.ts';
import { herself } from './her-life.ts';
import { drawnStep } from './steps-between.ts';
import type { Life, World } from './world.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

/** The last code that has reached her phone, with the share of messages that she never sees. */
const herCode = (w: World, c: Case): string | undefined => {
  const codes = w
    .inbox(c.form.mobile, w.now())
    .flatMap(({ template, text }) =>
      template === 'call-code' ? [/\d{4}\s?\d{4}/.exec(text)?.[0].replace(/\s/g, '') ?? ''] : [],
    );
  return w.dice.below(10) < c.lost_sms ? undefined : codes.at(-1);
};

const promiseOf = async (w: World, c: Case) =>
  (
    await w.house.sql<{ id: string; state: string; next: string | null; no_contact: boolean }>(
      `select p.id, p.state, to_char(p.next_try_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as next, p.no_contact from callback.promise p
       join intake.complaint i on i.id = p.file where i.form_id = $1`,
      [c.form.form_id],
    )
  )[0];

/** The operators' tries at one call until she is confirmed or the run ends; whoever is not reached is tried again and never closed. */
export async function* callBack(w: World, c: Case): Life {
  const { dice } = w;
  yield dice.about(4 * HOUR);
  for (let tries = 0; tries < 40; tries++) {
    if (w.hour() < 7 || w.hour() > 22) {
      yield dice.about(5 * HOUR);
      continue;
    }
    const promise = await promiseOf(w, c);
    if (!promise || promise.state === 'confirmed') break;
    // the list says from when on she may be called, and who not at all; some try all the same
    if (promise.no_contact && tries > 2) return;
    const wait = promise.next ? w.now().until(Temporal.Instant.from(promise.next)).total('minutes') : 0;
    if (wait > 0 && !dice.chance(0.1)) {
      yield wait + dice.about(HOUR);
      continue;
    }
    const operator = dice.one(['savita', 'meena']);
    const told = await w.deed(operator, 'callback.claim', `${c.n} claim ${randomUUID()}`, (a) => claim(a, promise.id));
    w.say(`case ${c.n}: ${operator} claims ${'refused' in told ? told.refused : 'done'}`);
    if ('refused' in told || dice.chance(0.05)) {
      // no window now, somebody else has it, or the operator is called away with the call in her hand
      yield HOUR + dice.about(3 * HOUR);
      continue;
    }
    await oneCall(w, c, operator, promise.id);
    if (c.number) break;
    yield HOUR + dice.about(4 * HOUR);
  }
  // a call that was confirmed by a request that came late
  const late = c.number ?? (await numberOf(w, c));
  if (late) c.number = late;
  if (c.number) w.start(`station ${c.n}`, stationLife(w, c));
}

async function oneCall(w: World, c: Case, operator: string, promise: string): Promise<void> {
  const { dice } = w;
  const write = async (outcome: 'no-answer' | 'unsafe-to-talk', text: string) => {
    const done = await w.deed(operator, 'callback.attempt', `${c.n} attempt ${randomUUID()}`, (a) =>
      attempt(a, promise, { outcome, code: undefined, at: undefined, note: undefined }),
    );
    w.say(`case ${c.n}: ${text} ${'refused' in done ? done.refused : 'done'}`);
  };
  if (dice.below(10) >= c.answers) return write('no-answer', 'no answer');
  if (dice.chance(0.06)) return write('unsafe-to-talk', 'somebody else answers');
  const open = await w.deed(operator, 'callback.connected', `${c.n} connected ${randomUUID()}`, (a) =>
    connected(a, promise),
  );
  if ('refused' in open) return w.say(`case ${c.n}: ${open.refused}`);
  const code = herCode(w, c);
  // she misreads it, or an impostor makes one up
  const said = code === undefined ? undefined : dice.chance(0.1) ? '00000000' : code;
  if (said === undefined) return write('no-answer', 'she has no code');
  const key = `${c.n} confirm ${randomUUID()}`;
  const confirm = () =>
    w.deed(operator, 'casework.confirm-call', key, (a) =>
      said === code
        ? confirmCall(a, promise, { code: said })
        : attemptCall(a, promise, { outcome: 'confirmed', code: said, at: undefined, note: undefined }),
    );
  const done = await confirm();
  const number = 'refused' in done ? undefined : (done.done?.complaint_number ?? (await numberOf(w, c)));
  if (number !== undefined) c.number = number;
  w.say(`case ${c.n}: code ${'refused' in done ? done.refused : number ? 'right' : 'wrong'}`);
  if (number !== undefined && dice.chance(0.3))
    await useAgain(w, c, operator === 'savita' ? 'meena' : 'savita', promise, said);
}

/** A call that was confirmed is nobody's any more, and its code confirms nothing for anybody else. */
async function useAgain(w: World, c: Case, other: string, promise: string, code: string): Promise<void> {
  const taken = await w.deed(other, 'callback.claim', null, (a) => claim(a, promise));
  if (!('refused' in taken)) throw new Error(`case ${c.n}: a call that was confirmed was taken again`);
  const again = await w.deed(other, 'casework.confirm-call', `${c.n} used ${randomUUID()}`, (a) =>
    confirmCall(a, promise, { code }),
  );
  if (!('refused' in again)) throw new Error(`case ${c.n}: a code was good for two calls`);
  w.say(`case ${c.n}: the code once more ${again.refused}`);
}

const numberOf = async (w: World, c: Case): Promise<string | undefined> =>
  (
    await w.house.sql<{ number: string | null }>(
      'select f.number from casework.file f join intake.complaint i on i.id = f.id where i.form_id = $1',
      [c.form.form_id],
    )
  )[0]?.number ?? undefined;

const postOf = async (w: World, who: string): Promise<string | undefined> => {
  const actor = await w.as(who).catch((error: unknown) => {
    if (error instanceof Refusal) return undefined;
    throw error;
  });
  return actor?.kind === 'officer' ? actor.post : undefined;
};

type Staff = { help: string; sho: string; io: readonly string[] };
const KALYANPUR_STAFF: Staff = { help: 'suman', sho: 'verma', io: ['khan', 'rekha'] };
const KOTWALI_STAFF: Staff = { help: 'kiran', sho: 'aruna', io: [] };

/** A case at its station, from receiving to the end in court, by people who are not always in time. */
async function* stationLife(w: World, c: Case): Life {
  const { dice } = w;
  const { help, sho, io } = c.form.station === KOTWALI ? KOTWALI_STAFF : KALYANPUR_STAFF;
  const now = () => w.now().toString();
  const sections = [{ act: 'BNS', section: dice.one(['64(1)', '74', '78(2)', '351(2)']) }];
  const local = () => w.now().toZonedDateTimeISO('Asia/Kolkata');
  const offence_on = local()
    .subtract({ days: 1 + dice.below(40) })
    .toPlainDate()
    .toString();
  const registered = { year: local().year, offence_on, sections };
  yield* until(w, 3 * HOUR, () => step(w, help, c, { step: 'receive' }));
  if (dice.chance(0.1))
    await step(w, dice.one(['lko-sho', 'rekha', 'singh', 'auditor']), c, {
      step: 'sign',
      signed_at: now(),
      place: 'home',
    });
  yield* until(w, dice.chance(0.15) ? 5 * DAY : 15 * HOUR, () =>
    step(w, help, c, { step: 'sign', signed_at: now(), place: dice.one(['home', 'station']) }),
  );
  yield dice.about(10 * HOUR);
  if (dice.chance(0.04)) {
    await step(w, sho, c, { step: 'refuse-registration', reason: 'civil' });
    yield dice.about(6 * DAY);
    if (dice.chance(0.5)) {
      await step(w, 'singh', c, { step: 'uphold-refusal', reason: 'civil indeed' });
      return;
    }
    await step(w, 'singh', c, { step: 'reopen', kind: 'superior', reason: 'to be recorded' });
  }
  const fir = () => ({ fir_number: String(1000 + c.n), ...registered, recorded_at: now() });
  if (c.form.station !== KOTWALI && dice.chance(0.06)) {
    await step(w, sho, c, {
      step: 'zero-fir',
      to_unit: KOTWALI,
      zero_number: String(1000 + c.n),
      ...registered,
      recorded_at: now(),
    });
    if (dice.chance(0.3)) {
      // it is not theirs, they say: it comes back, and is sent once more
      yield dice.about(2 * DAY);
      if (await step(w, 'aruna', c, { step: 'return-transfer', reason: 'not here' })) {
        yield dice.about(2 * DAY);
        await step(w, sho, c, { step: 'send-on', to_unit: KOTWALI, reason: 'it is' });
      }
    }
    yield* until(w, 2 * DAY, () =>
      step(w, 'aruna', c, { step: 'accept-transfer', fir_number: String(1000 + c.n), year: registered.year }),
    );
    return;
  }
  yield* until(w, 8 * HOUR, () => step(w, sho, c, { step: 'register-fir', ...fir() }));
  if (dice.chance(0.1)) await step(w, sho, c, { step: 'register-fir', ...fir() });
  if (io.length === 0) return;
  yield dice.about(DAY);
  await step(w, sho, c, { step: 'record-event', event: 'copy-given', at: now() });
  const officer = dice.one(io);
  yield* until(w, DAY, async () => {
    const to_post = await postOf(w, officer);
    return to_post !== undefined && step(w, sho, c, { step: 'assign', to_post });
  });
  yield* investigate(w, c, officer, sho);
  yield* toCourt(w, c, officer, sho);
}

/** Tries until it is done, or twelve times: the one who has to do it may be away. */
async function* until(w: World, mean: number, work: () => Promise<boolean>): Life {
  for (let tries = 0; tries < 12; tries++) {
    yield w.dice.about(mean);
    if (await work()) return;
  }
}

async function* investigate(w: World, c: Case, officer: string, sho: string): Life {
  const { dice } = w;
  const now = () => w.now().toString();
  // some work, some wait, a few sit on it until long after the two months
  const days = dice.chance(0.2) ? 70 + dice.about(20) : 15 + dice.about(20);
  const ends = w.now().add({ minutes: Math.round(days * DAY) });
  while (Temporal.Instant.compare(w.now(), ends) < 0) {
    yield dice.about(5 * DAY);
    if (dice.chance(0.4)) {
      const { who, form } = drawnStep(w, { officer, sho });
      await step(w, who, c, form);
      continue;
    }
    if (dice.chance(0.1)) await write(w, officer, c);
    else if (dice.chance(0.08)) {
      yield* hear(w, officer, c, () => herself(w, c));
      continue;
    }
    const what = dice.below(6);
    if (what < 3) await step(w, officer, c, { step: 'diary', text: `${CANARY}: went there` });
    if (what === 3)
      await step(w, officer, c, { step: 'statement', kind: 'police', at: now(), by: 'SI', place: 'home' });
    if (what === 4) await step(w, officer, c, { step: 'arrest', accused: '1', at: now() });
    if (what === 5) await step(w, officer, c, { step: 'explain-delay', kind: 'fsl-awaited' });
  }
}

async function* toCourt(w: World, c: Case, officer: string, sho: string): Life {
  const { dice } = w;
  const now = () => w.now().toString();
  const submit = () =>
    step(w, officer, c, {
      step: 'submit-report',
      ...(dice.chance(0.7) ? { kind: 'charge-sheet' } : { kind: 'final-report', reason: 'FR_UNTRACED' }),
    });
  yield* until(w, 2 * DAY, submit);
  if (dice.chance(0.15)) {
    await step(w, sho, c, { step: 'return-report', reason: 'incomplete' });
    yield* until(w, 4 * DAY, submit);
  }
  yield* until(w, DAY, () => step(w, sho, c, { step: 'approve-report' }));
  yield* until(w, 2 * DAY, () => step(w, 'singh', c, { step: 'approve-report' }));
  yield* until(w, DAY, () => step(w, sho, c, { step: 'forward-report', court: 'Sessions', at: now() }));
  yield dice.about(20 * DAY);
  // told later than it was: something new has come to light
  if (dice.chance(0.1)) {
    await step(w, 'singh', c, { step: 'reopen', kind: 'new-evidence', reason: 'a witness' });
    return;
  }
  await step(w, sho, c, { step: 'outcome', kind: 'cognizance', at: now() });
  yield dice.about(30 * DAY);
  await step(w, sho, c, { step: 'close', outcome: dice.one(['convicted', 'acquitted']) });
}
