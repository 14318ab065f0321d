// Whoever could slip SQL of his own into an act, what would he gain? Every role is put on, every function called, every table written.
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { confirmInPerson } from '#casework';
import { type Actor, act, newId } from '#foundation';
import { endMySession } from '#posts';
import { type TestHouse, testHouse } from './house.ts';
import { complaint, postOf, storyIn } from './story.ts';

let h: TestHouse;
let number: string;
let file: string;
let promise: string;
let registered: string;
const attackers: Record<string, Actor> = {};

const ROLES = [
  'itsso_door',
  'itsso_citizen',
  'itsso_officer',
  'itsso_machine',
  'itsso_watch',
  'itsso_keys',
  'itsso_app',
];
const WHO = [
  'nobody',
  'another woman',
  'an operator',
  'an officer elsewhere',
  'the auditor',
  'an administrator',
  'a vehicle',
  'an ended session',
  'a gateway',
];

beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  const story = storyIn(h);
  const form = complaint();
  number = await story.confirmed(form);
  file = await story.idOf(form);
  const waiting = complaint();
  await story.file(waiting);
  promise = await story.promiseOf(waiting);
  const other = complaint();
  registered = await story.confirmed(other);
  await story.step('suman', registered, { step: 'receive' });
  await story.step('suman', registered, { step: 'sign', signed_at: (await story.now()).toString(), place: 'home' });
  const fir = {
    fir_number: '9',
    year: 2026,
    recorded_at: (await story.now()).toString(),
    sections: [{ act: 'BNS', section: '64(1)' }],
  };
  await story.step('verma', registered, { step: 'register-fir', ...fir });
  const pair = { receipt: '1'.repeat(16), code: '12345678' };
  await act(await h.as('suman'), 'test.confirm', (a) => confirmInPerson(a, pair));
  const ended = await h.as('rekha');
  await act(ended, 'signin.end', endMySession);
  Object.assign(attackers, {
    nobody: h.nobody,
    'another woman': await story.herself(await story.file(complaint())),
    'an operator': await h.as('savita'),
    'an officer elsewhere': await h.as('lko-sho'),
    'the auditor': await h.as('auditor'),
    'an administrator': await h.as('administrator'),
    'a vehicle': await h.as('prv-1'),
    'an ended session': ended,
    'a gateway': await h.as('cctns'),
  });
}, 60_000);
afterAll(() => h.close());

/** Slips one statement into an act, in a role taken by force; whatever it did is really committed. */
async function slip(who: Actor, role: string | undefined, statement: string): Promise<unknown[] | string> {
  try {
    return await act(who, 'test.slip', async (a) => {
      if (role) await sql`select set_config('role', ${role}, true)`.execute(a.db);
      const { rows } = await sql.raw<Record<string, unknown>>(statement).execute(a.db);
      // the act itself ends in its own role
      await sql`select set_config('role', ${`itsso_${who.kind}`}, true)`.execute(a.db);
      return rows;
    });
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code === 'string') return code;
    throw error;
  }
}
const DENIED = /^(42501|IT003)$/;

describe.each(WHO)('%s', (name) => {
  let who: Actor;
  beforeEach(() => {
    who = attackers[name]!;
  });

  test('takes no role but those of the application', async () => {
    for (const role of ['itsso_owner', 'itsso_queue', 'postgres'])
      expect(await slip(who, role, 'select 1')).toMatch(DENIED);
    expect(await slip(who, undefined, 'set session authorization postgres')).toMatch(DENIED);
  });

  test('reads nothing of a file that is not his, whichever role he puts on and whatever secret he makes up', async () => {
    const asked = [
      `select id from casework.file where id = '${file}'`,
      `select file from casework.stay where file = '${file}'`,
      `select file from casework.step where file = '${file}'`,
      `select file from deadlines.deadline where file = '${file}'`,
      `select id from intake.complaint where id = '${file}'`,
      `select id from casework.desk_try`,
      `select wrapped from sealed.case_key where subject = '${file}'`,
      `select sealed from sealed.item where subject = '${file}'`,
      `select id from posts.session where kind <> '${who.kind}'`,
      'select hash from callback.code',
      'select id from notify.message',
      'select token_hash from signin.invitation',
      'select credential from signin.passkey',
      'select scope from foundation.idempotency',
      `select sealed from sealed.narrative('${file}')`,
      `select field from sealed.take_again('${file}', foundation.now())`,
      `select field from sealed.take_on_call('${file}', foundation.now())`,
      'select file from casework.stranded(foundation.now())',
      'select payload from graphile_worker._private_jobs',
    ];
    for (const role of ROLES)
      for (const statement of asked) {
        const got = await slip(who, role, statement);
        expect(typeof got === 'string' ? got : got.length, `${role}: ${statement}`).toSatisfy(
          (x) => x === '42501' || x === 0,
        );
        if (role !== 'itsso_machine') continue;
        const forged = `select set_config('itsso.secret', 'made up', true)`;
        await expect(
          act(who, 'test.slip', async (a) => {
            await sql.raw(forged).execute(a.db);
            await sql`select set_config('role', 'itsso_machine', true)`.execute(a.db);
            const { rows } = await sql.raw(statement).execute(a.db);
            if (rows.length > 0) throw new Error(`gained: ${statement}`);
            throw new Error('nothing gained');
          }),
        ).rejects.toThrow(/nothing gained|permission denied/);
      }
    expect(await slip(who, 'itsso_officer', `select sealed.narrative_key('${file}') as key`)).toEqual([{ key: null }]);
  });

  test('opens no session, turns none, moves no file and no clock, puts no work by, takes no serial, opens no seal', async () => {
    const to = postOf(await h.as('lko-sho'));
    const [{ officer } = { officer: '' }] = await h.sql<{ officer: string }>(
      'select officer from posts.tenure where post = $1',
      [to],
    );
    const hash = `sha256('mine'::bytea)`;
    const lives = `interval '1 hour', interval '1 hour'`;
    const [own] = await h.sql<{ id: string }>(
      'select id from posts.session where secret_hash = sha256(convert_to($1, $2))',
      [who.secret ?? '', 'UTF8'],
    );
    const before = await state();
    const tried = [
      `select posts.open_session('${newId()}', ${hash}, 'machine', null, null, null, 'house', '{}', ${lives})`,
      `select posts.open_session('${newId()}', ${hash}, 'citizen', null, null, '${file}', null, '{}', ${lives})`,
      `select posts.open_session('${newId()}', ${hash}, 'officer', '${officer}', '${to}', null, null, '{}', ${lives})`,
      `select casework.put_on_desk('${file}', '${to}', foundation.now(), 'moved', null)`,
      `select casework.next_serial((select id from posts.unit where path = 'in.up.kanpur_nagar.west.circle_12.kalyanpur'), 2026)`,
      `select * from sealed.take('${newId()}', '${file}', 'court', '{person,contact}', foundation.now(), 15)`,
      `select * from sealed.take('${newId()}', '${file}', 'call-back', '{contact}', foundation.now(), 10)`,
      `select foundation.move_clock(86400000000)`,
      `select foundation.add_lead(86400000000)`,
      `select foundation.later('intake.track-code', '{"complaint": "${file}"}', null, null)`,
      `create table posts.mine (id int)`,
      `create function public.mine() returns int language sql as 'select 1'`,
      `insert into foundation.idempotency values ('mine', 'mine', '', null, foundation.now())`,
      `insert into casework.step (id, file, step, at, to_state) values ('${newId()}', '${file}', 'close', foundation.now(), 'closed')`,
      `insert into deadlines.attention (id, file, rule, stage, at, to_post, to_path, reason, raised_at)
        values ('${newId()}', '${file}', 'mine', 'mine', foundation.now(), '${to}', 'in', 'mine', foundation.now())`,
      `delete from casework.file`,
      `insert into casework.desk_try (id, post, receipt, at) values ('${newId()}', '${to}', ${hash}, foundation.now())`,
      `update foundation.ledger set deed = 'nothing.happened'`,
    ];
    // these are no error: they find nothing to do
    const idle = [
      `select posts.turn_session('${own?.id ?? newId()}', '${file}')`,
      `update casework.file set state = 'closed' where id = '${file}'`,
      `update deadlines.deadline set stopped_at = foundation.now() where file = '${file}'`,
      `update callback.promise set claimed_by = null where id = '${promise}' and claimed_by is not null`,
      `delete from casework.desk_try`,
      `update posts.session set ended_at = null`,
      `update posts.tenure set to_at = null`,
    ];
    for (const role of ROLES) {
      for (const statement of tried) {
        const got = await slip(who, role, statement);
        expect(Array.isArray(got) && got.length > 0, `${role}: ${statement}: ${JSON.stringify(got)}`).toBe(false);
      }
      for (const statement of idle) await slip(who, role, statement);
    }
    expect(await state()).toEqual(before);
  }, 60_000);

  test('writes into the ledger, if anything, under the name of who he is', async () => {
    const id = newId();
    await slip(
      who,
      'itsso_machine',
      `select foundation.note('${id}', 'identity.open', '${file}', foundation.now(), '{}')`,
    );
    const [row] = await h.sql<{ actor_kind: string; post: string | null }>(
      'select actor_kind, post from foundation.ledger where id = $1',
      [id],
    );
    const real = name === 'nobody' || name === 'an ended session' ? 'nobody' : who.kind;
    expect(row).toEqual({ actor_kind: real, post: real === 'officer' ? postOf(who) : null });
  });
});

/** Everything that an attacker would have liked to change. */
const state = async () =>
  h.sql(`select (select json_agg(f order by f.id) from casework.file f) as files, (select json_agg(s order by s.file, s.n) from casework.stay s) as stays,
    (select count(*) from casework.step) as steps, (select count(*) from casework.desk_try) as tries, (select json_agg(d order by d.id) from deadlines.deadline d) as clocks,
    (select json_agg(p order by p.id) from callback.promise p) as promises, (select json_agg(r) from casework.register r) as register,
    (select json_agg(json_build_array(s.id, s.kind, s.post, s.subject, s.name, s.ended_at) order by s.id) from posts.session s) as sessions,
    (select count(*) from sealed.opening) as openings, (select count(*) from deadlines.attention) as attention,
    (select ahead_us from foundation.clock) as clock, (select json_agg(t order by t.id) from posts.tenure t) as tenures,
    (select count(*) from foundation.idempotency) as keys, (select count(*) from graphile_worker._private_jobs) as jobs`);

describe('who has the file in sight', () => {
  test('writes in no other name, in no other hour, and rewrites nothing that is on record', async () => {
    const [suman, verma] = [await h.as('suman'), await h.as('verma')];
    const row = (post: string, officer: string) =>
      `insert into casework.step (id, file, step, at, to_state, post, officer) values ('${newId()}', '${file}', 'direct', foundation.now(), 'confirmed', '${post}', '${officer}')`;
    const officerOf = (who: Actor) => (who.kind === 'officer' ? who.officer : '');
    expect(await slip(suman, undefined, row(postOf(verma), officerOf(verma)))).toBe('42501');
    expect(await slip(suman, undefined, row(postOf(suman), officerOf(suman)))).toEqual([]);
    const take = (at: string) =>
      `select * from sealed.take('${newId()}', '${file}', 'court', '{person}', foundation.now() ${at}, 15)`;
    expect(await slip(suman, undefined, take(`- interval '1 hour'`))).toBe('IT003');
    expect(await slip(suman, undefined, take(`+ interval '1 minute'`))).toBe('IT003');
    for (const set of [
      `recorded_at = recorded_at + interval '40 days'`,
      `fir_number = '10'`,
      `signed_at = signed_at - interval '1 day'`,
      'received_at = null',
      'register_serial = 99',
    ])
      expect(await slip(verma, undefined, `update casework.file set ${set} where number = '${registered}'`), set).toBe(
        'IT009',
      );
    expect(
      await slip(verma, undefined, `update casework.file set desk_post = desk_post where number = '${number}'`),
    ).toBe('42501');
    const tomorrow = `select casework.put_on_desk('${file}', '${postOf(await h.as('khan'))}', foundation.now() + interval '1 day', 'moved', null)`;
    await slip(verma, undefined, tomorrow);
    expect(await h.sql('select file from casework.stay where from_at > foundation.now()')).toEqual([]);
  });

  test('an operator takes a call for herself and for its ten minutes', async () => {
    const [savita, meena] = [await h.as('savita'), await h.as('meena')];
    const claim = (who: Actor, until: string) =>
      `update callback.promise set claimed_by = '${postOf(who)}', claimed_officer = '${who.kind === 'officer' && who.officer}',
        claimed_until = foundation.now() + interval '${until}' where id = '${promise}' returning id`;
    expect(await slip(savita, undefined, claim(meena, '5 minutes'))).toBe('42501');
    expect(await slip(savita, undefined, claim(savita, '1 year'))).toBe('42501');
    expect(await slip(savita, undefined, claim(savita, '5 minutes'))).toEqual([{ id: promise }]);
  });
});
