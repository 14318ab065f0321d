// A case made over the API, from a filing to its closure, with a file that has lain on six desks.
import { expect } from 'vitest';
import type { Json, RunningHouse } from './house.ts';

/** The last code of so many digits that went out by SMS to this mobile; waits until it is there. */
export async function codeFor(house: RunningHouse, mobile: string, digits: 6 | 8): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const found = (await house.messagesTo(mobile))
      .flatMap(({ text }) => (text.match(/\d{4} ?\d{4}|\d{6}/g) ?? []).map((code) => code.replace(' ', '')))
      .filter((code) => code.length === digits);
    const last = found.at(-1);
    if (last) return last;
    await new Promise((go) => setTimeout(go, 100));
  }
  throw new Error('no code came');
}

/** What an officer of the cast does over the API; sessions last a shift, so each deed signs in anew. */
export async function asOfficer(
  house: RunningHouse,
  who: string,
  method: string,
  at: string,
  body?: unknown,
): Promise<Json> {
  const answer = await house.api(method, at, body, { token: await house.signIn(who) });
  expect(answer.status, `${who}: ${method} ${at} ${JSON.stringify(answer.json)}`).toBeLessThan(300);
  return answer.json;
}

/** The call-back: claimed, connected, confirmed with her code. Returns the complaint number. */
export async function confirmByPhone(house: RunningHouse, mobile: string): Promise<string> {
  const savita = (method: string, at: string, body?: unknown) => asOfficer(house, 'savita', method, at, body);
  const queue = await savita('GET', '/callbacks');
  const row = queue.items.find((one: Json) => one.mobile_masked.endsWith(mobile.slice(-4)));
  await savita('POST', `/callbacks/${row.id}/claim`);
  await savita('POST', `/callbacks/${row.id}/connected`);
  const code = await codeFor(house, mobile, 8);
  return (await savita('POST', `/callbacks/${row.id}/attempts`, { outcome: 'confirmed', code })).complaint_number;
}

/** Everything the police do with it up to the closure, over eleven weeks. The ledger has six stays at the end. */
export async function throughSixDesks(house: RunningHouse, number: string): Promise<void> {
  const step = (who: string, body: Json) => asOfficer(house, who, 'POST', `/files/${number}/steps`, body);
  const now = async (): Promise<string> => (await house.api('GET', '/sandbox/clock')).json.now;
  const cast = (await house.api('GET', '/sandbox/cast')).json;
  const people: Json[] = Array.isArray(cast) ? cast : cast.items;
  const khan = people.find(({ id }) => id === 'khan').post;
  await step('suman', { step: 'receive' });
  await step('suman', { step: 'sign', signed_at: await now(), place: 'home' });
  await step('verma', {
    step: 'register-fir',
    fir_number: '412',
    year: Number((await now()).slice(0, 4)),
    recorded_at: await now(),
    offence_on: '2026-09-26',
    sections: [{ act: 'BNS', section: '64(1)' }],
  });
  await house.advance('P1DT5H');
  await step('verma', { step: 'assign', to_post: khan.id ?? khan });
  await step('khan', { step: 'diary', text: 'Went to the place.' });
  await step('khan', {
    step: 'statement',
    kind: 'police',
    at: await now(),
    by: 'SI',
    woman_officer: true,
    audio_video: true,
  });
  await step('khan', {
    step: 'summon',
    why: 'identification',
    at: await now(),
    place: 'station',
    note: 'To see a bag.',
    cannot: 'thing-or-place',
    agreed: true,
  });
  const at = await now();
  await step('khan', { step: 'summon', why: 'magistrate-statement', at: await now(), place: 'court' });
  const soon = (days: number) =>
    Temporal.Instant.from(at)
      .add({ hours: 24 * days })
      .toString();
  await asOfficer(house, 'khan', 'POST', `/files/${number}/hearings`, {
    kind: 'phone',
    about: 'progress',
    post: people.find(({ id }) => id === 'suman').post,
    times: [soon(2), soon(3)],
  });
  await asOfficer(house, 'khan', 'POST', `/files/${number}/identity`, { purpose: 'investigation' });
  await house.advance('P56DT3H');
  await step('khan', {
    step: 'explain-delay',
    kind: 'fsl-awaited',
    text: 'The laboratory has had the samples for a month.',
  });
  await house.advance('P10DT2H');
  await step('khan', { step: 'submit-report', kind: 'final-report', reason: 'FR_INSUFFICIENT_EVIDENCE' });
  await house.advance('P1DT1H');
  await step('verma', { step: 'approve-report' });
  await house.advance('P1DT1H');
  await step('singh', { step: 'approve-report' });
  await step('verma', { step: 'forward-report', court: 'CJM, Kanpur Nagar', at: await now() });
  await step('verma', { step: 'close', outcome: 'closure-accepted' });
}
