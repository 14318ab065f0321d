import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  callbackClock,
  firstStage,
  investigationClock,
  isLate,
  LADDERS,
  nextStageAfter,
  signingClock,
  stagesUpTo,
} from './law.ts';

const at = (text: string) => Temporal.Instant.from(text);
const noon = (text: string) => at(`${text}T12:00:00+05:30`);
const RAPE = [{ act: 'BNS', section: '64(1)' }];
const anyInstant = fc
  .integer({ min: at('2018-04-22T00:00Z').epochMilliseconds, max: at('2045-01-01T00:00Z').epochMilliseconds })
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));

describe('stages', () => {
  const plan = investigationClock({ sections: RAPE, recorded_at: noon('2026-01-01'), child: false }); // due 2026-03-01
  const names = (now: string) => stagesUpTo(plan, noon(now)).map((s) => s.stage);

  test('investigation_two_months: 30, 15, 7, 3, 1 days before, on the day, the day after, then every seven', () => {
    expect(plan.stages.map((s) => s.stage)).toEqual(['T-30', 'T-15', 'T-7', 'T-3', 'T-1', 'T0', 'T+1']);
    expect(plan.repeat_every_days).toBe(7);
    expect(names('2026-01-29')).toEqual([]);
    expect(names('2026-01-30')).toEqual(['T-30']);
    expect(names('2026-03-01').at(-1)).toBe('T0');
    expect(names('2026-03-02').at(-1)).toBe('T+1');
    expect(names('2026-03-31').slice(-5)).toEqual(['T+1', 'T+8', 'T+15', 'T+22', 'T+29']);
  });

  test('investigation_two_months: the post above hears from three days before; nothing is late on the due day', () => {
    const all = stagesUpTo(plan, noon('2026-03-10'));
    expect(all.filter((s) => s.to === 'holder').map((s) => s.stage)).toEqual(['T-30', 'T-15', 'T-7']);
    expect(all.filter((s) => s.late).map((s) => s.stage)).toEqual(['T+1', 'T+8']);
  });

  test('callback: alarm at 20 hours, breach at 22, nothing after', () => {
    const filed_at = at('2026-01-05T10:00:00+05:30');
    const call = callbackClock({ filed_at });
    expect(stagesUpTo(call, filed_at.add({ hours: 20 })).map((s) => [s.stage, s.late])).toEqual([
      ['H12', false],
      ['H16', false],
      ['H20', false],
    ]);
    expect(stagesUpTo(call, filed_at.add({ hours: 22 })).at(-1)).toMatchObject({ stage: 'H22', late: true });
    expect(nextStageAfter(call, filed_at)?.at.equals(filed_at.add({ hours: 12 }))).toBe(true);
    expect(nextStageAfter(call, filed_at.add({ hours: 22 }))).toBeUndefined();
  });

  test('efir_sign: the day before, the day, the day after, then every seven', () => {
    const sign = signingClock({ received_at: noon('2026-01-05') });
    expect(stagesUpTo(sign, noon('2026-01-17')).map((s) => s.stage)).toEqual(['T-1', 'T0', 'T+1', 'T+8']);
  });

  test('one-day: at 12, 20 and 24 hours, then every week one post higher', () => {
    const started_at = noon('2026-01-05');
    const clock = { ladder: 'one-day', started_at, due_at: started_at.add({ hours: 24 }) } as const;
    expect(stagesUpTo(clock, noon('2026-01-21')).map((s) => [s.stage, s.late, s.height])).toEqual([
      ['H12', false, 0],
      ['H20', false, 1],
      ['H24', true, 2],
      ['H192', true, 3],
      ['H360', true, 4],
    ]);
  });

  test.each(Object.entries(LADDERS))(
    '%s: rungs rise in time, never sink in height before the limit, and are late after it',
    (_name, ladder) => {
      ladder.rungs.forEach((rung, n) => {
        const last = ladder.rungs[n - 1];
        if (last) expect(rung.step).toBeGreaterThan(last.step);
        if (ladder.unit === 'days') expect(rung.late).toBe(rung.step > 0);
        else expect(rung.late).toBe(n === ladder.rungs.length - 1);
      });
    },
  );

  test('the next stage is always the first one that has not come', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 0, max: 400 }), (recorded_at, days) => {
        const clock = investigationClock({ sections: RAPE, recorded_at, child: false });
        const now = recorded_at.add({ hours: 24 * days });
        const next = nextStageAfter(clock, now)?.at;
        expect(next && Temporal.Instant.compare(next, now)).toBe(1);
        const until_next = stagesUpTo(clock, next ?? now);
        expect(until_next).toHaveLength(stagesUpTo(clock, now).length + 1);
        for (const s of until_next) {
          expect(Temporal.Instant.compare(s.at, clock.started_at)).toBeGreaterThan(0);
          expect(s.late).toBe(isLate(clock, s.at));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a clock that only informs has no stages', () => {
    const started_at = noon('2026-01-05');
    const clock = { ladder: null, started_at, due_at: started_at };
    expect(stagesUpTo(clock, noon('2027-01-05'))).toEqual([]);
    expect(nextStageAfter(clock, started_at)).toBeUndefined();
    expect(firstStage(clock)).toBeUndefined();
  });
});
