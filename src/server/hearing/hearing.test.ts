// She is offered times inside her hours, chooses, is heard, and it is written down: through the door, on a real database.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attentionOf } from '#deadlines';
import { act, house, newId, read } from '#foundation';
import {
  askForOthers,
  callHer,
  cancelForm,
  cancelHearing,
  hearingsHere,
  hearingsOf,
  myHearings,
  offerForm,
  offerHearing,
  offerOtherTimes,
  openHearings,
  othersForm,
  outcomeForm,
  timesForm,
  writeOutcome,
} from '#hearing';
import { sentMessages } from '#notify';
import { contactOf, sealFields } from '#sealed-identity';
import { codeOf as code, HOURS, hearingIn } from '../../../test/hearing-story.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
type Told = ReturnType<typeof hearingIn>;
let story: Told['story'];
let deed: Told['deed'];
let withDesk: Told['withDesk'];
let times: Told['times'];
let offer: Told['offer'];
let choose: Told['choose'];
let sit: Told['sit'];
let untilRoom: Told['untilRoom'];
let inRoom: Told['inRoom'];
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00+05:30' });
  ({ story, deed, withDesk, times, offer, choose, sit, untilRoom, inRoom } = hearingIn(h));
});
afterAll(() => h.close());

test('times are offered inside her hours and no other; she is told discreetly, chooses once, moves it, and the officers see it', async () => {
  const { number, her, form } = await withDesk();
  const page = await deed('suman', (a) => openHearings(a, number));
  expect([page.offers, page.hours, page.posts.length > 2]).toEqual([true, HOURS, true]);
  const early = ['2026-01-06T05:00+05:30', '2026-01-06T23:15+05:30'];
  const refused = await deed('suman', (a) =>
    offerHearing(a, number, offerForm.parse({ kind: 'video', about: 'statement', times: early })),
  ).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'outside-her-hours', about: 'times', detail: { hours: '08:00–23:30' } });
  expect(await code(offer(number, {}, 'verma'))).toBe('not-on-your-desk');
  expect(await code(offer(number, {}, 'lko-sho'))).toBe('not-found');
  expect(
    offerForm.safeParse({ kind: 'video', about: 'other', times: await times(1) }).error?.issues.map((i) => i.message),
  ).toEqual(['offer-two-to-five', 'write-something']);
  const sms = async () => (await read(house(), 'test.sms', (r) => sentMessages(r, form.mobile))).length;
  await h.jobs();
  const before = await sms();
  const id = await offer(number, { about: 'other', text: 'Kanariya: what the shop saw' });
  await h.jobs();
  expect((await sms()) - before).toBe(1);
  const me = await her();
  const [mine] = await read(me, 'test.mine', myHearings);
  expect(mine).toMatchObject({
    state: 'offered',
    text: 'Kanariya: what the shop saw',
    times: [{ n: 1 }, { n: 2 }],
    woman: true,
  });
  expect(await code(choose(me, id, 3))).toBe('choose-one');
  expect(await code(choose(me, newId()))).toBe('not-found');
  expect(await code(choose(h.nobody, id))).toBe('session-over');
  const twice = await Promise.all([code(choose(me, id, 1)), code(choose(me, id, 2))]);
  expect(twice).toEqual(['done', 'done']);
  await choose(me, id, 2);
  expect((await read(await h.as('suman'), 'test.here', hearingsHere)).map((one) => [one.id, one.hears])).toContainEqual(
    [id, true],
  );
  expect(await read(await h.as('verma'), 'test.look', (r) => hearingsOf(r, number))).toMatchObject([
    { state: 'chosen' },
  ]);
  expect(await code(read(await h.as('lko-sho'), 'test.look', (r) => hearingsOf(r, number)))).toBe('not-found');
  // another of her kind sees nothing of it
  const other = await withDesk();
  expect(await read(await other.her(), 'test.mine', myHearings)).toEqual([]);
  expect(await code(choose(await other.her(), id))).toBe('not-found');
  await deed('suman', (a) => cancelHearing(a, number, id, cancelForm.parse({ reason: 'officer-away' })));
  expect(await code(choose(me, id))).toBe('hearing-over');
  await expect(h.sql("update hearing.hearing set state = 'chosen' where id = $1", [id])).rejects.toThrow(
    /not rewritten/,
  );
  await expect(h.sql('delete from hearing.event')).rejects.toThrow(/not rewritten/);
});

test('where a woman officer is asked for, no man hears her; a post that hears sees the appointment and not the file', async () => {
  const { number, her } = await withDesk();
  expect(await code(offer(number, { post: await story.post('khan') }))).toBe('women-only');
  expect(await code(offer(number, { post: await story.post('lko-io') }))).toBe('choose-a-post');
  // about the progress no section asks for a woman, until she does
  const id = await offer(number, { about: 'progress', post: await story.post('khan') });
  const me = await her();
  await deed(me, (a) => askForOthers(a, id, othersForm.parse({ text: 'Kanariya: later please', woman: 'yes' })));
  const again = async (post: string) =>
    deed('suman', async (a) => offerOtherTimes(a, number, id, timesForm.parse({ times: await times(3), post })));
  expect(await code(again(await story.post('khan')))).toBe('women-only');
  const rekha = await h.as('rekha');
  await again(await story.post('rekha'));
  expect((await read(me, 'test.mine', myHearings))[0]).toMatchObject({
    state: 'offered',
    woman: true,
    times: [{ n: 3 }, { n: 4 }, { n: 5 }],
  });
  await choose(me, id, 3);
  expect((await read(rekha, 'test.here', hearingsHere)).map((one) => one.id)).toEqual([id]);
  expect(await code(read(rekha, 'test.look', (r) => hearingsOf(r, number)))).toBe('not-found');
  expect(
    (await read(await h.as('suman'), 'test.look', (r) => hearingsOf(r, number)))[0]?.events.map(({ what, words }) => [
      what,
      words,
    ]),
  ).toEqual([
    ['offered', null],
    ['asked-others', 'Kanariya: later please'],
    ['offered', null],
    ['chosen', null],
  ]);
  await h.at((await story.now()).add({ minutes: 76 }).toString());
  expect((await sit('rekha', { hearing: id })).role).toBe('officer');
  expect(await code(sit(await h.as('suman'), { hearing: id }))).toBe('not-your-hearing');
});

test('nobody of the police comes within 15 minutes: the post above hears of it once, and she may choose again', async () => {
  const { number, her, file } = await withDesk();
  const id = await offer(number, { times: await times(3) });
  const me = await her();
  await choose(me, id, 1);
  const raised = async () =>
    (await read(await h.as('verma'), 'test.attention', attentionOf)).filter(
      (m) => m.file === file && m.rule === 'hearing',
    );
  const start = Temporal.Instant.from((await times(1))[0] ?? '');
  await h.at(start.add({ minutes: 14 }).toString());
  expect(await raised()).toEqual([]);
  await h.at(start.add({ minutes: 16 }).toString());
  await h.at(start.add({ minutes: 18 }).toString());
  expect((await raised()).map(({ stage, reason }) => [stage, reason])).toEqual([['nobody-came', 'nobody-came']]);
  const again = await her();
  expect((await read(again, 'test.mine', myHearings))[0]).toMatchObject({
    state: 'lapsed',
    times: [{ n: 2 }, { n: 3 }],
  });
  await choose(again, id, 2);
  await h.at(start.add({ minutes: 50 }).toString());
  await sit(await h.as('suman'), { hearing: id });
  await h.at(start.add({ minutes: 80 }).toString());
  expect(await raised(), 'the officer came').toHaveLength(1);
});

test('who wants no contact is never offered a phone call, and chooses none', async () => {
  const { number, her, file } = await withDesk();
  const video = await offer(number);
  const me = await her();
  const phone = await offer(number, { kind: 'phone' });
  await choose(me, phone);
  expect(await code(sit(me, { hearing: phone }))).toBe('heard-by-phone');
  await act(house(), 'test.contact', async (a) => {
    const contact = await contactOf(a, file);
    if (contact) await sealFields(a, file, { contact: { ...contact, modes: ['no_contact'] } });
  });
  expect(await code(offer(number, { kind: 'phone' }))).toBe('no-contact');
  expect(await code(choose(me, video, 1, { by_phone: 'yes' }))).toBe('no-contact');
  await choose(me, video);
  await untilRoom();
  expect(await code(deed('suman', (a) => callHer(a, number, video)))).toBe('no-contact');
});

test('the net does not hold: she is called in her hours, it counts as held, and her statement has it as its proof', async () => {
  const { id, number, her } = await inRoom();
  await sit(await h.as('suman'), { hearing: id });
  expect(await code(deed('lko-sho', (a) => callHer(a, number, id)))).toBe('not-found');
  const { dial } = await deed('suman', (a) => callHer(a, number, id));
  expect(dial).toMatch(/^tel:\+91\d{10}$/);
  const form = outcomeForm.parse({ outcome: 'held', how: 'phone', minutes: '20', statement: 'yes' });
  await deed('suman', (a) => writeOutcome(a, number, id, form));
  const [mine] = await read(await her(), 'test.mine', myHearings);
  expect(mine).toMatchObject({ state: 'held' });
  const held = mine?.events.at(-1);
  expect(held).toMatchObject({ what: 'held', form: { how: 'phone', minutes: 20, statement: expect.any(String) } });
  const view = await story.view('suman', number);
  expect(view.history.find(({ step }) => step === 'statement')?.id).toBe(held?.form.statement);
  expect(await h.sql('select 1 from hearing.seat where hearing = $1', [id])).toEqual([]);
  expect(await code(deed('suman', (a) => writeOutcome(a, number, id, form)))).toBe('hearing-over');
  // outside her hours nobody calls
  const other = await inRoom();
  await h.at('2026-01-05T23:40+05:30');
  expect(await code(deed('suman', (a) => callHer(a, other.number, other.id)))).toBe('not-callable-now');
  const missed = outcomeForm.parse({ outcome: 'not-held', reason: 'not-reached' });
  await deed('suman', (a) => writeOutcome(a, other.number, other.id, missed));
  expect((await read(await other.her(), 'test.mine', myHearings))[0]?.state).toBe('not-held');
});
