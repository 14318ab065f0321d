// What could not go out, over the API: seen by two kinds of post, decided once, and nothing in the answer that says whose it was.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, house, newId } from '#foundation';
import { sendSms } from '#notify';
import { sealNewCase } from '#sealed-identity';
import { sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../house.ts';
import { undrawn } from '../undrawn.ts';
import { ask } from './knock.ts';

// in practice nothing reaches this number
const UNREACHABLE = '+919999900000';
let h: TestHouse;
const token = async (id: string): Promise<string> => (await sandboxSignIn(id)).token;

beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T12:00+05:30' });
});
afterAll(() => h.close());

async function stuck(): Promise<{ id: string; subject: string }> {
  const subject = newId();
  const id = await act(house(), 'notify.write', async (a) => {
    const contact = { mobile: UNREACHABLE, mobile_shared: false, phone_watched: false, modes: ['sms'], windows: [] };
    await sealNewCase(a, subject, { contact: { ...contact, voicemail: false, languages: ['hi'] } });
    return (await sendSms(a, { subject, purpose: 'update', template: 'update', language: 'hi', params: {} })).id;
  });
  await h.jobs();
  return { id, subject };
}
const listed = async (who: string) => ask('GET /messages-out/dead', { token: await token(who) });

test('the control room and the administrator see what is stuck, and not whose it is', async () => {
  const { id, subject } = await stuck();
  for (const who of ['control', 'administrator']) {
    const { status, body, text } = await listed(who);
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      {
        id,
        channel: 'sms',
        template: 'update',
        state: 'dead',
        reason: 'refused',
        tries: 1,
        late: false,
        can_go_again: true,
      },
    ]);
    expect(text).not.toContain(subject);
    expect(text).not.toContain(UNREACHABLE.slice(3));
    // nor a part of it: in ids and microseconds its first digits stand by chance
    expect(undrawn(text)).not.toContain('99999');
  }
  for (const who of ['verma', 'cp', 'auditor']) expect((await listed(who)).status).toBe(403);
  expect((await ask('GET /messages-out/dead')).status).toBe(401);
});

test('sent again with a key it is sent again once', async () => {
  const { id } = await stuck();
  const control = await token('control');
  const press = () => ask(`POST /messages-out/${id}/again`, { token: control, key: 'again-0001' });
  expect([(await press()).status, (await press()).status]).toEqual([200, 200]);
  const second = await ask(`POST /messages-out/${id}/again`, { token: control, key: 'again-0002' });
  expect([second.status, second.body.code]).toEqual([409, 'already-done']);
  expect(await h.sql('select 1 from notify.message where copy_of = $1', [id])).toHaveLength(1);
});

test('given up it needs a reason of the list, and is gone from it', async () => {
  const { id } = await stuck();
  const administrator = await token('administrator');
  const give = (body: unknown, by = administrator) => ask(`POST /messages-out/${id}/give-up`, { token: by, body });
  const wrong = await give({ reason: 'because' });
  expect([wrong.status, wrong.body.fields?.[0]?.code]).toEqual([422, 'say-why']);
  expect((await give({ reason: 'number-wrong' }, await token('verma'))).status).toBe(403);
  expect((await give({ reason: 'number-wrong' })).status).toBe(200);
  expect((await listed('control')).body.items.map((item: { id: string }) => item.id)).not.toContain(id);
  expect(
    (await ask(`POST /messages-out/${newId()}/give-up`, { token: administrator, body: { reason: 'number-wrong' } }))
      .status,
  ).toBe(404);
});
