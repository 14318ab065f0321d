// Finding files: by what stands in them, in either script; by a number or a name with a reason; and never beyond one's sight.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, act, house, read } from '#foundation';
import {
  answerSign,
  LOOK_UP_REASONS,
  LOOK_UP_SIGNS,
  lookUp,
  lookUpSigns,
  MOST_LOOK_UPS,
  search,
  searchForm,
} from '#casework';
import { watch as hashesNames } from '#sealed-identity';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { complaint, postOf, storyIn } from '../../../test/story.ts';

let h: TestHouse;
let ramesh = '';
let cyber = '';
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  const story = storyIn(h);
  const accused = (name: string, more: object[] = []) => [{ known: true, name }, ...more];
  ramesh = await story.confirmed(
    complaint({ mobile: '9811111111', accused: accused('श्री रमेश कुमार यादव', [{ known: true, name: 'Sunil' }]) }),
  );
  cyber = await story.confirmed(
    complaint({
      mobile: '9822222222',
      happened: ['cyber', 'stalking'],
      where: { place_type: 'online', url: 'x' },
      accused: accused('Firoz Ahmad'),
    }),
  );
  for (const number of [ramesh, cyber]) await story.step('suman', number, { step: 'receive' });
  await story.step('suman', ramesh, { step: 'sign', signed_at: '2026-01-05T10:00:00+05:30', place: 'station' });
  await story.step('verma', ramesh, {
    step: 'register-fir',
    fir_number: '0412',
    year: 2026,
    recorded_at: '2026-01-05T10:00:00+05:30',
    offence_on: '2026-01-01',
    code: 'BNS',
    sections: [{ act: 'BNS', section: '64(2)(m)' }],
  });
}, 120_000);
afterAll(() => h.close());

const find = async (who: string, asked: Record<string, unknown>) => {
  const found = await read(await h.as(who), 'casework.search', (r) => search(r, searchForm.parse(asked)));
  return { ...found, numbers: found.rows.map(({ number }) => number).sort() };
};
const look = async (actor: Actor, by: 'mobile' | 'accused-name', value: string) =>
  (await act(actor, 'casework.look-up', (a) => lookUp(a, { by, value, reason: 'order' }))).rows.map(
    (row) => row.number,
  );

describe('openly', () => {
  test.each([['412'], ['412/26'], ['४१२/२०२६'], ['64'], ['BNS 64'], ['bns64(2)'], ['बीएनएस 64(2)(m)'], ['64(2)(m)']])(
    '"%s" finds the file with the FIR and its section',
    async (q) => {
      expect((await find('verma', { q })).numbers).toEqual([ramesh]);
    },
  );

  test.each([
    ['साइबर'],
    ['saibar'],
    ['cyber online'],
    ['ऑनलाइन पीछा'],
    ['peecha phone'],
    ['इंटरनेट कल्याणपुर'],
    ['kalyanpur online'],
  ])('"%s" finds the file about the internet, in either script', async (q) => {
    expect((await find('verma', { q })).numbers).toEqual([cyber]);
  });

  test('a complaint number, with and without spaces, and in Devanagari digits', async () => {
    const fours = cyber.replace(/(\d{4})(?=\d)/g, '$1 ');
    const devanagari = [...cyber].map((digit) => String.fromCodePoint(0x966 + Number(digit))).join('');
    for (const q of [cyber, fours, devanagari]) expect((await find('suman', { q })).numbers).toEqual([cyber]);
  });

  test('fields narrow each other; days are days in India', async () => {
    expect((await find('verma', { category: 'stalking' })).numbers).toEqual([ramesh, cyber].sort());
    expect((await find('verma', { category: 'stalking', place: 'online' })).numbers).toEqual([cyber]);
    expect((await find('verma', { state: 'investigating' })).numbers).toEqual([ramesh]);
    expect((await find('verma', { from: '2026-01-05', until: '2026-01-05' })).numbers).toHaveLength(2);
    expect((await find('verma', { until: '2026-01-04' })).numbers).toEqual([]);
    expect((await find('verma', { from: '2026-01-06' })).numbers).toEqual([]);
    const [row] = (await find('verma', { fir: '412/2026' })).rows;
    expect((await find('verma', { register: `${row?.register?.serial}/${row?.register?.year}` })).numbers).toEqual([
      ramesh,
    ]);
    expect((await find('verma', { register: '999/2026' })).numbers).toEqual([]);
  });

  test('a word that means nothing is said, and nothing is guessed', async () => {
    const { rows, meant } = await find('verma', { q: 'साइबर qwrtzpsd' });
    expect(rows).toEqual([]);
    expect(meant).toEqual([
      { word: 'साइबर', codes: ['category:cyber'] },
      { word: 'qwrtzpsd', codes: [] },
    ]);
    await expect(find('verma', {})).rejects.toMatchObject({ code: 'search-empty' });
    await expect(find('verma', { q: 'cyber', after: 'x' })).rejects.toMatchObject({ code: 'not-understood' });
    await expect(find('savita', { q: '999' })).resolves.toMatchObject({ rows: [] });
    await expect(read(h.nobody, 'test', (r) => search(r, searchForm.parse({ q: '1' })))).rejects.toMatchObject({
      code: 'not-your-power',
    });
  });

  test('a part leads to the next, and each file comes once', async () => {
    const first = await find('verma', { category: 'stalking', limit: 1 });
    const second = await find('verma', { category: 'stalking', limit: 1, after: first.older ?? '' });
    expect([...first.numbers, ...second.numbers].sort()).toEqual([ramesh, cyber].sort());
    expect(second.older).toBeNull();
  });

  test('nobody finds what is out of sight: not by its number, not by anything', async () => {
    for (const who of ['lko-io', 'lko-sho', 'kiran', 'aruna', 'auditor', 'savita'])
      for (const asked of [{ q: ramesh }, { q: '412/2026' }, { category: 'stalking' }, { q: 'kalyanpur' }])
        expect(
          (await find(who, asked)).numbers.filter((n) => n === ramesh || n === cyber),
          who,
        ).toEqual([]);
    for (const who of ['singh', 'rao', 'cp', 'state', 'national']) {
      const { numbers } = await find(who, { category: 'stalking' });
      expect(numbers, `${who}: each once`).toEqual([ramesh, cyber].sort());
      const first = await find(who, { category: 'stalking', limit: 1 });
      const rest = await find(who, { category: 'stalking', limit: 1, after: first.older ?? '' });
      expect([...first.numbers, ...rest.numbers].sort(), who).toEqual(numbers);
    }
    expect((await find('khan', { category: 'stalking' })).numbers, 'an investigator sees what lies with him').toEqual(
      [],
    );
  });
});

describe('with a reason', () => {
  test('by a number, typed as it comes; only in sight', async () => {
    await h.jobs();
    expect(await look(await h.as('verma'), 'mobile', '९८११ १११ १११')).toEqual([ramesh]);
    expect(await look(await h.as('verma'), 'mobile', '+91 98222-22222')).toEqual([cyber]);
    expect(await look(await h.as('aruna'), 'mobile', '9811111111')).toEqual([]);
    await expect(look(await h.as('verma'), 'mobile', '12')).rejects.toMatchObject({
      code: 'mobile-wrong',
      about: 'value',
    });
  });

  test.each([['Ramesh'], ['रमेश'], ['RAMEESH YADAV'], ['यादव रमेश'], ['ramesh kumar']])(
    'by how the name of an accused sounds: %s',
    async (name) => {
      expect(await look(await h.as('singh'), 'accused-name', name)).toEqual([ramesh]);
      expect(await look(await h.as('aruna'), 'accused-name', name)).toEqual([]);
    },
  );

  test('all words must be of one person; her own name finds nothing; titles are no names', async () => {
    const singh = await h.as('singh');
    expect(await look(singh, 'accused-name', 'Ramesh Sunil')).toEqual([]);
    expect(await look(singh, 'accused-name', 'Firoz')).toEqual([cyber]);
    expect(await look(singh, 'accused-name', 'फिरोज अहमद')).toEqual([cyber]);
    expect(await look(singh, 'accused-name', 'Kanariya Devi')).toEqual([]);
    expect(await look(singh, 'accused-name', 'श्री')).toEqual([]);
    await expect(look(singh, 'accused-name', 'अ')).rejects.toMatchObject({ code: 'name-too-short' });
  });

  test('each look-up is written down with its reason and how many it showed, each file that was shown has its line, and nothing says what was looked for', async () => {
    const verma = await h.as('verma');
    await h.sql('delete from casework.look_up');
    await act(verma, 'casework.look-up', (a) => lookUp(a, { by: 'mobile', value: '9811111111', reason: 'she-asks' }));
    await act(verma, 'casework.look-up', (a) =>
      lookUp(a, { by: 'accused-name', value: 'Zzyzx', reason: 'same-accused' }),
    );
    const rows = await h.sql('select post, looked_by, reason, found from casework.look_up order by at');
    expect(rows).toEqual([
      { post: postOf(verma), looked_by: 'mobile', reason: 'she-asks', found: 1 },
      { post: postOf(verma), looked_by: 'accused-name', reason: 'same-accused', found: 0 },
    ]);
    const [line] = await h.sql<{ detail: object }>(
      `select detail from foundation.ledger where deed = 'file.look-up' and subject = (select id from casework.file where number = $1) order by at desc limit 1`,
      [ramesh],
    );
    expect(line?.detail).toEqual({ by: 'mobile', reason: 'she-asks' });
    const [all] = await h.sql<{ t: string }>(
      `select (select string_agg(l::text, '') from foundation.ledger l) || (select string_agg(u::text, '') from casework.look_up u)
        || (select string_agg(n::text, '') from sealed.name_token n) as t`,
    );
    for (const never of ['9811111111', 'Zzyzx', 'zzyzx', 'rms', 'रमेश', 'Ramesh', 'Firoz', 'firuj'])
      expect(all?.t).not.toContain(never);
    expect(LOOK_UP_REASONS).not.toContain('');
  });

  test('thirty an hour and not one more, also for those who look at once; after an hour again', async () => {
    const aruna = await h.as('aruna');
    await h.sql('delete from casework.look_up');
    for (let n = 0; n < MOST_LOOK_UPS - 3; n++) await look(aruna, 'accused-name', 'Kanariya');
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => look(aruna, 'accused-name', 'Kanariya')));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    await expect(look(aruna, 'accused-name', 'Kanariya')).rejects.toMatchObject({ code: 'too-many-look-ups' });
    await h.at('2026-01-05T11:30:00+05:30');
    expect(await look(await h.as('aruna'), 'accused-name', 'Kanariya')).toEqual([]);
  });
});

describe('look-ups that stand out', () => {
  const raised = async (who: string) =>
    (await read(await h.as(who), 'test.signs', lookUpSigns)).map(({ sign, n }) => `${sign} ${n}`).sort();

  test('more than the table lets pass is raised to the post above, once a day; who looks sees nothing of it', async () => {
    await h.at('2026-01-06T10:00:00+05:30');
    await h.sql('delete from casework.look_up_beyond');
    await h.sql('delete from casework.look_up_sign');
    await h.sql('delete from casework.look_up');
    const { more_than } = LOOK_UP_SIGNS['many-in-an-hour'];
    for (let n = 0; n < more_than; n++) await look(await h.as('khan'), 'accused-name', 'Kanariya');
    expect(await raised('verma')).toEqual([]);
    for (let n = 0; n < 3; n++) await look(await h.as('khan'), 'accused-name', 'Kanariya');
    expect(await raised('verma')).toEqual([`many-in-an-hour ${more_than + 1}`]);
    // the post itself, those beside it, and those further up to whom it was not raised
    for (const who of ['khan', 'rekha', 'aruna', 'singh']) expect(await raised(who), who).toEqual([]);
    // whoever audits the state sees it too: a superior who shuts his eyes is seen doing so
    expect(await raised('auditor')).toEqual([`many-in-an-hour ${more_than + 1}`]);
  });

  test('a name like the officer’s own is raised at the first look-up, another is not', async () => {
    const rekha = await h.as('rekha');
    const [me] = await h.sql<{ name_en: string }>('select name_en from posts.officer where id = $1', [
      rekha.kind === 'officer' ? rekha.officer : '',
    ]);
    await look(rekha, 'accused-name', 'Kanariya');
    expect(await raised('verma')).not.toContain('own-name 1');
    await look(rekha, 'accused-name', me?.name_en.split(' ').at(-1) ?? '');
    expect(await raised('verma')).toContain('own-name 1');
    await h.sql(`delete from casework.look_up_sign where sign = 'own-name'`);
  });

  test('by night, and numbers of files of other units: counted apart, and the answer to whoever looks is the same "nothing"', async () => {
    await h.at('2026-01-06T23:30:00+05:30');
    const khan = await h.as('khan');
    for (let n = 0; n < 4; n++) expect(await look(khan, 'mobile', '9811111111')).toEqual([]);
    expect(await raised('verma')).toEqual(['beyond-its-sight 4', 'by-night 4', 'many-in-an-hour 11']);
    // a number of nobody's is no sign
    await h.sql(`delete from casework.look_up_sign where sign = 'beyond-its-sight'`);
    await h.sql('delete from casework.look_up_beyond');
    for (let n = 0; n < 4; n++) await look(khan, 'mobile', '9899999999');
    expect(await raised('verma')).toEqual(['by-night 4', 'many-in-an-hour 11']);
  });

  test('whoever it was raised to writes what came of asking; nobody else can, and it is sealed', async () => {
    const verma = await h.as('verma');
    const [sign, other] = await read(verma, 'test.signs', lookUpSigns);
    const say = (by: Actor, id = sign?.id ?? '') =>
      act(by, 'test.answer', (a) => answerSign(a, id, 'Kanariya: a raid'));
    await expect(say(await h.as('auditor'))).rejects.toMatchObject({ code: 'not-your-power' });
    for (const who of ['khan', 'aruna'])
      await expect(say(await h.as(who)), who).rejects.toMatchObject({ code: 'not-found' });
    await say(verma);
    await expect(say(verma)).rejects.toMatchObject({ code: 'already-acknowledged' });
    expect((await read(verma, 'test.signs', lookUpSigns)).map(({ id }) => id)).toEqual([other?.id]);
    const [row] = await h.sql<{ t: string }>(
      `select encode(sealed_note, 'escape') as t from casework.look_up_sign where id = '${sign?.id}'`,
    );
    expect(row?.t).not.toContain('Kanariya');
  });
});

describe('a Zero FIR', () => {
  const ZERO = ['zero 77/26', 'ज़ीरो एफआईआर 77', 'जीरो 0077/2026', '77/2026'];
  const sent = async (who: string, q: string) => (await find(who, { q })).elsewhere.map(({ number }) => number);

  test('is found by its number at the station that has it now, and as a line at the one that recorded it', async () => {
    await h.at('2026-01-07T10:00:00+05:30');
    const story = storyIn(h);
    const aruna = await h.as('aruna');
    const number = await story.confirmed(complaint());
    const at = async () => (await story.now()).toString();
    await story.step('suman', number, { step: 'receive' });
    await story.step('suman', number, { step: 'sign', signed_at: await at(), place: 'home' });
    await story.step('verma', number, {
      step: 'zero-fir',
      to_unit: aruna.kind === 'officer' ? aruna.unit : '',
      zero_number: '0077',
      year: 2026,
      recorded_at: await at(),
      offence_on: '2026-01-01',
      sections: [{ act: 'BNS', section: '78' }],
    });
    for (const q of ZERO) {
      expect((await find('aruna', { q })).numbers, q).toEqual([number]);
      expect((await find('verma', { q })).numbers, q).toEqual([]);
      expect(await sent('verma', q), q).toEqual([number]);
      expect(await sent('aruna', q), q).toEqual([]);
    }
    expect((await find('aruna', { zero: '77/2026' })).numbers).toEqual([number]);
    expect((await find('aruna', { zero: '77/2025' })).numbers).toEqual([]);
    for (const who of ['khan', 'suman', 'lko-sho']) expect(await sent(who, 'zero 77/26'), who).toEqual([]);
    // years later too, when the list of files elsewhere has long forgotten it; and then under its FIR as well
    await story.step('aruna', number, { step: 'accept-transfer', fir_number: '78', year: 2026 });
    await h.at('2026-03-20T10:00:00+05:30');
    expect(await sent('verma', '77/2026')).toEqual([number]);
    for (const q of ['78/2026', '77/2026', 'zero 77'])
      expect((await find('aruna', { q })).numbers, q).toEqual([number]);
  });
});

test('names of files that were here before are hashed in the background, some at a time, and then nothing is left to do', async () => {
  const before = await h.sql<{ t: string }>('select n::text as t from sealed.name_token n order by 1');
  expect(before.length).toBeGreaterThan(3);
  await h.sql('delete from sealed.name_token');
  await h.sql('update sealed.name_mark set done = false, after = null');
  expect(await look(await h.as('singh'), 'accused-name', 'Ramesh')).toEqual([]);
  await h.at('2026-01-05T13:00:00+05:30');
  expect(await h.sql<{ t: string }>('select n::text as t from sealed.name_token n order by 1')).toEqual(before);
  expect(await h.sql('select done from sealed.name_mark')).toEqual([{ done: true }]);
  expect(await look(await h.as('singh'), 'accused-name', 'Ramesh')).toEqual([ramesh]);
  expect(await act(house(), 'test.again', hashesNames.sweep)).toBe(false);
});
