// The whole path over the API only: from her phone to a closed case, followed by her at every stage.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../house.ts';
import { complaint } from './complaint.ts';
import { type Answer, ask } from './knock.ts';

let house: TestHouse;
const tokens = new Map<string, string>();
const as = async (id: string): Promise<string> => {
  const known = tokens.get(id);
  if (known) return known;
  const { token } = await sandboxSignIn(id);
  tokens.set(id, token);
  return token;
};
const postOf = async (id: string): Promise<string> => (await ask('GET /me', { token: await as(id) })).body.post.id;

beforeAll(async () => {
  house = await testHouse({ at: '2026-01-05T10:00+05:30' });
});
afterAll(() => house.close());

/** Officers' sessions last a shift. */
const nextDay = async (at: string) => {
  await house.at(at);
  tokens.clear();
};

test('a complaint goes from her phone to a closed case, over the API alone', async () => {
  const filed = await ask('POST /complaints', { body: complaint(), key: 'journey-0001' });
  expect(filed.status).toBe(201);
  expect(filed.body.receipt).toMatch(/^\d{4} \d{4} \d{4} \d{4}$|^\d{16}$/);
  expect(filed.body.caller_phrase.split(' · ')).toHaveLength(2);
  expect(filed.body.callback_by.slice(0, 13)).toBe('2026-01-06T08');

  // whoever has the receipt may look, each time anew
  const track = async (): Promise<Answer> => {
    const { body } = await ask('POST /track/sessions', { body: { receipt: filed.body.receipt } });
    const seen = await ask('GET /track', { token: body.token });
    expect(seen.status).toBe(200);
    const age = Math.floor((Date.parse(seen.body.as_of) - Date.parse(seen.body.submitted_at)) / 1000);
    const sum = seen.body.desks.reduce((total: number, stay: { seconds: number }) => total + stay.seconds, 0);
    expect(Math.abs(sum - age)).toBeLessThanOrEqual(1);
    return seen;
  };
  const stageIs = async (stage: string, state: string): Promise<Answer['body']> => {
    const { body } = await track();
    expect([body.stage, body.state]).toEqual([stage, state]);
    return body;
  };

  let seen = await stageIs('sent', 'submitted');
  expect(seen.number).toBeNull();
  expect(seen.next.code).toBe('call-back');
  expect(seen.callback.due_at).toBe(filed.body.callback_by);

  // the operator
  await house.jobs();
  const [sms] = await house.sql<{ text: string }>(
    `select text from notify.sandbox_sent where recipient = '+919800000021' order by at desc limit 1`,
  );
  const code = sms?.text.match(/\d{4} ?\d{4}/)?.[0] ?? '';
  const savita = await as('savita');
  const queue = await ask('GET /callbacks', { token: savita });
  expect(queue.body.items).toHaveLength(1);
  const id = queue.body.items[0].id;
  expect(queue.body.items[0].mobile_masked).toBe('••••••0021');
  const taken = await ask(`POST /callbacks/${id}/claim`, { token: savita });
  expect(taken.body.dial).toBe('tel:+919800000021');
  expect((await ask(`POST /callbacks/${id}/claim`, { token: await as('meena') })).status).toBe(409);
  // the code counts only inside an open call
  expect(
    (await ask(`POST /callbacks/${id}/attempts`, { token: savita, body: { outcome: 'confirmed', code } })).body.code,
  ).toBe('no-call-open');
  const open = await ask(`POST /callbacks/${id}/connected`, { token: savita });
  expect(open.body.caller_phrase).toBe(filed.body.caller_phrase);
  const wrong = await ask(`POST /callbacks/${id}/attempts`, {
    token: savita,
    body: { outcome: 'confirmed', code: code === '00000000' ? '11111111' : '00000000' },
  });
  expect(wrong.body).toMatchObject({ outcome: 'wrong-code', tries_left: 4 });
  const confirmed = await ask(`POST /callbacks/${id}/attempts`, {
    token: savita,
    body: { outcome: 'confirmed', code },
    key: 'attempt-0001',
  });
  const number: string = confirmed.body.complaint_number;
  expect(number).toMatch(/^\d{12}$/);
  const again = await ask(`POST /callbacks/${id}/attempts`, {
    token: savita,
    body: { outcome: 'confirmed', code },
    key: 'attempt-0001',
  });
  expect(again.body.complaint_number).toBe(number);

  seen = await stageIs('called', 'confirmed');
  expect(seen.number).toBe(number);
  expect(seen.openings[0].purpose).toBe('call-back');

  const step = async (who: string, body: Record<string, unknown>, key?: string): Promise<Answer> => {
    const answer = await ask(`POST /files/${number}/steps`, { token: await as(who), body, ...(key ? { key } : {}) });
    expect(answer.body).not.toHaveProperty('code');
    expect(answer.status).toBe(200);
    return answer;
  };

  // the station
  const desk = await ask('GET /desk', { token: await as('suman') });
  expect(desk.body.items.map((row: { number: string }) => row.number)).toContain(number);
  await step('suman', { step: 'receive' }, 'receive-0001');
  await step('verma', { step: 'assign', to_post: await postOf('rekha') });
  await nextDay('2026-01-06T11:00+05:30');
  await step('rekha', { step: 'sign', signed_at: '2026-01-06T10:00+05:30', place: 'home' });
  seen = await stageIs('on-record', 'signed');

  const registered = await step('verma', {
    step: 'register-fir',
    fir_number: '0412',
    year: 2026,
    recorded_at: '2026-01-06T10:30:00+05:30',
    offence_on: '2026-01-04',
    sections: [{ act: 'BNS', section: '64(1)' }],
  });
  expect(registered.body).toMatchObject({ fir_number: '0412', year: 2026, state: 'investigating' });
  seen = await stageIs('inquiry', 'investigating');
  expect(seen.due).toMatchObject({ on: '2026-03-06', kind: 'law', rule: 'investigation_two_months' });
  expect(seen.due.steps.join(' ')).toContain('193');
  expect(seen.fir.number).toBe('0412');

  await nextDay('2026-01-12T11:00+05:30');
  await step('rekha', { step: 'diary', text: 'Went to the place.' });
  await step('rekha', {
    step: 'statement',
    kind: 'police',
    at: '2026-01-12T10:00:00+05:30',
    by: 'woman Sub-Inspector',
    woman_officer: true,
    audio_video: true,
  });
  const opened = await ask(`POST /files/${number}/identity`, {
    token: await as('rekha'),
    body: { purpose: 'investigation' },
    key: 'identity-0001',
  });
  expect(opened.body.person.name).toBe('आशा');
  expect(
    (
      await ask(`POST /files/${number}/identity`, {
        token: await as('rekha'),
        body: { purpose: 'investigation' },
        key: 'identity-0001',
      })
    ).body.until,
  ).toBe(opened.body.until);

  await nextDay('2026-02-20T11:00+05:30');
  const submitted = await step('rekha', { step: 'submit-report', kind: 'charge-sheet' }, 'submit-0001');
  expect(submitted.body.state).toBe('report-submitted');
  // the desk that let it go is answered the same way again, though the file has left its sight
  const repeated = await step('rekha', { step: 'submit-report', kind: 'charge-sheet' }, 'submit-0001');
  expect(repeated.body.state).toBe('report-submitted');
  await stageIs('report', 'report-submitted');
  await step('verma', { step: 'approve-report' });
  await step('singh', { step: 'approve-report' });
  await stageIs('report', 'report-approved');

  await nextDay('2026-02-25T11:00+05:30');
  const forwarded = await step('verma', {
    step: 'forward-report',
    court: 'CJM, Kanpur Nagar',
    at: '2026-02-25T10:30:00+05:30',
  });
  expect(forwarded.body.clocks.find((c: { rule: string }) => c.rule === 'investigation_two_months').state).toBe('met');
  seen = await stageIs('court', 'forwarded');
  expect(seen.report.kind).toBe('charge-sheet');

  await nextDay('2026-03-20T11:00+05:30');
  await step('verma', { step: 'close', outcome: 'convicted' });
  seen = await stageIs('court', 'closed');
  expect(seen.outcome).toBe('convicted');
  expect(new Set(seen.desks.map((stay: { post_kind: string }) => stay.post_kind))).toEqual(
    new Set(['callback-desk', 'help-desk', 'io', 'sho', 'acp']),
  );
  expect(seen.openings.map((o: { purpose: string }) => o.purpose)).toEqual(['call-back', 'investigation']);
});
