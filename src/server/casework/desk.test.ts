// The desk against a naive calculation: what is counted is what is shown, pages lose and repeat nothing, and the lines are what the files are.
import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, act, read } from '#foundation';
import { DESK_SHOWS, DESK_SORTS, type DeskRow, deskForm, deskOf } from '#casework';
import { explainDelay } from '#deadlines';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { writeMany } from '../../../test/many-files.ts';
import { byKey, factsOf, isShown, naive, ORDERS } from '../../../test/naive-desk.ts';
import { complaint, postOf, storyIn } from '../../../test/story.ts';
import { CLOCKS_TO_SHOW } from './rules.ts';
import { STATES } from './powers.ts';

const MANY = 400;
const AT = '2026-10-01T10:00:00+05:30';
let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: AT });
  const desks: string[] = [];
  for (const id of ['khan', 'rekha', 'suman', 'verma', 'singh', 'lko-io']) desks.push(postOf(await h.as(id)));
  const query = (text: string, values?: unknown[]) => h.sql(text, values);
  await writeMany({ query } as unknown as pg.Client, { from: 1, many: MANY, desks, now: AT });
});
afterAll(() => h.close());

const desk = (actor: Actor, asked: Record<string, unknown> = {}) =>
  read(actor, 'test.desk', (r) => deskOf(r, deskForm.parse(asked)));

async function walk(actor: Actor, asked: Record<string, unknown>, limit: number): Promise<DeskRow[][]> {
  const pages: DeskRow[][] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const part = await desk(actor, { ...asked, limit, ...(after ? { after } : {}) });
    pages.push(part.rows);
    after = part.older;
  }
  return pages;
}

const asks = fc.record({
  who: fc.constantFrom('khan', 'suman', 'verma', 'singh', 'lko-sho'),
  show: fc.constantFrom(...DESK_SHOWS),
  sort: fc.constantFrom(...DESK_SORTS),
  state: fc.option(fc.constantFrom(...STATES), { nil: undefined, freq: 2 }),
  category: fc.option(fc.constantFrom('stalking', 'cyber', 'acid'), { nil: undefined, freq: 3 }),
  section: fc.option(fc.constantFrom('BNS 64', 'बीएनएस 64(2)', '74 BNS'), { nil: undefined, freq: 3 }),
  limit: fc.integer({ min: 1, max: 60 }),
});
const SECTION: Record<string, (section: string) => boolean> = {
  'BNS 64': (s) => s.startsWith('64('),
  'बीएनएस 64(2)': (s) => s.startsWith('64(2)'),
  '74 BNS': (s) => s === '74',
};

describe('whatever is asked of a desk', () => {
  test('the counts and the pages are those of a naive calculation; nothing is lost or shown twice, forwards and backwards', async () => {
    const all = await factsOf(h);
    await fc.assert(
      fc.asyncProperty(asks, async ({ who, limit, ...asked }) => {
        const actor = await h.as(who);
        if (actor.kind !== 'officer') throw new Error('no officer');
        const first = await desk(actor, { ...asked, limit });
        const now = first.at.epochMilliseconds;
        const narrowed = naive(all, { post: actor.post, kind: actor.post_kind, path: actor.unit }, now).filter(
          (f) =>
            (!asked.state || f.state === asked.state) &&
            (!asked.category || f.categories.includes(asked.category)) &&
            (!asked.section || f.sections.some((s) => SECTION[asked.section ?? '']?.(s.section))),
        );
        const counts = Object.fromEntries(
          DESK_SHOWS.map((show) => [show, narrowed.filter((f) => isShown(f, show)).length]),
        );
        expect(first.counts.shows).toEqual(counts);
        for (const { state, n } of first.counts.states)
          expect(n).toBe(narrowed.filter((f) => f.state === state).length);
        const right = narrowed.filter((f) => isShown(f, asked.show)).sort(byKey(ORDERS[asked.sort]!));
        const pages = await walk(actor, asked, limit);
        expect(pages.flat().map(({ number }) => number)).toEqual(right.map(({ number }) => number));
        expect(pages.flat().map(({ group }) => group)).toEqual(right.map(({ group }) => group));
        await backFrom(actor, asked, limit, pages);
      }),
      { numRuns: Number(process.env.ITSSO_LONG ? 300 : 40) },
    );
  });

  test('a file is shown in its place, with what stands above it, and the way on from there misses nothing', async () => {
    const verma = await h.as('verma');
    const whole = (await walk(verma, {}, 200)).flat().map(({ number }) => number);
    for (const at of [0, 1, 7, 30, whole.length - 1]) {
      const part = await desk(verma, { at: whole[at], limit: 20 });
      const numbers = part.rows.map(({ number }) => number);
      expect(numbers).toContain(whole[at]);
      const from = whole.indexOf(numbers[0] ?? '');
      expect(numbers).toEqual(whole.slice(from, from + 20));
      expect(part.newer === null).toBe(from === 0);
      expect(part.older === null).toBe(from + 20 >= whole.length);
      if (part.older) {
        const next = await desk(verma, { after: part.older, limit: 20 });
        expect(next.rows[0]?.number).toBe(whole[from + 20]);
      }
    }
    expect((await desk(verma, { at: '999999999999', limit: 5 })).rows.map(({ number }) => number)).toEqual(
      whole.slice(0, 5),
    );
  });

  test('while one pages, a file that becomes late keeps its place; what was worked off leaves no gap', async () => {
    const khan = await h.as('khan');
    const before = (await walk(khan, {}, 10)).flat().map(({ number }) => number);
    const first = await desk(khan, { limit: 10 });
    await h.at('2026-10-01T23:59:59.5+05:30');
    const rest: string[] = [];
    for (let after = first.older; after; ) {
      const part = await desk(await h.as('khan'), { after, limit: 10 });
      rest.push(...part.rows.map(({ number }) => number));
      after = part.older;
    }
    expect([...first.rows.map(({ number }) => number), ...rest]).toEqual(before);
  });

  test.each([{ after: 'x' }, { before: Buffer.from('[1]').toString('base64url') }])(
    'a mark that is none is refused: %o',
    async (asked) => {
      await expect(h.as('khan').then((khan) => desk(khan, asked))).rejects.toMatchObject({ code: 'not-understood' });
    },
  );
});

async function backFrom(
  actor: Actor,
  asked: Record<string, unknown>,
  limit: number,
  pages: DeskRow[][],
): Promise<void> {
  const last = await desk(actor, {
    ...asked,
    limit,
    ...(pages.length > 1 ? { after: await markOf(actor, asked, limit, pages) } : {}),
  });
  const seen: string[] = [];
  for (let before = last.newer; before; ) {
    const part = await desk(actor, { ...asked, limit, before });
    seen.unshift(...part.rows.map(({ number }) => number));
    expect(part.older, 'the way forward is open').not.toBeNull();
    before = part.newer;
  }
  expect(seen).toEqual(
    pages
      .slice(0, -1)
      .flat()
      .map(({ number }) => number),
  );
}
async function markOf(actor: Actor, asked: Record<string, unknown>, limit: number, pages: DeskRow[][]) {
  const part: Pick<Awaited<ReturnType<typeof desk>>, 'older'> = await desk(actor, { ...asked, limit });
  let mark = part.older ?? undefined;
  for (let n = 2; n < pages.length; n++)
    mark = (await desk(actor, { ...asked, limit, after: mark })).older ?? undefined;
  return mark;
}

describe('the lines of files', () => {
  test('show the clock that the rules say', async () => {
    for (const state of STATES) {
      const rules = CLOCKS_TO_SHOW.filter((c) => c.state === state).map(({ rule }) => rule);
      const rows = await h.sql<{ rule: string }>(
        `select rule from unnest(array['callback','efir_sign','investigation_two_months','transfer_receipt','refusal_to_sp','progress_90d']) rule
         where casework.shown_clock($1, rule) is not null order by casework.shown_clock($1, rule)`,
        [state],
      );
      expect(
        rows.map(({ rule }) => rule),
        state,
      ).toEqual(rules);
    }
  });

  test('are those of the files whatever was done, and are seen by whoever sees the file', async () => {
    // in the last minute before midnight nobody is called
    await h.at('2026-10-02T09:00:00+05:30');
    const story = storyIn(h);
    const number = await story.confirmed(complaint({ happened: ['stalking', 'cyber'] }));
    await story.step('suman', number, { step: 'receive' });
    const [file] = await h.sql<{ id: string }>('select id from casework.file where number = $1', [number]);
    const line = async () =>
      (
        await h.sql<{ facets: string[]; waits_for: string | null; due_rule: string; state: string }>(
          'select facets, waits_for, due_rule, state from casework.line where number = $1',
          [number],
        )
      )[0];
    expect(await line()).toMatchObject({ state: 'received', due_rule: 'efir_sign', waits_for: null });
    expect((await line())?.facets).toEqual(
      expect.arrayContaining([
        'category:stalking',
        'category:cyber',
        'place:public',
        'state:received',
        'unit:in.up.kanpur_nagar',
      ]),
    );
    await act(await h.as('suman'), 'test.delay', (a) =>
      explainDelay(a, file?.id ?? '', { kind: 'fsl-awaited', from: Temporal.PlainDate.from('2026-10-01') }),
    );
    expect((await line())?.facets).toContain('delay:fsl-awaited');
    expect((await line())?.waits_for, 'nothing is waited for before the investigation').toBeNull();
    const wrong =
      await h.sql(`select l.number from casework.line l full join (select x.* from casework.file f, lateral casework.line_of(f.id) x) o
      on o.file = l.file where (l.*)::text is distinct from (o.*)::text`);
    expect(wrong).toEqual([]);
    for (const id of ['khan', 'verma', 'singh', 'rao', 'cp', 'lko-io', 'state', 'savita', 'auditor']) {
      const seen = await read(await h.as(id), 'test.look', async (r) => ({
        lines: await r.db
          .selectFrom('casework.line' as never)
          .select('number' as never)
          .execute(),
        files: await r.db.selectFrom('casework.file').select('number').where('number', 'is not', null).execute(),
      }));
      const sorted = (rows: unknown[]) => rows.map((row) => JSON.stringify(row)).sort();
      expect(sorted(seen.lines), id).toEqual(sorted(seen.files));
    }
  });
});
