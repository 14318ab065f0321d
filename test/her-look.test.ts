// All that is hers in one look: it tells what the single questions tell, for her session and for no other.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from 'kysely';
import { fileComplaint, track } from '#casework';
import { explainDelay } from '#deadlines';
import { type Actor, act, lookIn, newId, read, readLooked } from '#foundation';
import { draftOf, saveDraft, startDraft } from '#intake';
import { myEarlier, myOpenings, openIdentity } from '#sealed-identity';
import { type TestHouse, testHouse } from './house.ts';
import { complaint, storyIn } from './story.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
/** who has only sent, whose case is worked on, who is still writing; who has just sent, and the same from another phone */
let number: string;
let women: Record<'sent' | 'worked' | 'writing' | 'sending' | 'elsewhere', Actor>;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  story = storyIn(h);
  const form = complaint({ earlier: { year: 2024, station: 'Kanariya' } });
  const filed = await story.file(form);
  number = (await story.call(form)).complaint_number ?? '';
  await story.step('suman', number, { step: 'receive' });
  await story.step('verma', number, { step: 'assign', to_post: await story.post('khan') });
  const file = await story.idOf(form);
  await act(await h.as('khan'), 'test.explain', (a) =>
    explainDelay(a, file, { kind: 'fsl-awaited', from: Temporal.PlainDate.from('2026-01-04'), text: 'Kanariya' }),
  );
  await act(await h.as('khan'), 'test.open', (a) => openIdentity(a, file, 'investigation'));
  await h.at('2026-01-09T10:00:00+05:30');
  const begun = await act(h.nobody, 'test.begin', (a) => startDraft(a, { language: 'hi' }));
  const writing = await h.citizen(begun.token);
  await act(writing, 'test.save', (a) => saveDraft(a, { screen: 'what', values: { happened: ['x'] } }));
  const another = await act(h.nobody, 'test.begin', (a) => startDraft(a, { language: 'hi' }));
  const sending = await h.citizen(another.token);
  const just = await act(sending, 'casework.file', (a) => fileComplaint(a, complaint()));
  women = {
    sent: await story.herself(await story.file(complaint())),
    worked: await story.herself(filed),
    writing,
    sending: await h.citizen(another.token),
    elsewhere: await story.herself(just),
  };
});
afterAll(() => h.close());

const lookedAt = async ({ secret }: Actor) => (await lookIn(secret ?? ''))?.looked ?? expect.unreachable();

test.each(['sent', 'worked', 'writing', 'sending', 'elsewhere'] as const)(
  'what is read of her who is %s is what each question answers',
  async (who) => {
    const { hers } = await lookedAt(women[who]);
    const rows = [...hers].flatMap(([, part]) => part.rows);
    expect(rows.length).toBeGreaterThanOrEqual({ sent: 6, worked: 15, writing: 1, sending: 7, elsewhere: 6 }[who]);
    await read(women[who], 'test.ask', async (r) => {
      for (const [name, part] of hers) {
        const asked = await sql<{
          rows: object[] | null;
        }>`select json_agg(x) as rows from ${sql.raw(name)}() x`.execute(r.db);
        expect(part.rows, name).toEqual(asked.rows[0]?.rows ?? []);
      }
    });
  },
);

test('rooms understand what was read as they understand what is asked', async () => {
  for (const her of [women.sent, women.worked]) {
    const looked = await lookedAt(her);
    const told = async (r: Parameters<typeof track>[0]) => ({
      facts: await track({ ...r, now: looked.now }),
      earlier: await myEarlier(r),
      opened: await myOpenings(r),
      draft: await draftOf(r),
    });
    const before = await read(her, 'test.track', told);
    expect(await readLooked(her, 'test.track', looked, told)).toEqual(before);
    expect(before.facts.desks.length).toBeGreaterThan(0);
    expect([before.earlier?.station, before.opened.length]).toEqual(
      her === women.worked ? ['Kanariya', 2] : [undefined, 0],
    );
  }
  const looked = await lookedAt(women.writing);
  expect(await readLooked(women.writing, 'test.draft', looked, draftOf)).toMatchObject({
    screen: 'what',
    language: 'hi',
  });
});

test('where it lay, with whom and who answered for a vacant desk is what the officers’ page says', async () => {
  const on = (desks: readonly { post: string; from: Temporal.Instant; to: Temporal.Instant | null }[]) =>
    desks.map((desk) => ({ ...desk, from: String(desk.from), to: desk.to && String(desk.to), seconds: 0 }));
  const mine = async () => on((await read(women.worked, 'test.track', track)).desks);
  const theirs = async () => on((await story.view('verma', number)).desks);
  expect(await mine()).toEqual(await theirs());
  const [at] = await h.sql<{ at: string }>("select (foundation.now() - interval '1 day')::text as at");
  await h.sql('update posts.tenure set to_at = $1 where post = $2 and to_at is null', [
    at?.at,
    await story.post('khan'),
  ]);
  const desks = await mine();
  expect(desks).toEqual(await theirs());
  expect(desks.at(-1)).toMatchObject({ vacant: true, held_by: { en: expect.stringMatching(/\S/) } });
  expect(desks[0]).toMatchObject({ post_kind: 'callback-desk', vacant: false });
});

test('the head of her station is named where the next step is his, also while no desk was vacant', async () => {
  const form = complaint();
  const filed = await story.file(form);
  const of = (await story.call(form)).complaint_number ?? '';
  await story.step('suman', of, { step: 'receive' });
  await story.step('suman', of, { step: 'sign', signed_at: (await story.now()).toString(), place: 'home' });
  const her = await story.herself(filed);
  const { next, desks } = await read(her, 'test.track', track);
  const [sho] = await h.sql<{ hi: string; en: string }>(
    'select name_hi as hi, name_en as en from posts.post where id = $1',
    [await story.post('verma')],
  );
  expect([desks.some(({ vacant }) => vacant), next.what, next.who]).toEqual([false, 'register-fir', sho]);
  const names = (await lookedAt(her)).hers.get('casework.my_names')?.rows[0];
  expect(names).toMatchObject({ chains: [] });
});

test('a session that has ended is looked at no more, and no secret shows what is another woman’s', async () => {
  const form = complaint();
  const filed = await story.file(form);
  const [one, other] = [await story.herself(filed), women.worked];
  const ids = (await Promise.all([one, other].map(lookedAt))).map(
    ({ hers }) => hers.get('casework.my_file')?.rows[0]?.id,
  );
  expect(ids).toEqual([await story.idOf(form), other.kind === 'citizen' && other.subject]);
  await h.sql(
    "update posts.session set ended_at = foundation.now() where secret_hash = sha256(convert_to($1, 'UTF8'))",
    [one.secret],
  );
  expect(await lookIn(one.secret ?? '')).toBeUndefined();
  expect(await lookIn(newId())).toBeUndefined();
  const officer = await lookIn((await h.as('verma')).secret ?? '');
  expect([officer?.who.kind, officer?.looked]).toEqual(['officer', undefined]);
});

test('what was not read is asked in a transaction of her own, which only reads', async () => {
  const looked = await lookedAt(women.worked);
  const who = await readLooked(women.worked, 'test.ask', looked, async (r) => {
    const { rows } = await sql`select current_role as role, (posts.acting()).subject as subject`.execute(r.db);
    return rows[0];
  });
  expect(who).toEqual({ role: 'itsso_citizen', subject: women.worked.kind === 'citizen' && women.worked.subject });
  const written = readLooked(women.worked, 'test.write', looked, (r) =>
    sql`select foundation.note(${newId()}, 'test.write', null, ${r.now}, '{}')`.execute(r.db),
  );
  await expect(written).rejects.toThrow(/read-only/);
});

test('the posts above are found at once as they are found one by one', async () => {
  const chains = (fn: string) => h.sql(`select c.of_post, c.n, c.post from ${fn} c order by 1, 2`);
  const one = await chains('deadlines.chain(array(select id from posts.post), foundation.now())');
  expect(one.length).toBeGreaterThan(300);
  expect(await chains('posts.above(array(select id from posts.post))')).toEqual(one);
  // a post that answers to one of another branch: from there the way goes on
  const [moved] = await h.sql<{ id: string }>(
    `update posts.post set under = (select p.id from posts.post p where p.kind = 'sho' and p.path operator(ext.<@) 'in.up.lucknow'::ext.ltree limit 1)
     where id = (select p.id from posts.post p where p.kind = 'acp' and not p.path operator(ext.<@) 'in.up.lucknow'::ext.ltree limit 1) returning id`,
  );
  const of = `array['${moved?.id}'::uuid]`;
  const way = await chains(`deadlines.chain(${of}, foundation.now())`);
  expect(way.length).toBeGreaterThan(3);
  expect(await chains(`posts.above(${of})`)).toEqual(way);
});
