// Who hears next, what waits, what counts as silent: held against what must be true of any chain and any thread.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Above, nextHearer, silentDays, toldDeeds, waitingSince } from './rules.ts';

const at = (text: string) => Temporal.Instant.from(text);
const chains = fc
  .array(fc.option(fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 8 })
  .map((officers) => officers.map((one, n): Above => ({ post: `p${n}`, path: 'in', officer: one ? `o${one}` : null })));

test('a concern climbs each post at most once, upwards, past the vacant and past its own officer, and ends', () => {
  fc.assert(
    fc.property(chains, fc.array(fc.nat(7)), (chain, blind) => {
      const sees = new Set(chain.map(({ post }) => post).filter((_, n) => !blind.includes(n)));
      const works = chain.find(({ officer }) => officer !== null);
      const heard: string[] = [];
      for (;;) {
        const next = nextHearer(chain, sees, new Set(heard));
        if (!next) break;
        expect(next.post).not.toBe('p0');
        expect(sees.has(next.post)).toBe(true);
        expect(next.post).not.toBe(works?.post);
        if (next.officer) expect(next.officer).not.toBe(works?.officer);
        expect(Number(next.post.slice(1))).toBeGreaterThan(Number((heard.at(-1) ?? 'p0').slice(1)));
        heard.push(next.post);
      }
      const from = works ? chain.indexOf(works) : 0;
      const others = chain.slice(from + 1).filter(({ post, officer }) => sees.has(post) && officer !== null);
      const left = others.filter(({ post, officer }) => officer !== works?.officer && !heard.includes(post));
      expect(left, 'nobody who could hear is left out').toEqual([]);
    }),
  );
});

test('what waits is her first message after the desk last wrote; progress is no answer', () => {
  const day = (n: number) => at('2026-01-01T00:00Z').add({ hours: 24 * n });
  const kinds = fc.array(fc.constantFrom('hers' as const, 'desk' as const, 'progress' as const), { maxLength: 12 });
  fc.assert(
    fc.property(kinds, (all) => {
      const thread = all.map((kind, n) => ({ kind, at: day(n) }));
      const since = waitingSince(thread);
      const last = all.lastIndexOf('desk');
      const first = all.findIndex((kind, n) => kind === 'hers' && n > last);
      expect(since?.toString() ?? null).toBe(first < 0 ? null : day(first).toString());
    }),
  );
});

test('silence is counted in days of India, until the file left the desk', () => {
  const now = at('2026-01-20T10:00+05:30');
  expect(silentDays(at('2026-01-19T23:59+05:30'), null, now)).toBe(1);
  expect(silentDays(at('2026-01-20T00:01+05:30'), null, now)).toBe(0);
  expect(silentDays(at('2026-01-02T10:00+05:30'), at('2026-01-12T10:00+05:30'), now)).toBe(10);
});

test('of what was done she is told each kind once, with its last day, and nothing of the desk’s own paper', () => {
  expect(
    toldDeeds([
      { step: 'statement', at: at('2026-01-02T10:00+05:30') },
      { step: 'diary', at: at('2026-01-03T10:00+05:30') },
      { step: 'seizure', at: at('2026-01-04T10:00+05:30') },
      { step: 'statement', at: at('2026-01-05T23:00+05:30') },
      { step: 'inspect', at: at('2026-01-06T10:00+05:30') },
    ]),
  ).toEqual([
    { deed: 'seizure', on: '2026-01-04' },
    { deed: 'statement', on: '2026-01-05' },
  ]);
});
