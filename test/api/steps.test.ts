// The steps of a file over the API: each is in the document, an FIR of another area goes its whole way, and each no says where to look.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { STEP_NAMES, STEPS } from '#casework';
import { sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../house.ts';
import { storyIn } from '../story.ts';
import { type Answer, ask } from './knock.ts';

let house: TestHouse;
let story: ReturnType<typeof storyIn>;
beforeAll(async () => {
  house = await testHouse({ at: '2026-01-05T10:00+05:30' });
  story = storyIn(house);
});
afterAll(() => house.close());

const as = async (id: string): Promise<string> => (await sandboxSignIn(id)).token;
const step = async (who: string, number: string, body: Record<string, unknown>, lang = 'en'): Promise<Answer> =>
  ask(`POST /files/${number}/steps`, { token: await as(who), body, lang });
const now = async () => (await story.now()).toString();
const kotwali = async () => (await ask('GET /me', { token: await as('aruna') })).body.unit.path;

async function signed(): Promise<string> {
  const number = await story.confirmed();
  await step('suman', number, { step: 'receive' });
  await step('suman', number, { step: 'sign', signed_at: await now(), place: 'home' });
  return number;
}

test('every step of the table is a form of the document, with the fields that the table names', async () => {
  const { body } = await ask('GET /openapi.json');
  type Form = { properties: Record<string, { const?: string }>; required?: string[] };
  const all: Form[] = body.components.schemas.Step.oneOf ?? body.components.schemas.Step.anyOf;
  const forms = new Map(all.map((form) => [form.properties.step?.const ?? '', form]));
  expect([...forms.keys()].sort()).toEqual([...STEP_NAMES].sort());
  for (const name of STEP_NAMES) {
    const fields = Object.keys(forms.get(name)?.properties ?? {}).filter((field) => field !== 'step');
    const named = STEPS[name].form.map((field) => field.replace(/\?$|\[.*$/g, ''));
    expect(fields.sort(), name).toEqual([...named].sort());
    const needed = (forms.get(name)?.required ?? []).filter((field) => field !== 'step');
    // what the table marks with ? may be left out; a preprocessed field is not listed as required, but its parse says so
    for (const field of STEPS[name].form.filter((one) => one.endsWith('?')))
      expect(needed, `${name}.${field}`).not.toContain(field.slice(0, -1));
  }
});

test('an FIR of another area: sent, listed where it was recorded, taken, and she can follow it', async () => {
  const number = await signed();
  const recorded_at = await now();
  const body = {
    step: 'zero-fir',
    to_unit: await kotwali(),
    zero_number: '00012',
    year: 2026,
    recorded_at,
    sections: [{ act: 'BNS', section: '64(1)' }],
  };
  const wrong = await step('verma', number, { ...body, to_unit: 'nowhere' }, 'hi');
  expect([wrong.status, wrong.body.fields[0].path]).toEqual([422, 'to_unit']);
  expect(wrong.body.fields[0].message).toMatch(/थाना/);
  const sent = await step('verma', number, body);
  expect(sent.body).toMatchObject({
    state: 'transferred',
    in_sight: false,
    fir: null,
    zero_fir: { number: '00012', year: 2026, station: 'Kalyanpur police station' },
  });
  const listed = await ask('GET /transfers', { token: await as('verma') });
  expect(listed.body.items).toMatchObject([{ number, state: 'transferred', returned: 0, accepted: null }]);
  expect(listed.body.items[0].unit).toContain('Kotwali');
  expect((await ask('GET /transfers', { token: await as('khan') })).body.items).toEqual([]);
  const desk = await ask('GET /desk', { token: await as('aruna') });
  expect(desk.body.items).toMatchObject([{ number, next: 'accept-transfer' }]);
  const taken = await step('aruna', number, { step: 'accept-transfer', fir_number: '41', year: 2026 });
  expect(taken.body).toMatchObject({ state: 'investigating', fir_number: '41', station: 'Kotwali police station' });
  const two = taken.body.clocks.find((clock: { rule: string }) => clock.rule === 'investigation_two_months');
  expect(Date.parse(two.started_at)).toBe(Date.parse(recorded_at));
});

test('the checklist comes with the file: each duty with its state, and the step that proves it or would', async () => {
  const number = await signed();
  const sections = [{ act: 'BNS', section: '64(1)' }];
  const recorded_at = await now();
  await step('verma', number, { step: 'register-fir', fir_number: '77', year: 2026, recorded_at, sections });
  const before = await step('suman', number, { step: 'medical', sent_at: await now() });
  const of = (duty: string) => before.body.duties.find((one: { duty: string }) => one.duty === duty);
  expect(of('medical-24h')).toMatchObject({ state: 'done', on: '2026-01-05', step: 'medical' });
  expect(of('magistrate-statement')).toMatchObject({ state: 'open', on: null, step: 'statement' });
  expect(of('report-to-child-welfare-24h')).toMatchObject({ state: 'not-needed', authority: null });
});

test('an accused is a number: arrested before the FIR only with a reason, and told of in the file', async () => {
  const number = await signed();
  const arrest = { step: 'arrest', accused: 1, at: await now() };
  const no = await step('suman', number, arrest);
  expect([no.status, no.body.fields]).toMatchObject([422, [{ path: 'before_fir_reason', code: 'arrest-before-fir' }]]);
  expect((await step('suman', number, { ...arrest, accused: 'Ram Lal' })).body.fields[0].code).toBe('accused-number');
  const yes = await step('suman', number, { ...arrest, before_fir_reason: 'caught in the act' });
  expect(yes.body.accused).toMatchObject([{ accused: 1, in_custody: true, remanded_at: null }]);
});

test('a correction names the step it corrects by the id that the history gives', async () => {
  const number = await signed();
  const { body } = await ask(`GET /files/${number}`, { token: await as('suman') });
  const sign = body.history.find((one: { step: string }) => one.step === 'sign');
  const seen = await step('suman', number, { step: 'correct', of_step: sign.id, text: 'it was at the hospital' });
  expect(seen.body.history.at(-1)).toMatchObject({ step: 'correct', corrects: { of_step: sign.id } });
  expect((await step('suman', number, { step: 'correct', entry: 9, text: 'x' })).body.fields[0].code).toBe(
    'no-such-entry',
  );
});
