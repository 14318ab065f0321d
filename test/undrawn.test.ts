// What is looked for in a text without its drawn parts is found where it was told, and nowhere else.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { undrawn } from './undrawn.ts';

const digits = (many: number) => fc.stringMatching(new RegExp(`^[0-9]{${many}}$`));
const answer = fc.record({
  id: fc.uuid(),
  sha256: fc.stringMatching(/^[0-9a-f]{64}$/),
  number: digits(12),
  seconds: fc.integer({ min: 1_600_000_000, max: 2_000_000_000 }),
  micros: digits(6),
});

test('of ids, digests, instants and numbers that are known no digit stays; of what was told every one does', () => {
  fc.assert(
    fc.property(answer, digits(5), ({ id, sha256, number, seconds, micros }, told) => {
      const at = Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toString();
      const instants = [at, `2026-01-05T10:00:00.${micros}+05:30`, `2026-01-05 10:00:00.${micros}+00`];
      const drawn = JSON.stringify([{ id, sha: sha256, href: `/file/${number}`, instants }]);
      expect(undrawn(drawn, [number]).replaceAll(/\+\d\d(?::\d\d)?/g, '')).not.toMatch(/\d/);
      for (const where of [{ mobile: `+91${told}67890` }, { mobile: `91${told}67890` }, { text: `••••${told}` }])
        expect(undrawn(`${drawn}${JSON.stringify(where)}`)).toContain(told);
    }),
  );
});
