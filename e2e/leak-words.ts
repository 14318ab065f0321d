// The words of the crawl that are said after the filing: hers and those about her, each through the door by which it comes.
import { expect } from 'vitest';
import { someComplaint, someMobile } from './complaint.ts';
import type { Json, RunningHouse } from './house.ts';
import { asOfficer, confirmByPhone } from './whole-case.ts';

type Secrets = Readonly<Record<string, string>>;

/** Sends something of hers and insists that it was taken. */
const hersIn =
  (house: RunningHouse, token: string) =>
  async (at: string, body: unknown): Promise<Json> => {
    const answer = await house.api('POST', `/track/${at}`, body, { token });
    expect(answer.status, `${at} ${JSON.stringify(answer.json)}`).toBeLessThan(300);
    return answer.json;
  };
const opened = async (house: RunningHouse, receipt: string): Promise<string> =>
  (await house.api('POST', '/track/sessions', { receipt })).json.token;

/**
 * What is said between her and the desk while her case lies with the investigating officer: messages, a summons and its answer, times for
 * a hearing, concerns past the desk, what she thinks; a thing brought in, a direction from above.
 * @param file its number, its receipt, and the post of the woman help desk
 */
export async function speak(
  house: RunningHouse,
  secrets: Secrets,
  file: { number: string; receipt: string; help_desk: string },
): Promise<void> {
  const { number } = file;
  const officer = (who: string, at: string, body: Json) => asOfficer(house, who, 'POST', `/files/${number}${at}`, body);
  const { now } = (await house.api('GET', '/sandbox/clock')).json;
  // at noon: a talk that began late in the evening would not end within her hours
  const in_days = (days: number) =>
    Temporal.Instant.from(now)
      .toZonedDateTimeISO('Asia/Kolkata')
      .add({ days })
      .with({ hour: 12, minute: 0 })
      .toInstant()
      .toString();
  const summon = { step: 'summon', why: 'identification', at: in_days(4), place: 'station', cannot: 'thing-or-place' };
  await officer('khan', '/steps', { ...summon, note: secrets.summon, agreed: true });
  await officer('khan', '/evidence', { kind: 'physical', description: secrets.exhibit });
  await officer('verma', '/steps', { step: 'direct', text: secrets.direction });
  const times = [in_days(2), in_days(3)];
  const offer = { kind: 'phone', about: 'other', text: secrets.hearing, post: file.help_desk, times };
  await officer('khan', '/hearings', offer);

  const token = await opened(house, file.receipt);
  const hers = hersIn(house, token);
  await hers('messages', { text: secrets.message });
  await officer('khan', '/messages', { text: secrets.reply });
  const seen = (await house.api('GET', '/track', undefined, { token })).json;
  await hers(`summons/${seen.appearances.items[0].id}/answer`, { answer: 'at-home', text: secrets.at_home });
  const [one] = (await house.api('GET', '/track/hearings', undefined, { token })).json.items;
  await hers(`hearings/${one.id}/others`, { text: secrets.other_time });
  const { items } = await hers('concerns', { reason: 'treated-badly', text: secrets.concern });
  await officer('verma', `/concerns/${items[0].id}/answer`, { outcome: 'directed', text: secrets.concern_answer });
  await hers('concerns', { reason: 'other', text: secrets.concern_open });
  await hers('feedback', { respect: 'no', text: secrets.feedback });
}

/**
 * Another case, closed by the police: she objects and is answered, thinks what she thinks, and says that it is not settled.
 * @returns its number and receipt
 */
export async function untilClosed(house: RunningHouse, secrets: Secrets): Promise<{ number: string; receipt: string }> {
  const mobile = someMobile();
  const { receipt } = (await house.api('POST', '/complaints', someComplaint({ mobile }))).json;
  const number = await confirmByPhone(house, mobile);
  const step = (who: string, body: Json) => asOfficer(house, who, 'POST', `/files/${number}/steps`, body);
  const { now } = (await house.api('GET', '/sandbox/clock')).json;
  const cast = (await house.api('GET', '/sandbox/cast')).json as Json[];
  await step('suman', { step: 'receive' });
  await step('suman', { step: 'sign', signed_at: now, place: 'home' });
  const fir = { fir_number: '778', year: Number(now.slice(0, 4)), recorded_at: now, offence_on: now.slice(0, 10) };
  await step('verma', { step: 'register-fir', ...fir, sections: [{ act: 'BNS', section: '78' }] });
  await step('verma', { step: 'assign', to_post: cast.find(({ id }) => id === 'khan')?.post });
  await step('khan', { step: 'submit-report', kind: 'final-report', reason: 'FR_UNTRACED' });
  await step('verma', { step: 'approve-report' });
  await step('singh', { step: 'approve-report' });
  await step('verma', { step: 'forward-report', court: 'CJM', at: now });
  const token = await opened(house, receipt);
  const hers = hersIn(house, token);
  const { objections } = await hers('objections', { text: secrets.objection });
  const answer = { outcome: 'stands', text: secrets.objection_answer };
  await asOfficer(house, 'singh', 'POST', `/files/${number}/objections/${objections[0].id}/answer`, answer);
  await step('verma', { step: 'close', outcome: 'closure-accepted' });
  await hers('settled', { settled: false, text: secrets.not_settled });
  await hers('feedback', { respect: 'no', text: secrets.feedback_closed });
  return { number, receipt };
}

/** Somebody’s alarm, which a crew has been sent to: where she is, in her words, and what the crew wrote. */
export async function alarm(house: RunningHouse, secrets: Secrets): Promise<void> {
  const { now } = (await house.api('GET', '/sandbox/clock')).json;
  const cast = (await house.api('GET', '/sandbox/cast')).json as Json[];
  const vehicle = cast.find(({ id }) => id === 'prv-1')?.post;
  const fleet = { token: await house.signIn('fleet') };
  await house.api('POST', '/vehicles/fixes', { fixes: [{ vehicle, lat: 26.5, lon: 80.25, at: now }] }, fleet);
  const point = { lat: 26.501, lon: 80.25, accuracy_m: 10, fixed_at: now };
  const raised = await house.api('POST', '/sos/alerts', { at: now, point, place_text: secrets.alarm_place });
  expect(raised.status, JSON.stringify(raised.json)).toBe(201);
  const crew = { token: await house.signIn('prv-1') };
  const [{ order }] = (await house.api('GET', '/orders', undefined, crew)).json.items;
  for (const [deed, body] of [
    ['accept', {}],
    ['arrived', {}],
    ['settled', { report: secrets.alarm_report, outcome: 'taken-to-safety' }],
  ] as const) {
    const done = await house.api('POST', `/orders/${order}/${deed}`, body, crew);
    expect(done.status, `${deed} ${JSON.stringify(done.json)}`).toBeLessThan(300);
  }
}
