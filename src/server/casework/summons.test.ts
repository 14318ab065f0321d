// A woman is not called to the station: reasons of a list, her answer, what became of it, and who calls how often.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  answersHere,
  answerSummon,
  summonAnswerForm,
  summonsCounted,
  stepForm,
  SUMMON_REASONS,
  track,
  WHY_NOT_AT_HOME,
} from '#casework';
import { acknowledge, attentionOf } from '#deadlines';
import { act, type Actor, house, read, Refusal } from '#foundation';
import { sentMessages } from '#notify';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { complaint, storyIn } from '../../../test/story.ts';
import { isBeyond, NAMED_BY_LAW, PROMISED, summonsesIn, tallyOf } from './summon-rules.ts';

describe('the rules', () => {
  const at = Temporal.Instant.from('2026-03-01T10:00:00+05:30');
  const step = (id: string, name: string, form: Record<string, unknown>) => ({
    id,
    step: name,
    at,
    form: { at: at.toString(), ...form },
  });

  test('three occasions are named by law, one visit is promised, everything else is beyond', () => {
    expect(SUMMON_REASONS.filter((why) => !isBeyond(why)).sort()).toEqual(
      [...Object.keys(NAMED_BY_LAW), PROMISED].sort(),
    );
    for (const law of Object.values(NAMED_BY_LAW)) expect(law).toMatch(/^BNSS 1(73|83|84)/);
    expect(isBeyond('documents'), 'an old, freely written one').toBe(true);
  });

  test('what became of it is the last thing that was written of it; an old row has no reasons and stays readable', () => {
    const seen = summonsesIn([
      step('a', 'summon', { why: 'documents' }),
      step('b', 'summon', { why: 'clarification', cannot: 'equipment', agreed: false }),
      step('c', 'summon-result', { summon: 'b', result: 'not-held' }),
      step('d', 'summon-result', { summon: 'b', result: 'heard-at-home' }),
    ]);
    expect(seen).toMatchObject([
      { id: 'a', why: 'documents', beyond: true, cannot: null, agreed: null, result: null },
      { id: 'b', cannot: 'equipment', agreed: false, result: { result: 'heard-at-home' } },
    ]);
  });

  test('the parts add up to the whole', () => {
    const rows = SUMMON_REASONS.map((why, n) => ({
      why,
      agreed: n % 2 === 0,
      result: n % 3 ? null : 'attended',
      n: n + 1,
    }));
    const { all, by_law, promised, beyond, agreed } = tallyOf(rows);
    expect(by_law + promised + beyond).toBe(all);
    expect(agreed).toBeLessThanOrEqual(beyond);
  });
});

describe('in a case', () => {
  let h: TestHouse;
  let story: ReturnType<typeof storyIn>;
  const form = complaint();
  let number: string;
  let herself: () => Promise<Actor>;
  beforeAll(async () => {
    h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
    story = storyIn(h);
    const filed = await story.file(form);
    number = (await story.call(form)).complaint_number ?? '';
    herself = () => story.herself(filed);
    await story.step('suman', number, { step: 'receive' });
    await story.step('verma', number, { step: 'assign', to_post: await story.post('khan') });
  });
  afterAll(() => h.close());

  const code = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => (error instanceof Refusal ? `${error.code} ${error.about ?? ''}`.trim() : String(error)),
    );
  const ASK = { step: 'summon', at: '2026-01-09T11:00:00+05:30', place: 'station' };
  const WHY = { note: 'Kanariya: a bag', cannot: WHY_NOT_AT_HOME[2], agreed: true };
  const hers = async () => (await read(await herself(), 'casework.track', track)).appearances;
  const answer = async (id: string, said: string, text?: string) =>
    act(await herself(), 'test.answer', (a) => answerSummon(a, id, summonAnswerForm.parse({ answer: said, text })));
  const waits = async (who: string) => read(await h.as(who), 'test.here', answersHere);
  const raised = async (who: string) =>
    (await read(await h.as(who), 'test.attention', attentionOf)).filter(({ rule }) => rule === 'summon-answered');

  test('what is beyond law and promise takes words, a reason why not at home, and whether she agreed', async () => {
    expect(stepForm.safeParse({ ...ASK, why: 'because' }).success).toBe(false);
    const ask = (more: Record<string, unknown>) => code(story.step('khan', number, { ...ASK, ...more }));
    const why = 'identification';
    expect(await ask({ why })).toBe('say-what-for note');
    expect(await ask({ why, note: WHY.note })).toBe('say-why-not-at-home cannot');
    expect(await ask({ why, note: WHY.note, cannot: WHY.cannot })).toBe('say-if-she-agreed agreed');
    expect(await ask({ why, ...WHY, at: '2026-01-04T11:00:00+05:30' })).toBe('not-in-the-past at');
    const before = (await read(house(), 'test.sms', (r) => sentMessages(r, form.mobile))).length;
    expect(await ask({ why, ...WHY, agreed: false })).toBe('done');
    expect(await ask({ why: 'medical', place: 'hospital' })).toBe('done');
    await h.jobs();
    const sent = (await read(house(), 'test.sms', (r) => sentMessages(r, form.mobile))).slice(before);
    expect(sent.length).toBeGreaterThan(0);
    for (const { text } of sent) expect(text).not.toMatch(/Kanariya|station|hospital|11:00/);
    expect(await hers()).toMatchObject({
      promised: 1,
      asked: 2,
      attended: 0,
      reasons: ['identification', 'medical'],
      items: [
        { law: null, beyond: true, agreed: false, cannot: WHY.cannot, told: 'station · Kanariya: a bag', answers: [] },
        { law: 'BNSS 184', beyond: false, told: 'hospital' },
      ],
    });
  });

  test('she answers, it reaches the desk and the file; nobody else; her words lie sealed', async () => {
    const [first] = (await hers()).items;
    await answer(first!.id, 'come');
    await answer(first!.id, 'at-home', 'Kanariya: not the station');
    expect(await waits('khan')).toMatchObject([{ number, answer: 'at-home' }]);
    expect(await waits('verma')).toEqual([]);
    expect(await waits('rekha')).toEqual([]);
    expect((await raised('khan')).map((one) => one.number)).toEqual([number]);
    const seen = await story.view('khan', number);
    expect(seen.appearances[0]?.answers).toMatchObject([
      { answer: 'come', text: null },
      { answer: 'at-home', text: 'Kanariya: not the station' },
    ]);
    expect(await code(story.view('lko-sho', number))).toBe('not-found');
    const rows = await h.sql<{ t: string }>('select x::text as t from casework.summon_answer x');
    expect(rows.map(({ t }) => t).join()).not.toContain('Kanariya');
    // to somebody else it does not exist
    const other = await story.herself(await story.file(complaint()));
    expect(
      await code(
        act(other, 'test.answer', (a) => answerSummon(a, first!.id, summonAnswerForm.parse({ answer: 'come' }))),
      ),
    ).toBe('not-found');
    expect(await code(act(h.nobody, 'test.answer', (a) => answerSummon(a, first!.id, { answer: 'come' })))).toBe(
      'session-over',
    );
    const [alarm] = await raised('khan');
    await act(await h.as('khan'), 'test.heard', (a) => acknowledge(a, alarm!.id, 'We go to her.'));
    expect(await raised('khan')).toEqual([]);
  });

  test('what became of it is written once it is known; then there is nothing left to answer', async () => {
    const [first] = (await hers()).items;
    const at = (await story.now()).toString();
    const wrong = { step: 'summon-result', summon: crypto.randomUUID(), result: 'attended', at };
    expect(await code(story.step('khan', number, wrong))).toBe('no-such-summon summon');
    await story.step('khan', number, { step: 'summon-result', summon: first!.id, result: 'heard-at-home', at });
    expect((await hers()).items[0]?.result).toMatchObject({ result: 'heard-at-home' });
    expect(await code(answer(first!.id, 'come'))).toBe('summon-over');
    expect(await waits('khan')).toEqual([]);
    // without an id it is the last one that is open
    await story.step('khan', number, { step: 'summon-result', result: 'attended', at });
    expect(await hers()).toMatchObject({ asked: 2, attended: 1 });
    expect(await code(story.step('khan', number, { step: 'summon-result', result: 'attended', at }))).toBe(
      'no-such-summon summon',
    );
  });

  test('it is counted by officer and station: above sees below, nobody sees beside, no file is named', async () => {
    const seen = async (who: string) => read(await h.as(who), 'test.count', summonsCounted);
    for (const who of ['verma', 'singh', 'state', 'khan'])
      expect(await seen(who), who).toMatchObject({
        total: { all: 2, by_law: 1, promised: 0, beyond: 1, agreed: 0, came: 0 },
        rows: [{ all: 2, beyond: 1, post_name: { en: expect.stringContaining('Investigating') } }],
        stations: [{ all: 2 }],
      });
    for (const who of ['rekha', 'lko-sho', 'auditor', 'savita']) expect((await seen(who)).rows, who).toEqual([]);
    expect(JSON.stringify(await seen('state'))).not.toMatch(new RegExp(`${number}|Kanariya`));
    // it stays with the post that wrote it, wherever the file goes, and passes out of sight after ninety days
    await story.step('khan', number, { step: 'move', to_post: await story.post('singh'), reason: 'x' });
    expect((await seen('verma')).total.all).toBe(2);
    await h.at((await story.now()).add({ hours: 24 * 91 }).toString());
    expect((await seen('verma')).total.all).toBe(0);
  });
});

describe('her earlier complaint', () => {
  let h: TestHouse;
  let story: ReturnType<typeof storyIn>;
  beforeAll(async () => {
    h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
    story = storyIn(h);
  });
  afterAll(() => h.close());

  test('as she told it, with its own age; then as the FIR that was joined has it', async () => {
    const earlier = {
      station: 'Kanariya thana',
      number: '12',
      year: 2025,
      on: '2025-11-06',
      officer: 'SI X',
      refused: true,
    };
    const form = complaint({ earlier });
    const filed = await story.file(form);
    const seen = async () => (await read(await story.herself(filed), 'casework.track', track)).earlier;
    expect(await seen()).toMatchObject({
      source: 'as-told',
      station: 'Kanariya thana',
      number: '12',
      refused: true,
      days: 60,
    });
    const number = (await story.call(form)).complaint_number ?? '';
    await story.step('suman', number, { step: 'receive' });
    await story.step('verma', number, {
      step: 'link-fir',
      station: 'in.up.kanpur_nagar.west.circle_12.kalyanpur',
      fir_number: '77',
      year: 2025,
      recorded_at: '2025-10-27T10:00:00+05:30',
      offence_on: '2025-10-20',
      sections: [{ act: 'BNS', section: '78' }],
    });
    expect(await seen()).toMatchObject({
      source: 'on-record',
      station: { en: expect.stringContaining('Kalyanpur') },
      number: '77',
      year: 2025,
      days: 70,
      refused: true,
    });
  });

  test('without a day there is no age, and without one at all nothing is shown', async () => {
    const told = await story.file(complaint({ earlier: { year: 2024 } }));
    expect((await read(await story.herself(told), 'casework.track', track)).earlier).toMatchObject({
      days: null,
      year: 2024,
    });
    const none = await story.file(complaint());
    expect((await read(await story.herself(none), 'casework.track', track)).earlier).toBeNull();
  });
});
