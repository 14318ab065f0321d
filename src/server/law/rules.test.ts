import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addCalendarMonths,
  type CaseFacts,
  type ClockPlan,
  callbackClock,
  daysBetween,
  endOfIstDay,
  investigationClock,
  isLate,
  istDay,
  istMidnight,
  NO_SECTION,
  planRule,
  sectionInList,
  signingClock,
  type WhyStep,
} from './law.ts';
import table from './two-month-vectors.json' with { type: 'json' };

const facts = (received_at: Temporal.Instant, known: Partial<CaseFacts> = {}): CaseFacts => ({
  received_at,
  sections: [],
  child: false,
  categories: [],
  offence_on: null,
  ...known,
});
const must = (plan: ClockPlan | undefined): ClockPlan => {
  if (!plan) throw new Error('no clock');
  return plan;
};
const progressClock = ({ recorded_at }: { recorded_at: Temporal.Instant }) =>
  must(planRule('progress_90d', { moment: 'information-recorded', at: recorded_at }, facts(recorded_at)));
const pocsoReportClock = ({ received_at }: { received_at: Temporal.Instant }) =>
  must(
    planRule(
      'pocso_report_24h',
      { moment: 'information-received', at: received_at },
      facts(received_at, { child: true }),
    ),
  );
const medicalClock = ({ received_at, sections }: { received_at: Temporal.Instant; sections: CaseFacts['sections'] }) =>
  planRule(
    'victim_medical_24h',
    { moment: 'information-recorded', at: received_at.add({ hours: 100 }) },
    facts(received_at, { sections }),
  );

const day = (text: string) => Temporal.PlainDate.from(text);
const at = (text: string) => Temporal.Instant.from(text);
const noon = (text: string) => at(`${text}T12:00:00+05:30`);
const RAPE = [{ act: 'BNS', section: '64(1)' }];
const OLD_RAPE = [{ act: 'IPC', section: '376(2)(n)' }];
const CRUELTY = [{ act: 'BNS', section: '85' }];

const investigation = (recorded: string, sections = RAPE, child = false) =>
  investigationClock({ sections, recorded_at: noon(recorded), child });
const codes = (plan: ClockPlan) => plan.steps.map((step) => step.code);
const step = <C extends WhyStep['code']>(plan: ClockPlan, code: C) =>
  plan.steps.find((s): s is Extract<WhyStep, { code: C }> => s.code === code);

const anyInstant = fc
  .integer({ min: at('2018-04-22T00:00Z').epochMilliseconds, max: at('2045-01-01T00:00Z').epochMilliseconds })
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
const anySection = fc.oneof(
  fc.record({ act: fc.constant('BNS'), section: fc.integer({ min: 60, max: 130 }).map(String) }),
  fc.record({ act: fc.constant('POCSO'), section: fc.integer({ min: 3, max: 23 }).map(String) }),
  fc.record({
    act: fc.constant('IPC'),
    section: fc.constantFrom('354', '376', '376A', '376DB', '376F', '498A', '509'),
  }),
);
const anySections = fc.array(anySection, { maxLength: 4 });

describe('investigation_two_months: two months are calendar months', () => {
  test.each(table.vectors)(
    'investigation_two_months: recorded $recorded, due $due_two_calendar_months, late from $first_late_day',
    (vector) => {
      const sections = vector.regime === 'CrPC' ? OLD_RAPE : RAPE;
      const plan = investigation(vector.recorded, sections);
      expect(plan.kind).toBe('law');
      expect(plan.authority).toBe(vector.regime === 'CrPC' ? 'CrPC 173(1A)' : 'BNSS 193(2)');
      expect(plan.due_on.toString()).toBe(vector.due_two_calendar_months);
      expect(step(plan, 'not-sixty-days')).toEqual({
        code: 'not-sixty-days',
        sixty_on: vector.day_60_itsso_style,
        days_in_period: vector.days_in_period,
      });
      expect(isLate(plan, endOfIstDay(plan.due_on))).toBe(false);
      expect(isLate(plan, istMidnight(day(vector.first_late_day)))).toBe(true);
    },
  );

  test.each(table.vectors)('progress_90d: recorded $recorded, told by $progress_90_days', (vector) => {
    const plan = progressClock({ recorded_at: noon(vector.recorded) });
    expect(plan.due_on.toString()).toBe(vector.progress_90_days);
    expect(plan.kind).toBe(vector.regime === 'CrPC' ? 'police-target' : 'law');
  });

  test('investigation_two_months: there are twenty vectors', () => expect(table.vectors).toHaveLength(20));

  test('investigation_two_months: a recording at half past eleven at night counts from that day in India', () => {
    const plan = investigationClock({ sections: RAPE, recorded_at: at('2026-01-01T23:30:00+05:30'), child: false });
    expect(plan.due_on.toString()).toBe('2026-03-01');
    expect(plan.due_at.toString()).toBe('2026-03-01T18:29:59.999Z');
  });

  test('investigation_two_months: the date explains itself, clamping included', () => {
    const plan = investigation('2025-12-31');
    expect(codes(plan)).toEqual([
      'started',
      'section-listed',
      'rule',
      'first-day-excluded',
      'months-counted',
      'clamped',
      'not-sixty-days',
      'due',
    ]);
    expect(step(plan, 'months-counted')?.on).toEqual(['2026-01-31', '2026-02-28']);
    expect(step(plan, 'clamped')).toMatchObject({ day: 31, month: '2026-02', on: '2026-02-28' });
    expect(step(plan, 'section-listed')).toMatchObject({ act: 'BNS', section: '64(1)', list: 'BNSS 193(2)' });
    expect(step(plan, 'due')).toMatchObject({ on: '2026-02-28', late_from: '2026-02-28T18:30:00Z' });
  });

  test('investigation_two_months: the due day is never before day 59 nor after day 62, and its day is kept or clamped', () => {
    fc.assert(
      fc.property(anyInstant, anySections, (recorded_at, sections) => {
        const plan = investigationClock({ sections, recorded_at, child: false });
        const start = istDay(recorded_at);
        const days = daysBetween(start, plan.due_on);
        expect(days).toBeGreaterThanOrEqual(59);
        expect(days).toBeLessThanOrEqual(62);
        expect(plan.due_on.day).toBe(Math.min(start.day, plan.due_on.daysInMonth));
        expect(plan.due_on.equals(addCalendarMonths(start, 2))).toBe(true);
      }),
    );
  });

  test('investigation_two_months: on time to the last millisecond, late with the next day', () => {
    fc.assert(
      fc.property(anyInstant, (recorded_at) => {
        const plan = investigationClock({ sections: RAPE, recorded_at, child: false });
        expect(isLate(plan, plan.due_at)).toBe(false);
        expect(isLate(plan, plan.due_at.add({ milliseconds: 1 }))).toBe(true);
        expect(istDay(plan.due_at).equals(plan.due_on)).toBe(true);
        expect(isLate({ due_at: plan.due_at, stopped_at: plan.due_at }, plan.due_at.add({ hours: 999 }))).toBe(false);
      }),
    );
  });

  test('investigation_two_months: it never restarts; whatever sections are added, the first recording keeps its date', () => {
    fc.assert(
      fc.property(anyInstant, anySections, anySections, fc.boolean(), (recorded_at, first, added, child) => {
        const before = investigationClock({ sections: first, recorded_at, child: false });
        const after = investigationClock({ sections: [...first, ...added], recorded_at, child });
        expect(after.due_at.equals(before.due_at)).toBe(true);
        expect(after.started_at.equals(recorded_at)).toBe(true);
      }),
    );
  });
});

describe('investigation_two_months: limit in law or police target, never mixed', () => {
  test('investigation_two_months: it is law if and only if a section is listed on the day of recording', () => {
    fc.assert(
      fc.property(anyInstant, anySections, (recorded_at, sections) => {
        const plan = investigationClock({ sections, recorded_at, child: false });
        const fresh = Temporal.PlainDate.compare(istDay(recorded_at), day('2024-07-01')) >= 0;
        const named = sections.some(
          (s) =>
            sectionInList('CrPC 173(1A)', s.act, s.section) ||
            (fresh && sectionInList('BNSS 193(2)', s.act, s.section)),
        );
        expect(plan.kind).toBe(named ? 'law' : 'police-target');
        expect(plan.basis === 'target').toBe(!named);
        expect(plan.authority === NO_SECTION).toBe(!named);
      }),
    );
  });

  test.each([
    ['cruelty by the husband is a police target', '2026-01-05', 'BNS', '85', 'police-target', 'target'],
    ['molestation is a police target', '2026-01-05', 'BNS', '74', 'police-target', 'target'],
    ['a false promise to marry is a police target', '2026-01-05', 'BNS', '69', 'police-target', 'target'],
    ['rape is a limit in law', '2026-01-05', 'BNS', '64(2)(m)', 'law', 'express'],
    ['an assault on a child is a limit in law', '2026-01-05', 'POCSO', '9/10', 'law', 'express'],
    ['harassing a child is a police target', '2026-01-05', 'POCSO', '12', 'police-target', 'target'],
    [
      'an old section on the first new day is law by correspondence',
      '2024-07-01',
      'IPC',
      '376',
      'law',
      'by-correspondence',
    ],
    ['an old section on the last old day is express', '2024-06-30', 'IPC', '376', 'law', 'express'],
    ['POCSO was not named in the old code', '2024-06-30', 'POCSO', '6', 'police-target', 'target'],
    ['the old limit began on 21 April 2018', '2018-04-21', 'IPC', '376D', 'law', 'express'],
    ['before it there was none', '2018-04-20', 'IPC', '376D', 'police-target', 'target'],
    ['376F is not 376', '2026-01-05', 'IPC', '376F', 'police-target', 'target'],
  ])('investigation_two_months: %s', (_, recorded, act, section, kind, basis) => {
    expect(investigation(recorded, [{ act, section }])).toMatchObject({ kind, basis });
  });

  test('investigation_two_months: correspondence is printed, and an express section outweighs it', () => {
    const plan = investigation('2024-08-01', OLD_RAPE);
    expect(plan).toMatchObject({ kind: 'law', basis: 'by-correspondence', authority: 'BNSS 193(2)' });
    expect(step(plan, 'by-correspondence')).toMatchObject({
      section: '376(2)(n)',
      from: 'CrPC 173(1A)',
      to: 'BNSS 193(2)',
    });
    expect(investigation('2024-08-01', [...OLD_RAPE, ...RAPE]).basis).toBe('express');
  });

  test('investigation_two_months: no section yet, or one that cannot be read, is a target and says so', () => {
    expect(codes(investigation('2026-01-05', []))).toContain('no-section-listed');
    const plan = investigation('2026-01-05', [{ act: 'BNS', section: 'see diary' }]);
    expect(plan.kind).toBe('police-target');
    expect(codes(plan)).toContain('section-unreadable');
  });

  test('investigation_two_months: a child without POCSO is pointed out and moves no date', () => {
    expect(codes(investigation('2026-01-05', RAPE, true))).toContain('child-without-pocso');
    expect(codes(investigation('2026-01-05', [{ act: 'POCSO', section: '4' }], true))).not.toContain(
      'child-without-pocso',
    );
  });
});

describe('the other clocks', () => {
  test('efir_sign: sent on Monday, she can sign until the end of Thursday', () => {
    const plan = signingClock({ received_at: at('2026-01-05T00:05:00+05:30') });
    expect(plan).toMatchObject({
      kind: 'law',
      authority: 'BNSS 173(1)(ii)',
      responsible: 'complainant',
      stops_on: 'signed',
    });
    expect(plan.due_on.toString()).toBe('2026-01-08');
    expect(plan.due_at.toString()).toBe('2026-01-08T18:29:59.999Z');
    expect(codes(plan)).toContain('police-make-it-possible');
  });

  test('efir_sign: before the new code there was no such duty', () => {
    const plan = signingClock({ received_at: noon('2024-06-30') });
    expect(plan).toMatchObject({ kind: 'police-target', authority: NO_SECTION });
    expect(codes(plan)).toContain('no-such-duty-in-old-code');
  });

  test('callback: twenty-two hours to the minute, a target and never law', () => {
    const plan = callbackClock({ filed_at: at('2026-01-05T21:10:00+05:30') });
    expect(plan.due_at.equals(at('2026-01-06T19:10:00+05:30'))).toBe(true);
    expect(plan).toMatchObject({
      kind: 'police-target',
      basis: 'target',
      authority: NO_SECTION,
      responsible: 'callback-desk',
    });
    expect(plan.stages.map((s) => [s.stage, s.to])).toEqual([
      ['H12', 'holder'],
      ['H16', 'holder'],
      ['H20', 'superior'],
      ['H22', 'superior'],
    ]);
  });

  test('progress_90d: ninety days from recording, the start said to be our reading', () => {
    const plan = progressClock({ recorded_at: noon('2025-06-15') });
    expect(plan).toMatchObject({ kind: 'law', authority: 'BNSS 193(3)(ii)' });
    expect(codes(plan)).toContain('start-is-our-reading');
  });

  test('pocso_report_24h: twenty-four hours by the clock, across midnight', () => {
    const plan = pocsoReportClock({ received_at: at('2026-01-05T23:59:00+05:30') });
    expect(plan).toMatchObject({ kind: 'law', authority: 'POCSO 19(6)' });
    expect(plan.due_at.equals(at('2026-01-06T23:59:00+05:30'))).toBe(true);
    expect(plan.due_on.toString()).toBe('2026-01-06');
  });

  test('victim_medical_24h: only for rape, only with her consent', () => {
    const plan = medicalClock({ received_at: noon('2026-01-05'), sections: RAPE });
    expect(plan).toMatchObject({ kind: 'law', basis: 'express', authority: 'BNSS 184(1)' });
    expect(codes(plan as ClockPlan)).toContain('only-with-consent');
    expect(medicalClock({ received_at: noon('2026-01-05'), sections: CRUELTY })).toBeUndefined();
    expect(medicalClock({ received_at: noon('2024-08-05'), sections: OLD_RAPE })?.basis).toBe('by-correspondence');
    expect(medicalClock({ received_at: noon('2024-05-05'), sections: OLD_RAPE })?.authority).toBe('CrPC 164A(1)');
  });

  test('victim_medical_24h: penetrative assault on a child brings it through POCSO 27(1), and says so', () => {
    const child = medicalClock({ received_at: noon('2026-01-05'), sections: [{ act: 'POCSO', section: '5(l)/6' }] });
    expect(child).toMatchObject({ kind: 'law', basis: 'by-correspondence', authority: 'BNSS 184(1)' });
    expect(step(child as ClockPlan, 'by-correspondence')).toMatchObject({ section: '6', from: 'POCSO 27(1)' });
    expect(
      medicalClock({ received_at: noon('2026-01-05'), sections: [{ act: 'POCSO', section: '8' }] }),
    ).toBeUndefined();
  });

  test('every plan is codes and machine values: it survives JSON', () => {
    const plan = investigation('2025-12-31', [...OLD_RAPE, ...RAPE], true);
    expect(JSON.parse(JSON.stringify(plan.steps))).toEqual(plan.steps);
    expect(JSON.parse(JSON.stringify(plan))).toMatchObject({
      due_on: '2026-02-28',
      due_at: '2026-02-28T18:29:59.999Z',
    });
  });
});
