// read and act, the clock, the queue, keys and refusals: the ground the rooms stand on.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  act,
  type Actor,
  asHouse,
  firstTime,
  furnish,
  house,
  keys,
  nobody,
  read,
  Refusal,
  refuse,
  sweepAll,
  type Watch,
} from '#foundation';
import { type TestHouse, testHouse } from './house.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
});
afterAll(() => h.close());

test('one instant for the whole act, and it is the database’s', async () => {
  const seen = await act(house(), 'test.look', async (a) => {
    const first = a.now;
    await new Promise((go) => setTimeout(go, 20));
    return [first, a.now] as const;
  });
  expect(seen[0]).toBe(seen[1]);
  expect(seen[0].toZonedDateTimeISO('Asia/Kolkata').toPlainDate().toString()).toBe('2026-01-05');
});

test('a refusal rolls everything back, the ledger row too', async () => {
  const before = await h.sql('select count(*)::int as n from foundation.ledger');
  await expect(
    act(house(), 'test.refused', async (a) => {
      await a.later('nothing' as never, {} as never);
      refuse('not-found');
    }),
  ).rejects.toThrow(Refusal);
  expect(await h.sql('select count(*)::int as n from foundation.ledger')).toEqual(before);
  expect(await h.sql(`select 1 from graphile_worker.jobs where task_identifier = 'nothing'`)).toEqual([]);
});

test('what is sent as an id and is none names nothing, a text or a day that is none is not understood; where the house sends it, it is a fault', async () => {
  const verma = await h.as('verma');
  const looks = (actor: Actor, id: string) => act(actor, 'test.look', (a) => sql`select ${id}::uuid`.execute(a.db));
  for (const id of ['', 'x', "1' or '1'='1"]) await expect(looks(verma, id)).rejects.toThrow(new Refusal('not-found'));
  await expect(looks(house(), 'x')).rejects.toMatchObject({ code: '22P02' });
  const says = (actor: Actor, as: 'text' | 'jsonb') =>
    act(actor, 'test.look', (a) =>
      (as === 'text' ? sql`select ${'a\0b'}::text` : sql`select ${JSON.stringify('a\0b')}::jsonb`).execute(a.db),
    );
  for (const as of ['text', 'jsonb'] as const) {
    await expect(says(verma, as)).rejects.toThrow(new Refusal('not-understood'));
    await expect(says(house(), as)).rejects.not.toBeInstanceOf(Refusal);
  }
  const dates = (actor: Actor, day: string) =>
    act(actor, 'test.look', (a) => sql`select ${day}::timestamptz::date`.execute(a.db));
  for (const day of ['0000-01-01', '-271821-04-20T00:00:00Z', '2026-02-30', '294277-01-01']) {
    await expect(dates(verma, day), day).rejects.toThrow(new Refusal('not-understood'));
    await expect(dates(house(), day), day).rejects.not.toBeInstanceOf(Refusal);
  }
  // anything else that cannot be read is a fault, whoever sends it
  await expect(act(verma, 'test.look', (a) => sql`select ${'x'}::integer`.execute(a.db))).rejects.toMatchObject({
    code: '22P02',
  });
});

test('an act whose line for the ledger cannot be written has not happened', async () => {
  const unwritable = { many: 1n as unknown as number };
  const work = act(house(), 'test.unwritable', (a) => a.later('unwritten' as never, {} as never), {
    detail: unwritable,
  });
  await expect(work).rejects.toThrow(TypeError);
  expect(await h.sql(`select 1 from graphile_worker.jobs where task_identifier = 'unwritten'`)).toEqual([]);
});

test('the ledger knows the actor from the database, not from the program', async () => {
  const verma = await h.as('verma');
  await act(
    { ...verma, post: '00000000-0000-0000-0000-000000000000' } as typeof verma,
    'test.deed',
    async () => undefined,
  );
  const [row] = await h.sql<{ post: string; officer: string }>(
    `select post, officer from foundation.ledger where deed = 'test.deed'`,
  );
  expect(row).toEqual({
    post: verma.kind === 'officer' && verma.post,
    officer: verma.kind === 'officer' && verma.officer,
  });
});

test('a reading cannot write', async () => {
  await expect(
    read(house(), 'test.look', (r) =>
      sql`insert into foundation.idempotency values ('a', 'b', '', null, now())`.execute(r.db as never),
    ),
  ).rejects.toThrow(/read-only/);
});

test('a citizen without a session sees no table, and the house’s rights end with the work', async () => {
  await expect(
    read(nobody, 'test.look', (r) => sql`select * from intake.complaint`.execute(r.db as never)),
  ).rejects.toThrow(/permission denied/);
  await expect(
    act(nobody, 'test.look', async (a) => {
      await asHouse(a, (x) => sql`select count(*) from intake.complaint`.execute(x.db));
      await sql`select count(*) from intake.complaint`.execute(a.db);
    }),
  ).rejects.toThrow(/permission denied/);
});

test('a role taken by force sees nothing: sight comes from the secret alone', async () => {
  const rows = await act(nobody, 'test.inject', async (a) => {
    await sql`select set_config('role', 'itsso_machine', true)`.execute(a.db);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from posts.session`.execute(a.db);
    await sql`select set_config('role', 'itsso_citizen', true)`.execute(a.db);
    return rows;
  });
  expect(rows).toEqual([{ n: 0 }]);
});

test('the clock goes forward, survives in the database, and never back', async () => {
  await h.at('2026-01-06T10:00:00+05:30');
  const now = await read(house(), 'test.look', async (r) => r.now);
  expect(now.toString().startsWith('2026-01-06T04:30')).toBe(true);
  await h.at('2026-01-05T10:00:00+05:30');
  expect(Temporal.Instant.compare(await read(house(), 'test.look', async (r) => r.now), now)).toBe(1);
});

test('a sealed text opens only in its own place, and a flipped bit is an error, never a text', () => {
  const sealed = keys.seal('test', 'row-1', 'मेरी बात');
  expect(keys.open('test', 'row-1', sealed).toString('utf8')).toBe('मेरी बात');
  expect(() => keys.open('test', 'row-2', sealed)).toThrow();
  expect(() => keys.open('other', 'row-1', sealed)).toThrow();
  for (let i = 0; i < sealed.length; i++) {
    const flipped = Buffer.from(sealed);
    flipped[i] = (flipped[i] ?? 0) ^ 1;
    expect(() => keys.open('test', 'row-1', flipped)).toThrow();
  }
});

// last: it takes this house's own watches away
test('a sweep that fails keeps no other room from its round, and the failure is still told', async () => {
  const swept: string[] = [];
  const watch = (name: string, sweep: Watch['sweep']): Watch => ({ name, sweep, nextAt: async () => undefined });
  const broken = watch('broken', async () => {
    throw new Error('this room is broken');
  });
  furnish(undefined as never, {}, [broken, watch('sound', async () => void swept.push('sound'))]);
  await expect(sweepAll()).rejects.toThrow('this room is broken');
  expect(swept).toEqual(['sound']);
});

test('a migration beside a running process: what was planned before it is begun once more, and nobody notices', async () => {
  await h.sql(
    `create table intake.shape (a int); insert into intake.shape values (1); grant select on intake.shape to itsso_machine`,
  );
  const look = () =>
    read(house(), 'test.look', async (r) => (await sql`select * from intake.shape`.execute(r.db as never)).rows);
  expect(await look()).toEqual([{ a: 1 }]);
  await h.sql('alter table intake.shape add column b int not null default 2');
  expect(await look()).toEqual([{ a: 1, b: 2 }]);
  await h.sql('drop table intake.shape');
});

test('words that go out together: where one fails nothing is kept, and the connection is as good as before', async () => {
  const count = () => h.sql('select count(*)::int as n from foundation.ledger');
  const before = await count();
  const asked = act(house(), 'test.together', (a) =>
    Promise.all([
      a.later('nothing' as never, {} as never),
      sql`select 1 / 0`.execute(a.db),
      sql`select 1`.execute(a.db),
    ]),
  );
  await expect(asked).rejects.toThrow(/division by zero/);
  expect(await count()).toEqual(before);
  // the ledger row itself is refused: nothing is kept
  await expect(
    act(house(), 'test.last', (a) => a.later('nothing' as never, {} as never), { subject: 'no uuid' }),
  ).rejects.toThrow(/uuid/);
  expect(await h.sql(`select 1 from graphile_worker.jobs where task_identifier = 'nothing'`)).toEqual([]);
  await Promise.all(Array.from({ length: 40 }, () => act(house(), 'test.after', async () => undefined)));
});

test('what an act has begun and not waited for cannot speak once it is over', async () => {
  let late: Promise<unknown> = Promise.resolve();
  const asked = act(house(), 'test.late', (a) => {
    late = new Promise((go) => setTimeout(go, 20)).then(() => a.later('too-late' as never, {} as never));
    // on a busy machine it has failed before anybody looks
    late.catch(() => undefined);
    return Promise.reject(new Error('the first of two'));
  });
  await expect(asked).rejects.toThrow('the first of two');
  await expect(late).rejects.toThrow('this act is over');
  expect(await h.sql(`select 1 from graphile_worker.jobs where task_identifier = 'too-late'`)).toEqual([]);
});

test('what goes out behind a lock is asked when the lock has been given: it sees what its holder has written', async () => {
  const lock = (a: Parameters<Parameters<typeof act>[2]>[0]) => sql`select pg_advisory_xact_lock(77)`.execute(a.db);
  let taken: () => void = () => undefined;
  const holds = new Promise<void>((go) => {
    taken = go;
  });
  const first = act(house(), 'test.holder', async (a) => {
    await lock(a);
    taken();
    await new Promise((go) => setTimeout(go, 150));
    await firstTime(a, { scope: 'behind-a-lock', key: 'k', body_hash: Buffer.alloc(32) });
  });
  await holds;
  const [, found] = await act(house(), 'test.next', (a) =>
    Promise.all([
      lock(a),
      sql<{ n: number }>`select count(*)::int as n from foundation.idempotency where scope = 'behind-a-lock'`.execute(
        a.db,
      ),
    ]),
  );
  await first;
  expect(found.rows).toEqual([{ n: 1 }]);
});

test('the house’s part of an act has the house’s rights from its first words on, and what follows has not', async () => {
  const whose = (a: { db: Parameters<ReturnType<typeof sql>['execute']>[0] }) =>
    sql<{ house: boolean; role: string }>`select posts.is_house() as house, current_user::text as role`
      .execute(a.db)
      .then(({ rows }) => rows[0]);
  const seen = await act(nobody, 'test.parts', async (a) => [
    await whose(a),
    ...(await asHouse(a, (part) => Promise.all([whose(part), whose(part)]))),
    await whose(a),
  ]);
  const [citizen, within] = [
    { house: false, role: 'itsso_citizen' },
    { house: true, role: 'itsso_machine' },
  ];
  expect(seen).toEqual([citizen, within, within, citizen]);
});
