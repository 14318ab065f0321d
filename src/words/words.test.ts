import { expect, test } from 'vitest';
import {
  type ClockPlan,
  callbackClock,
  citedText,
  investigationClock,
  planAgain,
  planRule,
  RULE_IDS,
  RULES,
  type RuleId,
  signingClock,
} from '#law';
import { cite, explain, explainPlainly } from './explain.ts';
import { duration, fullDay, fullTime, hours, shortDay } from './format.ts';
import { pick, words } from './words.ts';

const recorded_at = Temporal.Instant.from('2026-09-30T16:20+05:30');
const statutory = investigationClock({ sections: [{ act: 'BNS', section: '64(1)' }], recorded_at, child: false });

test('days and hours are written as people write them, without a dot below फ', () => {
  expect(fullDay('hi', Temporal.PlainDate.from('2026-11-30'))).toBe('सोमवार, 30 नवंबर 2026');
  expect(shortDay('hi', Temporal.PlainDate.from('2027-02-28'))).toBe('28 फरवरी');
  expect(fullTime('en', recorded_at)).toBe('Wednesday, 30 September 2026, 16:20');
  expect(duration('hi', 19 * 3600)).toBe('19 घंटे');
  expect(duration('en', 30)).toBe('under 1 minute');
  expect(hours('hi', 24 * 17 + 23)).toBe('17 दिन 23 घंटे');
  expect(hours('en', 24)).toBe('1 day');
});

test('a limit in law explains itself: start, list, rule, count, date, and that it is not sixty days', () => {
  const lines = explainPlainly('en', statutory);
  expect(lines[0]).toBe('Recorded at the station: Wednesday, 30 September 2026, 16:20');
  expect(lines.some((line) => line.includes('Bharatiya Nagarik Suraksha Sanhita, section 193(2)'))).toBe(true);
  expect(lines).toContain('Limit: Monday, 30 November 2026, 23:59');
  expect(lines.at(-1)).toBe('This is not “60 days”; 60 days would be 29 November.');
});

test('on her side no section of the case is named; officers read it', () => {
  expect(explainPlainly('hi', statutory).join()).not.toContain('BNS 64');
  expect(explainPlainly('hi', statutory, 'officer').join()).toContain('BNS 64(1)');
});

test('a police target never says “law” where it names its rule or its date', () => {
  const target = investigationClock({ sections: [{ act: 'BNS', section: '78' }], recorded_at, child: false });
  for (const clock of [target, callbackClock({ filed_at: recorded_at })]) {
    const said = explain('en', clock).filter(({ kind, cite: section }) => kind === 'sum' || section === '');
    expect(said.map(({ text }) => text).join()).not.toMatch(/Limit|The law:/);
    expect(said.at(-1)?.text ?? '').toMatch(/Target|60 days/);
  }
});

test('an old section in a new case prints that it counts by correspondence', () => {
  const clock = investigationClock({ sections: [{ act: 'IPC', section: '376' }], recorded_at, child: false });
  expect(explainPlainly('en', clock).join()).toContain('by correspondence');
});

test('the three days for her signature say who must make it possible', () => {
  const lines = explainPlainly('hi', signingClock({ received_at: recorded_at }));
  expect(lines.join()).toContain('आपके घर पर भी');
});

test('a section is cited by the name of its act', () => {
  expect(cite('hi', 'BNSS 193(2)')).toBe('भारतीय नागरिक सुरक्षा संहिता, धारा 193(2)');
  expect(cite('hi', 'police-target')).toBe('');
});

test('every rule has the sentence its versions need, as limit in law or as target, and no other', () => {
  for (const lang of ['hi', 'en'] as const) {
    const { limits, targets } = words(lang).law;
    for (const rule of RULE_IDS) {
      const versions = RULES[rule].versions;
      const in_law = versions.some(({ authority, says }) => authority && !says);
      const as_target =
        versions.some(({ authority, says }) => !authority || says) || RULES[rule].applies.to === 'two-month-list';
      expect(pick(limits, rule) !== '', `${rule} as limit`).toBe(in_law);
      expect(pick(targets, rule) !== '', `${rule} as target`).toBe(as_target);
    }
  }
});

/** Cases that between them meet every rule: by sections, by age, by what she said, on a day of the old codes and of the new. */
const CASES = (['2023-03-01', '2026-01-05'] as const).flatMap((on) =>
  [
    [],
    [{ act: 'BNS', section: '64(1)' }],
    [{ act: 'BNS', section: '65(1)' }],
    [{ act: 'BNS', section: '74' }],
    [{ act: 'BNS', section: '78' }],
    [{ act: 'BNS', section: '79' }],
    [{ act: 'BNS', section: '84' }],
    [{ act: 'IPC', section: '376' }],
    [{ act: 'IPC', section: '509' }],
    [{ act: 'IPC', section: '354' }],
    [
      { act: 'POCSO', section: '4' },
      { act: 'SCST', section: '3(2)(v)' },
    ],
  ].map((sections) => {
    const at = Temporal.Instant.from(`${on}T10:00+05:30`);
    const offence_on = Temporal.PlainDate.from(on).subtract({ days: 2 });
    return { at, facts: { received_at: at, sections, child: true, categories: ['workplace'], offence_on } };
  }),
);
const planned = (rule: RuleId): ClockPlan[] => {
  const moment = RULES[rule].starts_on;
  const plans = CASES.flatMap(({ at, facts }) => planRule(rule, { moment, at, accused: 2 }, facts) ?? []);
  const again = RULES[rule].again ? [planAgain(rule, CASES[0]?.at ?? recorded_at)] : [];
  return [...plans, ...again];
};

test.each(RULE_IDS)('%s: every version explains itself in both languages, and never calls a target a limit', (rule) => {
  const plans = planned(rule);
  // the cases meet every version: by the section of its rule line, or by the one that gives no number
  const cited = plans.flatMap(({ steps }) => steps.flatMap((step) => ('authority' in step ? [step.authority] : [])));
  for (const { authority } of RULES[rule].versions) if (authority) expect(cited).toContain(authority);
  expect(plans.length).toBeGreaterThan(0);
  for (const lang of ['hi', 'en'] as const)
    for (const plan of plans)
      for (const reader of ['her', 'officer'] as const) {
        const lines = explain(lang, plan, reader);
        expect(lines.length).toBeGreaterThanOrEqual(3);
        for (const { text } of lines) expect(text.trim()).not.toMatch(/^$|undefined|null|\*\*\*\*/);
        expect(lines.filter(({ kind }) => kind === 'sum')).toHaveLength(1);
        if (plan.kind === 'law') continue;
        // that no section of the list is cited is said by naming what the date is not
        const said = lines.filter(({ text }) => text !== words(lang).law.noneListed).map(({ text }) => text);
        expect(said.join()).not.toMatch(/कानून की सीमा|सीमा:|limit in law|Limit:|The law:|कानून:/i);
        expect(said.join()).toMatch(/लक्ष्य|target/i);
      }
});

test('her lines name no section of an offence and no act that says what the case is about', () => {
  const telling =
    /\b(BNS|IPC|POCSO|SCST|SC\/ST|PWDVA|POSH)\b|न्याय संहिता|दंड संहिता|पॉक्सो|अत्याचार|यौन|बलात्कार|घरेलू हिंसा|Nyaya|Penal|Atrocit|Sexual|Domestic|\brape/i;
  for (const rule of RULE_IDS.filter((id) => RULES[id].hers))
    for (const lang of ['hi', 'en'] as const) {
      const { rules, stops } = words(lang).law;
      const texts = planned(rule).flatMap((plan) => explainPlainly(lang, plan, 'her'));
      const cited = planned(rule).map((plan) => citedText(plan)?.[lang] ?? '');
      expect(
        [...texts, ...cited, rules[rule], stops[rule]].filter((text) => telling.test(text)),
        rule,
      ).toEqual([]);
    }
});

test('where the section gives no number, both sides are told so, and whose number it is', () => {
  const [copy] = planned('fir_copy').slice(-1);
  expect(copy && explainPlainly('en', copy).join()).toContain('says “forthwith” and gives no number');
  expect(copy && explainPlainly('hi', copy, 'officer').join()).toContain('पुलिस का अपना लक्ष्य');
});

/** Every text under a table, the ones with parameters left out. */
const textsIn = (table: unknown): string[] =>
  typeof table === 'string' ? [table] : typeof table === 'object' && table ? Object.values(table).flatMap(textsIn) : [];

test('her words avoid what blames, threatens or promises too much', () => {
  const avoided = /पीड़िता|अभियोक्त्री|कृपया नोट|अमान्य|त्रुटि|चिंता न करें|आप सुरक्षित हैं|\bvictim|invalid|please note|kindly/i;
  for (const lang of ['hi', 'en'] as const) {
    const { common, citizen, form, fields, problems, track, law, info } = words(lang);
    const texts = textsIn([common, citizen, form, fields, problems, track, law, info]);
    expect(texts.filter((text) => avoided.test(text))).toEqual([]);
  }
});
