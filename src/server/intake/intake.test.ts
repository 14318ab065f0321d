import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, act, house, newId, Refusal, read } from '#foundation';
import * as intake from '#intake';
import { sentMessages } from '#notify';
import { contactOf } from '#sealed-identity';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { medians } from '../../../test/medians.ts';

let h: TestHouse;
let last = 9_100_000_000;
const body = (change: Record<string, unknown> = {}) => ({
  form_id: newId(),
  language: 'hi',
  channel: 'web',
  reporter: { relation: 'friend', name: 'Kanariya Sakhi' },
  affected: { woman_or_girl: true, name: 'Kanariya Devi', age: 24 },
  mobile: String(last++),
  safe_contact: { modes: ['call', 'sms'], windows: [{ from: '00:00', to: '23:59' }], code_word: 'कमल' },
  address_now: { district: 'in.up.kanpur_nagar', text: 'Kanariya lane' },
  station: 'in.up.kanpur_nagar.west.circle_12.kalyanpur',
  happened: ['stalking'],
  when: { from: '2026-01-01', precision: 'day' },
  where: { place_type: 'public', text: 'Kanariya market' },
  accused: [{ known: true, name: 'Kanariya Lal' }],
  account: { text: 'Kanariya: what happened' },
  agreed: true,
  notice_version: '1',
  ...change,
});
const form = (change: Record<string, unknown> = {}) => intake.complaintForm.parse(body(change));
const record = (sent: intake.ComplaintForm, idempotency_key?: string, caller: string | undefined = 'one caller') =>
  act(house(), 'intake.record', (a) => intake.recordComplaint(a, sent, { idempotency_key, caller }));
const refused = (code: string, about?: string) =>
  expect.objectContaining({ name: 'Refusal', code, ...(about ? { about } : {}) });
const codeSent = async (to: string): Promise<string> => {
  await h.jobs();
  const sent = await read(house(), 'notify.look', (r) => sentMessages(r, to));
  return /\d{6}/.exec(sent.at(-1)?.text ?? '')?.[0] ?? '';
};
const session = (opened: intake.Opened | intake.Refused): Promise<Actor> => h.citizen(intake.orRefuse(opened).token);

beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05' });
});
afterAll(() => h.close());

describe('recording', () => {
  test('a complaint is sealed and gets a receipt that nothing stored reveals', async () => {
    const sent = form();
    const made = await record(sent);
    expect(made).toMatchObject({
      again: false,
      child: false,
      no_contact: false,
      district: 'in.up.kanpur_nagar',
      mobile_masked: `••••••${sent.mobile.slice(-4)}`,
    });
    expect(made.receipt).toMatch(/^\d{16}$/);
    await h.jobs();
    const everything = await h.sql<{ t: string }>(
      `select c::text as t from intake.complaint c union all select i::text from sealed.item i union all select b::text from sealed.blind b union all select l::text from foundation.ledger l`,
    );
    for (const { t } of everything) {
      expect(t).not.toContain(made.receipt);
      expect(t).not.toContain(sent.mobile.slice(3));
      expect(t).not.toMatch(/kanariya/i);
    }
    const contact = await act(house(), 'intake.look', (a) => contactOf(a, made.id));
    expect(contact).toMatchObject({ mobile: sent.mobile, modes: ['call', 'sms'], code_word: 'कमल' });
  });

  test('the same form again gives the first receipt again, also after the clock has moved', async () => {
    const sent = form();
    const first = await record(sent);
    const second = await record(sent);
    expect(second).toEqual({ ...first, again: true });
    expect(await h.sql('select 1 from intake.complaint where form_id = $1', [sent.form_id])).toHaveLength(1);
  });

  test('the same form with another body is refused, and tells no receipt', async () => {
    const sent = form();
    await record(sent);
    await expect(record({ ...sent, happened: ['rape'] })).rejects.toEqual(refused('already-sent-differently'));
  });

  test('a key stands for one body: the same again, another refused', async () => {
    const sent = form();
    const first = await record(sent, 'key-1');
    expect(await record(sent, 'key-1')).toMatchObject({ receipt: first.receipt, again: true });
    expect(await record(sent, 'key-2')).toMatchObject({ receipt: first.receipt, again: true });
    await expect(record(form(), 'key-1')).rejects.toEqual(refused('key-used-differently'));
    await expect(record(form(), 'key-2')).rejects.toEqual(refused('key-used-differently'));
  });

  test('a key is its caller’s: another may choose the same one, and so may those of whom nothing is known', async () => {
    const nobodys = (sent: intake.ComplaintForm) =>
      act(house(), 'intake.record', (a) => intake.recordComplaint(a, sent, { idempotency_key: 'key-3' }));
    const sent = [form(), form(), form(), form()] as const;
    const made = [await record(sent[0], 'key-3'), await record(sent[1], 'key-3', 'another'), await nobodys(sent[2])];
    made.push(await nobodys(sent[3]));
    expect(made.map(({ again }) => again)).toEqual([false, false, false, false]);
    expect(new Set(made.map(({ receipt }) => receipt)).size).toBe(4);
    expect(await nobodys(sent[2])).toMatchObject({ receipt: made[2]?.receipt, again: true });
  });

  test('two that arrive at once make one complaint and get one receipt', async () => {
    const sent = form();
    const made = await Promise.all(Array.from({ length: 8 }, () => record(sent, 'key-at-once')));
    expect(new Set(made.map((m) => m.receipt)).size).toBe(1);
    expect(made.filter((m) => !m.again)).toHaveLength(1);
    expect(await h.sql('select 1 from intake.complaint where form_id = $1', [sent.form_id])).toHaveLength(1);
    expect(
      await h.sql('select 1 from sealed.item where subject = $1 and field = $2', [made[0]?.id, 'contact']),
    ).toHaveLength(1);
  });

  test('a filing that was not committed left nothing, and can be sent again', async () => {
    const sent = form();
    await expect(
      act(house(), 'intake.record', async (a) => {
        await intake.recordComplaint(a, sent, { idempotency_key: 'key-crash' });
        throw new Error('the power went');
      }),
    ).rejects.toThrow('the power went');
    expect((await record(sent, 'key-crash')).again).toBe(false);
  });

  test('sixty filings at once have sixty receipts', async () => {
    const made = await Promise.all(Array.from({ length: 60 }, () => record(form())));
    expect(new Set(made.map((m) => m.receipt)).size).toBe(60);
  });

  test.each<[Record<string, unknown>, string, string]>([
    [{ station: 'in.up.kanpur_nagar.west.circle_12.nowhere' }, 'station-unknown', 'station'],
    [{ station: 'in.up.kanpur_nagar.west' }, 'station-unknown', 'station'],
    [{ address_now: { district: 'in.up.atlantis' } }, 'district-unknown', 'address_now.district'],
    [{ when: { from: '2026-01-06', precision: 'day' } }, 'date-future', 'when.from'],
  ])('%j is refused as %s', async (change, code, about) => {
    await expect(record(form(change))).rejects.toEqual(refused(code, about));
  });

  test('a girl is a child, and a girl who wants no contact is not written to', async () => {
    const made = await record(
      form({ affected: { woman_or_girl: true, age: 15 }, safe_contact: { modes: ['no_contact'] } }),
    );
    expect(made).toMatchObject({ child: true, no_contact: true });
  });

  test('the number is drawn once, also when it is asked for twice at once', async () => {
    const { id } = await record(form());
    const numbers = await Promise.all(
      [1, 2, 3].map(() => act(house(), 'intake.number', (a) => intake.giveNumber(a, id))),
    );
    expect(new Set(numbers).size).toBe(1);
    expect(intake.hasCheckDigit(numbers[0]!)).toBe(true);
    await expect(act(house(), 'intake.number', (a) => intake.giveNumber(a, newId()))).rejects.toEqual(
      refused('not-found'),
    );
  });

  test('a complaint cannot be erased, by anyone', async () => {
    for (const actor of [house(), h.nobody, await h.as('cp')]) {
      await expect(act(actor, 'intake.erase', (a) => a.db.deleteFrom('intake.complaint').execute())).rejects.toThrow(
        /permission/,
      );
    }
  });
});

describe('the way back by receipt', () => {
  const open = (receipt: string, origin?: string) =>
    act(h.nobody, 'intake.open', (a) => intake.openByReceipt(a, { receipt }, { origin }));

  test('the receipt alone opens her file', async () => {
    const made = await record(form());
    const her = await session(await open(made.receipt, '10.0.0.1'));
    expect(her).toMatchObject({ kind: 'citizen', subject: made.id });
  });

  test('only failures count; after ten in an hour a wrong one waits, and the right one still opens', async () => {
    const made = await record(form());
    const origin = '10.0.0.2';
    for (let i = 0; i < 10; i++) expect(await open('0000000000000000', origin)).toEqual({ refused: 'not-found' });
    const braked = await open('0000000000000001', origin);
    expect(braked).toMatchObject({ refused: 'too-many' });
    const wait = 'refused' in braked ? braked.retry_after : undefined;
    expect(wait).toBeGreaterThanOrEqual(1);
    expect(wait).toBeLessThanOrEqual(60);
    expect(() => intake.orRefuse(braked)).toThrow(Refusal);
    expect(await open('0000000000000001', '10.0.0.3')).toEqual({ refused: 'not-found' });
    expect(await open(made.receipt, origin)).toHaveProperty('token');
    const rows = await h.sql<{ t: string }>('select f::text as t from intake.failure f');
    for (const { t } of rows) expect(t).not.toContain(Buffer.from(origin).toString('hex'));
  });

  test('a minute later a wrong one is looked at again, an hour later all is forgotten', async () => {
    const origin = '10.0.0.4';
    for (let i = 0; i < 10; i++) await open('0000000000000000', origin);
    expect(await open('0000000000000000', origin)).toMatchObject({ refused: 'too-many' });
    await h.at('2026-01-05T10:10+05:30');
    expect(await open('0000000000000000', origin)).toEqual({ refused: 'not-found' });
    await h.at('2026-01-05T11:30+05:30');
    expect(await h.sql('select 1 from intake.failure')).toHaveLength(0);
  });
});

describe('the way back by number, mobile and code', () => {
  const ask = (number: string, mobile: string) =>
    act(h.nobody, 'intake.ask', (a) => intake.requestTrackCode(a, { number, mobile }));
  const open = (number: string, mobile: string, code: string) =>
    act(h.nobody, 'intake.open', (a) => intake.openByNumber(a, { number, mobile, code }));
  const complaint = async (change: Record<string, unknown> = {}) => {
    const sent = form(change);
    const { id } = await record(sent);
    await h.jobs();
    return { id, mobile: sent.mobile, number: await act(house(), 'intake.number', (a) => intake.giveNumber(a, id)) };
  };

  test('the code that came by SMS opens once', async () => {
    const { id, mobile, number } = await complaint();
    await ask(number, mobile);
    const code = await codeSent(mobile);
    expect(code).toMatch(/^\d{6}$/);
    expect(await session(await open(number, mobile, code))).toMatchObject({ subject: id });
    expect(await open(number, mobile, code)).toEqual({ refused: 'not-found' });
  });

  test('five wrong codes and the right one is dead; six at once are no way round', async () => {
    const { mobile, number } = await complaint();
    await ask(number, mobile);
    const code = await codeSent(mobile);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    const tries = await Promise.all(Array.from({ length: 6 }, () => open(number, mobile, wrong)));
    expect(tries).toEqual(tries.map(() => ({ refused: 'not-found' })));
    expect(await open(number, mobile, code)).toEqual({ refused: 'not-found' });
    expect(await h.sql('select tries from intake.track_code order by made_at desc limit 1')).toEqual([{ tries: 5 }]);
  });

  test('only the newest code counts, three a day, ten minutes each', async () => {
    const { mobile, number } = await complaint();
    await ask(number, mobile);
    const first = await codeSent(mobile);
    await h.at('2026-01-05T12:00+05:30');
    await ask(number, mobile);
    const second = await codeSent(mobile);
    if (first !== second) expect(await open(number, mobile, first)).toEqual({ refused: 'not-found' });
    await ask(number, mobile);
    const third = await codeSent(mobile);
    await ask(number, mobile);
    await h.jobs();
    expect(await read(house(), 'notify.look', (r) => sentMessages(r, mobile))).toHaveLength(3);
    await h.at('2026-01-05T12:11+05:30');
    expect(await open(number, mobile, third)).toEqual({ refused: 'not-found' });
    await h.at('2026-01-06T12:12+05:30');
    await ask(number, mobile);
    expect(await session(await open(number, mobile, await codeSent(mobile)))).toHaveProperty('subject');
  });

  test('a watched phone gets none, another number gets none, and nobody can tell from the answer', async () => {
    const watched = await complaint({ phone_watched: true });
    expect(await ask(watched.number, watched.mobile)).toBeUndefined();
    const plain = await complaint();
    expect(await ask(plain.number, '+919999999999')).toBeUndefined();
    expect(await ask('123456789012', plain.mobile)).toBeUndefined();
    await h.jobs();
    for (const to of [watched.mobile, plain.mobile, '+919999999999'])
      expect(await read(house(), 'notify.look', (r) => sentMessages(r, to))).toEqual([]);
    expect(await open(plain.number, plain.mobile, '000000')).toEqual({ refused: 'not-found' });
    expect(await open('123456789012', plain.mobile, '000000')).toEqual({ refused: 'not-found' });
  });

  test('asking takes the same time whether it exists or not', async () => {
    const { mobile, number } = await complaint({ phone_watched: true });
    await ask(number, mobile);
    const apart = (there: number, not: number) => Math.abs(there - not) / Math.max(there, not);
    const found = await medians(
      [() => ask(number, mobile), () => ask('123456789012', '+919999999999')],
      15,
      (there, not) => apart(there, not) < 0.5,
    );
    expect(apart(...found)).toBeLessThan(0.5);
  });
});
