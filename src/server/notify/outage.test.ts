// When things go wrong between the house and a gateway: hours of failure, a house that dies in the middle, and what is left for people.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { act, house, newId, read, Refusal } from '#foundation';
import { deadCount, deadLetters, giveUp, sendAgain, sendSms, type Sms, smsReady, waysOut, type Window } from '#notify';
import { sealFields, sealNewCase } from '#sealed-identity';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import type { Answer, Outgoing, Outside, Ways } from './gateway.ts';
import { hoursWithin } from './hours.ts';
import { useWays } from './jobs.ts';
import { deliver } from './sending.ts';
import * as store from './store.ts';

let h: TestHouse;
let last = 9_700_000_000;
type Given = Outgoing & { at: Temporal.Instant };
const given: Given[] = [];
let answer: (message: Outgoing) => Answer | Promise<Answer> = () => ({ kind: 'taken', gateway_ids: [newId()] });
const now = () => read(house(), 'notify.look', async (r) => r.now);
const gateway: Outside = {
  give: async (message) => {
    given.push({ ...message, at: await now() });
    return answer(message);
  },
};
const WAYS: Ways = { sms: gateway, email: undefined };
const take: typeof answer = () => ({ kind: 'taken', gateway_ids: [newId()] });
const fail: typeof answer = () => ({ kind: 'not-now', reason: 'not-connected' });

beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T09:59+05:30' });
  useWays(WAYS);
});
afterAll(async () => {
  useWays(undefined);
  await h.close();
});
afterEach(() => {
  answer = take;
  given.length = 0;
});

async function woman(
  windows: readonly Window[] = [],
  modes = ['call', 'sms'],
): Promise<{ subject: string; to: string }> {
  const [subject, to] = [newId(), `+91${last++}`];
  await act(house(), 'sealed-identity.seal', async (a) => {
    const contact = { mobile: to, mobile_shared: false, phone_watched: true, modes, windows, voicemail: false };
    await sealNewCase(a, subject, { contact: { ...contact, languages: ['hi'] } });
  });
  return { subject, to };
}
const say = async (subject: string, more: Partial<Sms> = {}): Promise<string> =>
  (
    await act(house(), 'notify.write', (a) =>
      sendSms(a, { subject, purpose: 'update', template: 'update', language: 'hi', params: {}, ...more }),
    )
  ).id;
const CODE = { purpose: 'call-code', template: 'call-code', params: { code: '48217390' } } as const;
const TRACK = { purpose: 'track-code', template: 'track-code', params: { code: '482173' } } as const;
const row = async (id: string) => (await h.sql('select * from notify.message where id = $1', [id]))[0]!;
const copyOf = async (id: string) =>
  (await h.sql<{ id: string }>('select id from notify.message where copy_of = $1', [id]))[0]?.id;
const refused = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof Refusal ? error.code : error),
  );
const as = async <T>(who: string, work: Parameters<typeof act<T>>[2]) => act(await h.as(who), 'notify.decide', work);
const seenBy = async (who: string) => read(await h.as(who), 'notify.list-dead', deadLetters);

describe('six hours without a gateway', () => {
  test('the backlog then goes within a quarter of an hour, once each; no code is sent that is of no use any more', async () => {
    answer = fail;
    const women = await Promise.all(Array.from({ length: 5 }, () => woman()));
    const updates = await Promise.all(women.map(({ subject }) => say(subject)));
    const [first] = women;
    const track = await say(first!.subject, TRACK);
    const old = await say(first!.subject, { ...CODE, n: 1 });
    await h.at('2026-01-05T12:00+05:30');
    const fresh = await say(first!.subject, { ...CODE, n: 2 });
    // a second word to the same woman while the first still waits
    const second = await say(women[1]!.subject, { purpose: 'breach' });
    expect(await read(house(), 'notify.look', smsReady)).toBe(false);
    await h.at('2026-01-05T16:00+05:30');
    const tries = given.filter(({ id }) => id === updates[0]).length;
    expect(tries).toBeGreaterThan(20);
    expect(tries).toBeLessThan(40);
    given.length = 0;
    answer = take;
    await h.at('2026-01-05T16:18+05:30');

    const gone = [...updates.filter((id) => id !== updates[1]), second, fresh].toSorted();
    expect(given.map(({ id }) => id).toSorted()).toEqual(gone);
    for (const id of gone) expect(await row(id)).toMatchObject({ state: 'sent', sealed_params: null });
    expect(await row(updates[1]!)).toMatchObject({ state: 'failed', reason: 'overtaken' });
    expect(await row(old)).toMatchObject({ state: 'failed', reason: 'overtaken' });
    expect(await row(track)).toMatchObject({ state: 'dead', reason: 'too-late', sealed_params: null });
    expect(await read(house(), 'notify.look', smsReady)).toBe(true);
    expect(await read(house(), 'notify.look', waysOut)).toMatchObject([
      { channel: 'sms', failures_in_row: 0, up: true },
    ]);
    await h.at('2026-01-05T18:00+05:30');
    expect(given).toHaveLength(gone.length);
  });
});

describe('the house dies between “handed over” and the answer', () => {
  // what has happened when the process ends there: the first act is committed, nothing more
  const die = async (id: string) => {
    await act(house(), 'notify.hand-over', (a) => store.hand(a, id));
    await h.sql('delete from graphile_worker._private_jobs where key = $1', [`notify.send ${id}`]);
  };

  test('a code goes once more, as another message; the first is never handed over again', async () => {
    const { subject } = await woman();
    const id = await say(subject, CODE);
    await die(id);
    await deliver(id, WAYS);
    expect(given).toEqual([]);
    await h.at('2026-01-05T18:10+05:30');
    const again = (await copyOf(id)) ?? '';
    expect(given.map((one) => one.id)).toEqual([again]);
    expect(await row(id)).toMatchObject({
      state: 'dead',
      reason: 'stopped-midway',
      settled: 'again',
      settled_by: null,
    });
    expect(await row(again)).toMatchObject({ state: 'sent', purpose: 'call-code/again' });
  });

  test('twice in a row: then somebody decides, and the code is not sent a third time', async () => {
    const { subject } = await woman();
    answer = () => ({ kind: 'unsure', reason: 'no-answer' });
    const id = await say(subject, CODE);
    await h.jobs();
    const again = (await copyOf(id)) ?? '';
    await h.jobs();
    expect(await copyOf(again)).toBeUndefined();
    expect(await row(again)).toMatchObject({ state: 'dead', reason: 'no-answer', settled: null });
    expect(given.map((one) => one.id)).toEqual([id, again]);
  });

  test('a word that something is new is not repeated by itself: one more may be one too many on her phone', async () => {
    const { subject } = await woman();
    const id = await say(subject);
    await die(id);
    await h.at('2026-01-05T18:20+05:30');
    expect(await row(id)).toMatchObject({ state: 'dead', reason: 'stopped-midway', settled: null });
    expect(await copyOf(id)).toBeUndefined();
    expect(given).toEqual([]);
  });

  test('an answer that comes after all is believed', async () => {
    const { subject } = await woman();
    const id = await say(subject);
    answer = async () => {
      await h.sql("update notify.message set handed_at = handed_at - interval '4 minutes' where id = $1", [id]);
      await h.at((await now()).add({ minutes: 1 }).toString());
      return { kind: 'taken', gateway_ids: ['late-1'] };
    };
    await deliver(id, WAYS);
    expect(await row(id)).toMatchObject({ state: 'sent', gateway_id: 'late-1', tries: 1 });
  });
});

test('what waits goes only in her hours, whenever it was written, whenever the gateway failed', async () => {
  const hours: Window[][] = [
    [{ from: '11:00', to: '13:00' }],
    [{ from: '22:30', to: '01:00' }],
    [
      { from: '06:00', to: '06:30' },
      { from: '19:00', to: '20:15' },
    ],
    [{ from: '00:00', to: '24:00' }],
  ];
  // a gateway that works in some quarters of an hour and not in others, the same in every run
  let seed = 7;
  const next = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const windowsOf = new Map<string, Window[]>();
  const written: string[] = [];
  let up = true;
  answer = (message) => (up ? take(message) : fail(message));
  for (let step = 0; step < 40; step++) {
    if (step < 24) {
      const windows = hours[Math.floor(next() * hours.length)]!;
      const { subject, to } = await woman(windows);
      windowsOf.set(to, windows);
      written.push(await say(subject));
    }
    up = next() > 0.5;
    await h.at((await now()).add({ minutes: 20 + Math.floor(next() * 80) }).toString());
  }
  up = true;
  await h.at((await now()).add({ hours: 25 }).toString());
  expect(given.length).toBeGreaterThanOrEqual(written.length);
  for (const { to, at } of given) {
    const [span] = hoursWithin(windowsOf.get(to) ?? [], { from: at, to: at.add({ seconds: 1 }) });
    expect(span?.from.equals(at), `${to} at ${at}`).toBe(true);
  }
  for (const id of written) expect(await row(id)).toMatchObject({ state: 'sent' });
  // a message is handed over again only after a try that certainly failed
  expect(new Set(given.map(({ id }) => id)).size).toBe(written.length);
});

describe('dead letters', () => {
  const dead = async (): Promise<string> => {
    answer = () => ({ kind: 'refused', reason: 'refused' });
    const id = await say((await woman()).subject);
    await h.jobs();
    answer = take;
    return id;
  };

  test('are seen by the control room and the administrator alone, without number, text or case', async () => {
    const id = await dead();
    for (const who of ['control', 'administrator']) {
      const seen = (await seenBy(who)).find((one) => one.id === id)!;
      expect(seen).toMatchObject({ channel: 'sms', template: 'update', reason: 'refused', tries: 1, late: false });
      expect(Object.keys(seen).toSorted()).toEqual([
        'can_go_again',
        'channel',
        'ended_at',
        'handed_at',
        'id',
        'late',
        'made_at',
        'reason',
        'state',
        'template',
        'tries',
      ]);
    }
    for (const who of ['verma', 'cp', 'state', 'auditor', 'savita'])
      expect(await refused(seenBy(who))).toBe('not-your-power');
    // the database says so too, whatever a page asks
    const rows = async (who: string) =>
      read(await h.as(who), 'notify.look', (r) => r.db.selectFrom('notify.message').select('id').execute());
    expect(await rows('cp')).toEqual([]);
    const [policy] = await h.sql<{ qual: string }>("select qual from pg_policies where policyname = 'dead_letters'");
    await h.sql('alter policy dead_letters on notify.message using (true)');
    expect((await rows('cp')).length).toBeGreaterThan(0);
    await h.sql(`alter policy dead_letters on notify.message using (${policy?.qual})`);
    expect(await rows('cp')).toEqual([]);
    expect((await rows('control')).length).toBeGreaterThan(0);
    for (const column of ['subject', 'purpose', 'sealed_params', 'gateway_id'] as const)
      await expect(
        (async () =>
          read(await h.as('control'), 'notify.look', (r) =>
            r.db.selectFrom('notify.message').select(column).execute(),
          ))(),
      ).rejects.toThrow(/permission denied/);
  });

  test('sent again it is a new message; the old one is decided, once, whoever else decides', async () => {
    const id = await dead();
    const decided = await Promise.all(
      ['control', 'administrator'].map((who) => refused(as(who, (a) => sendAgain(a, id)))),
    );
    expect(decided.toSorted()).toEqual(['already-done', undefined]);
    await h.jobs();
    expect(given.map((one) => one.id)).toEqual([id, await copyOf(id)]);
    expect(await row(id)).toMatchObject({ settled: 'again', settled_by: expect.any(String), sealed_params: null });
    expect((await seenBy('control')).map((one) => one.id)).not.toContain(id);
    expect(await refused(as('control', (a) => giveUp(a, id, { reason: 'number-wrong' })))).toBe('already-done');
  });

  test('given up it stays on record with the reason; nobody else may', async () => {
    const id = await dead();
    expect(await refused(as('verma', (a) => giveUp(a, id, { reason: 'number-wrong' })))).toBe('not-your-power');
    expect(await refused(as('control', (a) => giveUp(a, newId(), { reason: 'number-wrong' })))).toBe('not-found');
    await as('control', (a) => giveUp(a, id, { reason: 'number-wrong' }));
    expect(await row(id)).toMatchObject({ state: 'dead', settled: 'number-wrong', sealed_params: null });
  });

  test('after four hours one is late; when it would say nothing any more it can only be given up', async () => {
    const id = await dead();
    const count = async () => read(await h.as('control'), 'notify.count', deadCount);
    const before = await count();
    await h.at((await now()).add({ hours: 4 }).toString());
    expect((await count()).late).toBeGreaterThan(before.late);
    expect((await seenBy('control')).find((one) => one.id === id)).toMatchObject({ late: true, can_go_again: true });
    await h.at((await now()).add({ hours: 7 * 24 }).toString());
    expect((await seenBy('control')).find((one) => one.id === id)).toMatchObject({ can_go_again: false });
    expect((await row(id)).sealed_params).toBeNull();
    expect(await refused(as('control', (a) => sendAgain(a, id)))).toBe('message-useless');
  });

  test('to whom says “no contact” meanwhile nothing goes, whoever presses “again”', async () => {
    answer = () => ({ kind: 'refused', reason: 'refused' });
    const { subject, to } = await woman();
    const id = await say(subject);
    await h.jobs();
    const contact = {
      mobile: to,
      mobile_shared: false,
      phone_watched: true,
      windows: [],
      voicemail: false,
      languages: ['hi'],
    };
    await act(house(), 'sealed-identity.seal', (a) =>
      sealFields(a, subject, { contact: { ...contact, modes: ['no_contact'] } }),
    );
    answer = take;
    given.length = 0;
    await as('control', (a) => sendAgain(a, id));
    await h.jobs();
    expect(given).toEqual([]);
    expect(await row((await copyOf(id)) ?? '')).toMatchObject({ state: 'withheld' });
  });
});
