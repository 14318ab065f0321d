// A closed case: what is told of it stands still. A closed post: its work comes up. A look: one row.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { track } from '#casework';
import { act, read } from '#foundation';
import { openByReceipt, orRefuse } from '#intake';
import { complaint, storyIn } from '../../../test/story.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  story = storyIn(h);
});
afterAll(() => h.close());

const sum = (stays: readonly { seconds: number }[]) => stays.reduce((all, { seconds }) => all + seconds, 0);

test('a month after closing nothing has grown, and the stays add up to the age of the case; opened again, it goes on', async () => {
  const form = complaint();
  const { receipt } = await story.file(form);
  const number = (await story.call(form)).complaint_number ?? '';
  const hers = async () => {
    const { token } = orRefuse(await act(h.nobody, 'intake.open', (a) => openByReceipt(a, { receipt })));
    return read(await h.citizen(token), 'casework.track', track);
  };
  await story.step('suman', number, { step: 'receive' });
  await story.step('suman', number, { step: 'sign', signed_at: (await story.now()).toString(), place: 'home' });
  await story.step('verma', number, {
    step: 'register-fir',
    fir_number: '9',
    year: 2026,
    recorded_at: (await story.now()).toString(),
    sections: [{ act: 'BNS', section: '78(2)' }],
  });
  await story.step('verma', number, { step: 'assign', to_post: await story.post('khan') });
  await h.at('2026-01-20T09:00:00+05:30');
  await story.step('khan', number, { step: 'submit-report', kind: 'charge-sheet' });
  await story.step('verma', number, { step: 'approve-report' });
  await story.step('singh', number, { step: 'approve-report' });
  const at = (await story.now()).toString();
  await story.step('verma', number, { step: 'forward-report', court: 'Special court', at });
  await h.at('2026-02-10T09:00:00+05:30');
  const closed = await story.step('verma', number, { step: 'close', outcome: 'convicted' });
  const [row] = await h.sql<{ age: number }>(
    'select floor(extract(epoch from closed_at - submitted_at))::int as age from casework.file where number = $1',
    [number],
  );
  const then = await hers();
  expect([sum(closed.desks), sum(then.desks)]).toEqual([row?.age, row?.age]);
  expect(closed.desks.at(-1)?.to).not.toBeNull();

  await h.at('2026-03-12T09:00:00+05:30');
  const later = await hers();
  expect(later.desks).toEqual(then.desks);
  expect(later.now_with).toEqual(then.now_with);
  expect(later.days_pending).toBe(then.days_pending);
  expect((await story.view('verma', number)).desks).toEqual(closed.desks);

  const again = await story.step('singh', number, { step: 'reopen', reason: 'A new witness' });
  expect(again.desks.at(-1)?.to).toBeNull();
  const age = Math.floor(again.submitted_at.until(again.as_of).total('seconds'));
  expect(sum(again.desks)).toBe(age);
});

test('one look at a file is one row of the ledger, which names the file', async () => {
  const number = await story.confirmed();
  await h.as('verma');
  const rows = () =>
    h.sql<{ id: string; deed: string; subject: string }>('select id, deed, subject from foundation.ledger');
  const before = new Set((await rows()).map(({ id }) => id));
  const { file } = await story.view('verma', number);
  const written = (await rows()).filter(({ id }) => !before.has(id));
  expect(written).toMatchObject([{ deed: 'casework.view-file', subject: file }]);
});

test('returned to a post that has been closed meanwhile, a report comes up to the post above it', async () => {
  const number = await story.confirmed();
  await story.step('suman', number, { step: 'receive' });
  const now = (await story.now()).toString();
  await story.step('suman', number, { step: 'sign', signed_at: now, place: 'home' });
  await story.step('verma', number, {
    step: 'register-fir',
    fir_number: '10',
    year: 2026,
    recorded_at: now,
    sections: [{ act: 'BNS', section: '78(2)' }],
  });
  const rekha = await story.post('rekha');
  await story.step('verma', number, { step: 'assign', to_post: rekha });
  await story.step('rekha', number, { step: 'submit-report', kind: 'charge-sheet' });
  await story.step('verma', number, { step: 'approve-report' });
  await h.sql('update posts.post set closed_on = foundation.now()::date where id = $1', [rekha]);
  const returned = await story.step('singh', number, { step: 'return-report', reason: 'The map is missing' });
  expect(returned).toMatchObject({ state: 'investigating' });
  expect(returned.desks.at(-1)).toMatchObject({ post_kind: 'sho', reason: 'report-returned', vacant: false });
  // and where the report lies with that superior already, it stays there
  const khan = await story.post('khan');
  await story.step('verma', number, { step: 'assign', to_post: khan });
  await story.step('khan', number, { step: 'submit-report', kind: 'charge-sheet' });
  await h.sql('update posts.post set closed_on = foundation.now()::date where id = $1', [khan]);
  const stays = (await story.view('verma', number)).desks.length;
  const kept = await story.step('verma', number, { step: 'return-report', reason: 'Once more' });
  expect([kept.state, kept.desks.length, kept.desks.at(-1)?.post_kind]).toEqual(['investigating', stays, 'sho']);
});
