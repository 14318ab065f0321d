import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, act, house, newId, Refusal, read } from '#foundation';
import { openSession } from '#posts';
import * as room from '#sealed-identity';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
let file: string;
const CANARY = 'Kanariya Devi';
const contact = {
  mobile: '+919876543210',
  mobile_shared: true,
  phone_watched: false,
  modes: ['call', 'sms'],
  windows: [{ from: '10:00', to: '17:00' }],
  voicemail: false,
  languages: ['hi'],
};
const fields: room.SealedFields = {
  person: { name: CANARY, age: 24, reporter: { relation: 'self' } },
  contact,
  address: { district: 'in.up.kanpur_nagar', text: 'Kanariya lane 7' },
  accused: [{ known: true, name: 'Kanariya Lal' }],
  account: { text: 'Kanariya: what happened' },
  where: { text: 'Kanariya market' },
};

async function officer(id: string) {
  const actor = await h.as(id);
  if (actor.kind !== 'officer') throw new Error('an officer');
  return actor;
}
const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code });

/** A case on Khan's desk, as casework would put it there. */
async function caseOnDesk(): Promise<string> {
  const id = newId();
  const khan = await officer('khan');
  await h.sql(
    `with f as (insert into casework.file (id, state, district, desk_post, desk_path, desk_since, child, categories, happened, language, channel, account_kind, phrase, submitted_at)
       values ($1, 'investigating', 'in.up.kanpur_nagar', $2, $3, $4, false, '{stalking}', '{}', 'hi', 'web', 'text', '\\x00', $4) returning id, desk_post, desk_since)
     insert into casework.stay (file, n, post, from_at, reason) select id, 1, desk_post, desk_since, 'filed' from f`,
    [id, khan.post, khan.unit, '2026-01-05T09:00+05:30'],
  );
  await act(house(), 'sealed-identity.seal', async (a) => {
    await room.sealNewCase(a, id, fields);
  });
  await h.jobs();
  return id;
}
const her = (subject: string): Promise<Actor> =>
  act(h.nobody, 'intake.open', (a) => openSession(a, { kind: 'citizen', subject })).then(({ token }) =>
    h.citizen(token),
  );

beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05' });
  file = await caseOnDesk();
});
afterAll(() => h.close());

describe('at rest', () => {
  test('nothing of her lies in the clear in any column of the room', async () => {
    const rows = await h.sql<{ t: string }>(
      `select i::text as t from sealed.item i union all select k::text from sealed.case_key k union all select b::text from sealed.blind b`,
    );
    expect(rows.length).toBeGreaterThan(7);
    for (const { t } of rows) {
      expect(t).not.toMatch(/kanariya|9876543210/i);
      expect(t).not.toContain(Buffer.from(CANARY).toString('hex'));
    }
  });

  test('a row copied to another case does not open there', async () => {
    const other = await caseOnDesk();
    await h.sql(`insert into sealed.item (subject, class, field, version, sealed, sealed_at)
      select '${other}', class, field, 9, sealed, sealed_at from sealed.item where subject = '${file}' and field = 'contact'`);
    await expect(act(house(), 'sealed-identity.look', (a) => room.contactOf(a, other))).rejects.toThrow();
    // nor with the key it was sealed under
    await h.sql(`alter table sealed.case_key disable trigger all`);
    await h.sql(
      `update sealed.case_key k set wrapped = (select wrapped from sealed.case_key o where o.subject = '${file}' and o.class = k.class) where k.subject = '${other}'`,
    );
    await h.sql(`alter table sealed.case_key enable trigger all`);
    await expect(act(house(), 'sealed-identity.look', (a) => room.contactOf(a, other))).rejects.toThrow();
  });

  test('a field moved to another field of the same case does not open there', async () => {
    const other = await caseOnDesk();
    await h.sql(`insert into sealed.item (subject, class, field, version, sealed, sealed_at)
      select subject, class, 'contact', 9, sealed, sealed_at from sealed.item where subject = '${other}' and field = 'person'`);
    await expect(act(house(), 'sealed-identity.look', (a) => room.contactOf(a, other))).rejects.toThrow();
  });

  test('a complaint is never erased, not even by the house', async () => {
    await expect(
      act(house(), 'sealed-identity.erase', (a) =>
        a.db.deleteFrom('sealed.item').where('subject', '=', file).execute(),
      ),
    ).rejects.toThrow(/never erased/);
  });
});

describe('opening', () => {
  test('the post that holds the file opens the identity for fifteen minutes, and she sees it', async () => {
    const khan = await h.as('khan');
    const opened = await act(khan, 'identity.ask', (a) => room.openIdentity(a, file, 'statement'));
    expect(opened.identity.person?.name).toBe(CANARY);
    expect(opened.identity.accused?.[0]?.name).toBe('Kanariya Lal');
    expect(opened.identity).not.toHaveProperty('account');
    const mine = await read(await her(file), 'sealed-identity.mine', (r) => room.myOpenings(r));
    const last = mine.at(-1);
    expect(last?.purpose).toBe('statement');
    expect(last?.at.until(last.until).total('minutes')).toBe(15);
  });

  test('the page may be looked at again in the same session while it runs, and no longer', async () => {
    const rekha = await h.as('rekha');
    expect(await read(rekha, 'identity.again', (r) => room.openAgain(r, file))).toBeUndefined();
    const khan = await h.as('khan');
    await act(khan, 'identity.ask', (a) => room.openIdentity(a, file, 'investigation'));
    expect((await read(khan, 'identity.again', (r) => room.openAgain(r, file)))?.identity.address?.text).toBe(
      'Kanariya lane 7',
    );
    const before = (await read(khan, 'identity.list', (r) => room.openingsOf(r, file))).length;
    await act(khan, 'identity.close', (a) => room.closeOpening(a, file));
    await act(khan, 'identity.close', (a) => room.closeOpening(a, file));
    expect(await read(khan, 'identity.again', (r) => room.openAgain(r, file))).toBeUndefined();
    const after = await read(khan, 'identity.list', (r) => room.openingsOf(r, file));
    expect(after).toHaveLength(before);
    expect(after.at(-1)?.at.until(after.at(-1)!.until).total('minutes')).toBeLessThan(15);
  });

  test('without a listed purpose nothing opens', async () => {
    await expect(
      act(await h.as('khan'), 'identity.ask', (a) => room.openIdentity(a, file, 'curiosity')),
    ).rejects.toEqual(refused('purpose-unknown'));
  });

  test.each(['rekha', 'aruna', 'suman', 'savita', 'lko-sho', 'control', 'auditor'])(
    'for %s the file does not exist',
    async (id) => {
      const actor = await h.as(id);
      const count = () => h.sql<{ n: string }>('select count(*) as n from sealed.opening');
      const [before] = await count();
      await expect(act(actor, 'identity.ask', (a) => room.openIdentity(a, file, 'investigation'))).rejects.toEqual(
        refused('not-found'),
      );
      await expect(act(actor, 'identity.ask', (a) => room.openIdentity(a, file, 'call-back'))).rejects.toEqual(
        refused('not-found'),
      );
      await expect(act(actor, 'identity.dial', (a) => room.dialFor(a, file))).rejects.toEqual(refused('not-found'));
      expect(await read(actor, 'identity.list', (r) => room.narrativeOf(r, file))).toEqual({});
      expect(await read(actor, 'identity.list', (r) => room.openingsOf(r, file))).toEqual([]);
      expect(await count()).toEqual([before]);
    },
  );

  test('a citizen with no session, or of another file, opens nothing', async () => {
    await expect(act(h.nobody, 'identity.ask', (a) => room.openIdentity(a, file, 'statement'))).rejects.toThrow();
    const stranger = await her(newId());
    expect(await read(stranger, 'sealed-identity.mine', (r) => room.mineOf(r))).toEqual({
      identity: {},
      narrative: {},
    });
    await expect(
      read(stranger, 'sealed-identity.mine', (r) => room.openNarrative(r, file, 'diary:1', Buffer.alloc(40))),
    ).rejects.toEqual(refused('not-found'));
  });
});

test('an operator who has claimed the call gets the number and nothing else, ten minutes long, and she sees it', async () => {
  const savita = await officer('savita');
  const meena = await h.as('meena');
  const called = await caseOnDesk();
  await h.sql(
    `insert into callback.promise (id, file, desk, desk_path, filed_at, due_at, alarm_at, windows, no_contact, language, urgent, decoy, mask, phrase, state, next_try_at, claimed_by, claimed_officer, claimed_until)
     select $1, $2, p.under, p.path, t, t + interval '22 hours', t + interval '20 hours', '[]', false, 'hi', false, 'survey', '\\x00', '\\x00', 'waiting', t, $3, $4, t + interval '10 minutes'
     from posts.post p, (select foundation.now() as t) n where p.id = $3`,
    [newId(), called, savita.post, savita.officer],
  );
  expect(await act(savita, 'callback.claim', (a) => room.dialFor(a, called))).toBe(contact.mobile);
  await expect(act(meena, 'callback.claim', (a) => room.dialFor(a, called))).rejects.toEqual(refused('not-found'));
  await expect(act(savita, 'identity.ask', (a) => room.openIdentity(a, called, 'statement'))).rejects.toEqual(
    refused('not-found'),
  );
  const mine = await read(await her(called), 'sealed-identity.mine', (r) => room.myOpenings(r));
  expect(mine.map((o) => [o.purpose, o.post, o.at.until(o.until).total('minutes')])).toEqual([
    ['call-back', savita.post, 10],
  ]);
});

test('what is told is read by the posts of the file, written for one place, and by her', async () => {
  const khan = await h.as('khan');
  const sealed = await act(khan, 'casework.diary', (a) => room.sealNarrative(a, file, 'diary:1', 'गवाह मिली'));
  const verma = await h.as('verma');
  await read(verma, 'casework.read', async (r) => {
    expect((await room.narrativeOf(r, file)).account).toEqual({ text: 'Kanariya: what happened' });
    expect(await room.openNarrative(r, file, 'diary:1', sealed)).toBe('गवाह मिली');
    await expect(room.openNarrative(r, file, 'diary:2', sealed)).rejects.toThrow();
  });
  const asha = await her(file);
  await read(asha, 'sealed-identity.mine', async (r) => {
    const mine = await room.mineOf(r);
    expect(mine.identity.person?.name).toBe(CANARY);
    expect(mine.narrative.where?.text).toBe('Kanariya market');
  });
  const hers = await act(asha, 'correspondence.write', (a) => room.sealNarrative(a, file, 'message:1', 'नमस्ते'));
  expect(await act(house(), 'correspondence.read', (a) => room.openNarrative(a, file, 'message:1', hers))).toBe('नमस्ते');
});

test('a correction is a new version, and the newest counts everywhere', async () => {
  const id = await caseOnDesk();
  await act(house(), 'sealed-identity.seal', (a) =>
    room.sealFields(a, id, { contact: { ...contact, mobile: '+919000000001' }, where: { text: 'Elsewhere' } }),
  );
  const khan = await h.as('khan');
  expect((await act(khan, 'identity.ask', (a) => room.openIdentity(a, id, 'medical'))).identity.contact?.mobile).toBe(
    '+919000000001',
  );
  expect((await read(khan, 'casework.read', (r) => room.narrativeOf(r, id))).where?.text).toBe('Elsewhere');
  expect((await read(await her(id), 'sealed-identity.mine', (r) => room.mineOf(r))).identity.contact?.mobile).toBe(
    '+919000000001',
  );
});

test('a number finds its cases exactly, through an index of sixteen bytes', async () => {
  await act(house(), 'sealed-identity.look', async (a) => {
    expect(await room.findByMobile(a, contact.mobile)).toContain(file);
    expect(await room.findByMobile(a, '+919876543211')).toEqual([]);
    const [index] = await room.blindIndex('mobile', contact.mobile, async () => [1]);
    expect(index?.hash).toHaveLength(16);
    expect(await room.blindIndex('mobile', contact.mobile, async () => [1])).toEqual([index]);
  });
});

test('refusals and the ledger name no person', async () => {
  const rows = await h.sql<{ t: string }>('select l::text as t from foundation.ledger l');
  for (const { t } of rows) expect(t).not.toMatch(/kanariya|9876543210/i);
  expect(rows.some(({ t }) => t.includes('identity.open'))).toBe(true);
  expect(() => {
    throw new Refusal('not-found');
  }).toThrow('not-found');
});
