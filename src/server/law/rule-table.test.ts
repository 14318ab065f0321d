// Every rule of the table, by hand: what starts and stops it, for whom, law or target, before and since 1 July 2024, until when.
// biome-ignore-all format: a table; each rule is a paragraph of three lines
import { expect, test } from 'vitest';
import {
  type CaseFacts,
  type LadderName,
  MOMENTS,
  type Moment,
  plansOn,
  planRule,
  RULE_IDS,
  RULES,
  type RuleId,
  stopsOn,
} from './law.ts';

const ist = (text: string) => Temporal.Instant.from(`${text}+05:30`);
const cited = (...sections: string[]) =>
  sections.map((one) => ({ act: one.split(' ')[0] ?? '', section: one.split(' ')[1] ?? '' }));

// Half an hour before midnight on the last of a month: one day further in UTC it would not be, one hour further in India it is.
const NOW = { at: ist('2026-01-31T23:30'), received: ist('2026-01-31T10:00'), offence: '2025-11-30' };
const THEN = { at: ist('2024-04-30T23:30'), received: ist('2024-04-30T10:00'), offence: '2024-01-31' };

type Given = { sections?: string; child?: true; workplace?: true; offence?: null };
/** Law with its section, or a target; and the due day (to its end) or the due minute, in India. */
type Due = [kind: 'law' | 'target', authority: string, due: string];
type Said = {
  starts: Moment;
  stops: Moment[];
  ladder: LadderName | null;
  since: Due;
  before: Due;
  /** the case it applies to; one of old sections where the day is old */
  of?: Given;
  old?: Given;
  also?: Given[];
  not?: Given[];
};

function factsOf(given: Given, day: typeof NOW): CaseFacts {
  return {
    received_at: day.received,
    sections: given.sections ? cited(...given.sections.split(', ')) : [],
    child: given.child ?? false,
    categories: given.workplace ? ['workplace'] : [],
    offence_on: given.offence === null ? null : Temporal.PlainDate.from(day.offence),
  };
}

const LADDER: Record<LadderName, string> = {
  months: 'T-30 T-15 T-7 T-3 T-1 T0 T+1',
  signing: 'T-1 T0 T+1',
  days: 'T-3 T-1 T0 T+1',
  bail: 'T-30 T-15 T-7 T-3 T-1 T0 T+1',
  inform: 'T-7 T0 T+1',
  'call-back': 'H12 H16 H20 H22',
  'one-hour': 'H1',
  'one-day': 'H12 H20 H24',
  'two-days': 'H24 H40 H48',
  'three-days': 'H24 H48 H72',
};
const named: string[] = [];

function law(title: string, said: Said): void {
  const rule = title.slice(0, title.indexOf(':')) as RuleId;
  named.push(rule);
  test(title, () => {
    const { of = {}, old = of, also = [], not = [] } = said;
    const plan = (given: Given, day: typeof NOW) =>
      planRule(rule, { moment: said.starts, at: day.at, accused: 2 }, factsOf(given, day));
    for (const moment of MOMENTS) {
      const started = plansOn({ moment, at: NOW.at }, factsOf(of, NOW)).filter((one) => one.rule === rule);
      expect(started.length, moment).toBe(moment === said.starts ? 1 : 0);
      const stop = stopsOn(moment).find((one) => one.rule === rule);
      expect(stop !== undefined, moment).toBe(said.stops.includes(moment));
      if (stop) expect(stop.oldest_only).toBe(RULES[rule].per === 'each');
    }
    const both = [[plan(of, NOW), said.since] as const, [plan(old, THEN), said.before] as const];
    for (const [found, [kind, authority, due]] of both) {
      expect(found).toMatchObject({
        kind: kind === 'law' ? 'law' : 'police-target',
        authority: kind === 'law' ? authority : 'police-target',
        stops_on: said.stops[0],
        ladder: said.ladder,
        accused: RULES[rule].per === 'accused' ? 2 : null,
      });
      expect(found?.due_at.toString()).toBe(ist(due.includes('T') ? due : `${due}T23:59:59.999`).toString());
      expect(found?.due_on.toString()).toBe(due.slice(0, 10));
      // a target names the section that sets the duty without a number, where there is one
      const cites = found?.steps.find((one) => one.code === 'no-number-in-law');
      if (kind === 'target') expect(cites && 'authority' in cites ? cites.authority : '').toBe(authority);
      const stages = found?.stages.map(({ stage }) => stage) ?? [];
      if (said.ladder) expect(LADDER[said.ladder].endsWith(stages.join(' ')) && stages.length > 0).toBe(true);
      else expect(stages).toEqual([]);
    }
    for (const given of also) expect(plan(given, NOW), JSON.stringify(given)).toBeDefined();
    for (const given of not) expect(plan(given, NOW), JSON.stringify(given)).toBeUndefined();
  });
}

law('callback: twenty-two hours from filing, a promise and never law', {
  starts: 'complaint-filed', stops: ['confirmed'], ladder: 'call-back',
  since: ['target', '', '2026-02-01T21:30'], before: ['target', '', '2024-05-01T21:30'],
});
law('vikalp_24h: the station takes a confirmed complaint within a day, a practice and never law', {
  starts: 'confirmed', stops: ['received-at-station'], ladder: 'one-day',
  since: ['target', '', '2026-02-01T23:30'], before: ['target', '', '2024-05-01T23:30'],
});
law('message_answer: the desk answers her within two days, a practice and never law', {
  starts: 'message-waiting', stops: ['message-answered'], ladder: 'two-days',
  since: ['target', '', '2026-02-02T23:30'], before: ['target', '', '2024-05-02T23:30'],
});
law('transfer_receipt: the station of the area takes the FIR of another within a day, a practice and never law', {
  starts: 'transfer-sent', stops: ['transfer-accepted'], ladder: 'one-day',
  since: ['target', '', '2026-02-01T23:30'], before: ['target', '', '2024-05-01T23:30'],
});
law('efir_sign: three days after the police received it, whenever she was confirmed; before the BNSS a target', {
  starts: 'confirmed', stops: ['signed', 'information-recorded'], ladder: 'signing',
  since: ['law', 'BNSS 173(1)(ii)', '2026-02-03'], before: ['target', '', '2024-05-03'],
});
law('posh_complaint: three months from the last deed, clamped; only at work and where the day is known', {
  starts: 'complaint-filed', stops: ['internal-complaint'], ladder: null, of: { workplace: true },
  since: ['law', 'POSH 9(1)', '2026-02-28'], before: ['law', 'POSH 9(1)', '2024-04-30'],
  not: [{}, { workplace: true, offence: null }],
});
law('posh_inquiry: ninety days for the committee', {
  starts: 'internal-complaint', stops: ['internal-inquiry-done'], ladder: 'inform',
  since: ['law', 'POSH 11(4)', '2026-05-01'], before: ['law', 'POSH 11(4)', '2024-07-29'],
});
law('pocso_report_24h: a child, or a section of POCSO; twenty-four hours by the clock', {
  starts: 'information-received', stops: ['child-welfare-told'], ladder: 'one-day', of: { child: true },
  since: ['law', 'POCSO 19(6)', '2026-02-01T23:30'], before: ['law', 'POCSO 19(6)', '2024-05-01T23:30'],
  also: [{ sections: 'POCSO 6' }], not: [{}, { sections: 'BNS 64(1)' }],
});
law('pocso_care_24h: a child in need of care, twenty-four hours', {
  starts: 'child-needs-care', stops: ['care-arranged'], ladder: 'one-day', of: { child: true },
  since: ['law', 'POCSO 19(5)', '2026-02-01T23:30'], before: ['law', 'POCSO 19(5)', '2024-05-01T23:30'],
  also: [{ sections: 'POCSO 8' }], not: [{}],
});
law('preliminary_enquiry: fourteen days, three years or more and less than seven, or no section yet', {
  starts: 'enquiry-permitted', stops: ['enquiry-done', 'information-recorded', 'refused'], ladder: 'days',
  of: { sections: 'BNS 75(2)' },
  since: ['law', 'BNSS 173(3)', '2026-02-14'], before: ['target', '', '2024-05-14'],
  also: [{}, { sections: 'BNS 74' }],
  not: [{ sections: 'BNS 75(3)' }, { sections: 'BNS 76' }, { sections: 'BNS 74, BNS 64(1)' }],
});
law('refusal_to_sp: the section gives no number, so seven days are a target', {
  starts: 'refused', stops: ['superior-directed', 'information-recorded'], ladder: 'days',
  since: ['target', 'BNSS 173(4)', '2026-02-07'], before: ['target', 'CrPC 154(3)', '2024-05-07'],
});
law('fir_copy: forthwith is no number, so a day is a target', {
  starts: 'information-recorded', stops: ['copy-given'], ladder: 'one-day',
  since: ['target', 'BNSS 173(2)', '2026-02-01T23:30'], before: ['target', 'CrPC 154(2)', '2024-05-01T23:30'],
});
law('report_to_magistrate: forthwith is no number, so a day is a target', {
  starts: 'information-recorded', stops: ['magistrate-told'], ladder: 'one-day',
  since: ['target', 'BNSS 176(1)', '2026-02-01T23:30'], before: ['target', 'CrPC 157(1)', '2024-05-01T23:30'],
});
law('investigation_two_months: two calendar months, never sixty days; every case has them', {
  starts: 'information-recorded', stops: ['report-forwarded'], ladder: 'months',
  of: { sections: 'BNS 64(1)' }, old: { sections: 'IPC 376(1)' },
  since: ['law', 'BNSS 193(2)', '2026-03-31'], before: ['law', 'CrPC 173(1A)', '2024-06-30'],
  also: [{}, { sections: 'BNS 85' }],
});
law('scst_60d: sixty days, not two months, as soon as the act is cited', {
  starts: 'information-recorded', stops: ['report-forwarded'], ladder: 'months', of: { sections: 'SCST 3(1)(w)(i)' },
  since: ['law', 'SC/ST Act 4(2)(e)', '2026-04-01'], before: ['law', 'SC/ST Act 4(2)(e)', '2024-06-29'],
  not: [{}, { sections: 'BNS 64(1)' }],
});
law('progress_90d: ninety days from the record; before the BNSS a target', {
  starts: 'information-recorded', stops: ['progress-told', 'report-forwarded'], ladder: 'months',
  since: ['law', 'BNSS 193(3)(ii)', '2026-05-01'], before: ['target', '', '2024-07-29'],
});
law('victim_medical_24h: twenty-four hours after the police received it, only where it is rape', {
  starts: 'information-recorded', stops: ['sent-to-doctor', 'examination-declined'], ladder: 'one-day',
  of: { sections: 'BNS 64(1)' }, old: { sections: 'IPC 376(1)' },
  since: ['law', 'BNSS 184(1)', '2026-02-01T10:00'], before: ['law', 'CrPC 164A(1)', '2024-05-01T10:00'],
  also: [{ sections: 'POCSO 6' }], not: [{}, { sections: 'BNS 74' }, { child: true }],
});
law('medical_after_consent: a day after she changed her mind, a practice and never law; the law counts from the information', {
  starts: 'examination-consented', stops: ['sent-to-doctor', 'consent-withdrawn'], ladder: 'one-day',
  since: ['target', '', '2026-02-01T23:30'], before: ['target', '', '2024-05-01T23:30'],
});
law('free_treatment: immediately is no number, so an hour is a target, each time it is asked', {
  starts: 'treatment-asked', stops: ['treated'], ladder: 'one-hour',
  since: ['target', 'BNSS 397', '2026-02-01T00:30'], before: ['target', 'CrPC 357C', '2024-05-01T00:30'],
});
law('medical_report_7d: seven days for the doctor; without delay was no number', {
  starts: 'examined', stops: ['medical-report-received'], ladder: 'days',
  since: ['law', 'BNSS 184(6)', '2026-02-07'], before: ['target', 'CrPC 164A(6)', '2024-05-07'],
});
law('magistrate_statement: as soon as is no number, so three days are a target; only for listed sections', {
  starts: 'information-recorded', stops: ['magistrate-statement'], ladder: 'three-days',
  of: { sections: 'BNS 74' }, old: { sections: 'IPC 354' },
  since: ['target', 'BNSS 183(6)(a)', '2026-02-03T23:30'], before: ['target', 'CrPC 164(5A)(a)', '2024-05-03T23:30'],
  also: [{ sections: 'BNS 69' }], not: [{}, { sections: 'BNS 85' }],
});
law('limitation: three years from the deed where three years are the most; none above; stopped as it starts', {
  starts: 'information-recorded', stops: ['information-recorded'], ladder: null, of: { sections: 'BNS 75(2)' },
  since: ['law', 'BNSS 514', '2028-11-30'], before: ['law', 'CrPC 468', '2027-01-31'],
  also: [{ sections: 'BNS 75(3)' }],
  not: [{}, { sections: 'BNS 64(1)' }, { sections: 'BNS 74' }, { sections: 'BNS 75(2)', offence: null }],
});
law('noncog_fortnight: each fortnight, as the BNSS has it', {
  starts: 'noncognizable-entered', stops: ['noncognizable-reported'], ladder: 'days',
  since: ['law', 'BNSS 174(1)(ii)', '2026-02-14'], before: ['target', '', '2024-05-14'],
});
law('search_record_48h: forty-eight hours; forthwith was no number', {
  starts: 'searched', stops: ['search-record-sent'], ladder: 'two-days',
  since: ['law', 'BNSS 185(5)', '2026-02-02T23:30'], before: ['target', 'CrPC 165(5)', '2024-05-02T23:30'],
});
law('arrest_24h: twenty-four hours for each accused, until he is produced or released', {
  starts: 'arrested', stops: ['produced', 'released-on-bail'], ladder: 'one-day',
  since: ['law', 'BNSS 58', '2026-02-01T23:30'], before: ['law', 'CrPC 57', '2024-05-01T23:30'],
});
law('default_bail: the remand day is day one of ninety, for each accused', {
  starts: 'remanded', stops: ['report-forwarded', 'released-on-bail'], ladder: 'bail',
  of: { sections: 'BNS 64(1)' },
  since: ['law', 'BNSS 187(3)', '2026-04-30'], before: ['law', 'CrPC 167(2)', '2024-07-28'],
});
law('default_bail: of sixty where no section carries ninety, or none says', {
  starts: 'remanded', stops: ['report-forwarded', 'released-on-bail'], ladder: 'bail',
  of: { sections: 'BNS 74' }, old: {},
  since: ['law', 'BNSS 187(3)', '2026-03-31'], before: ['law', 'CrPC 167(2)', '2024-06-28'],
});
law('summons_case_6m: six months from the arrest where two years are the most', {
  starts: 'arrested', stops: ['report-forwarded'], ladder: 'months', of: { sections: 'BNS 75(3)' },
  since: ['law', 'BNSS 187(9)', '2026-07-31'], before: ['law', 'CrPC 167(5)', '2024-10-30'],
  also: [{ sections: 'BNS 72(1)' }], not: [{}, { sections: 'BNS 75(2)' }, { sections: 'BNS 75(3), BNS 74' }],
});
law('bail_notice_15d: fifteen days, only for 65 and 70(2)', {
  starts: 'bail-notice-received', stops: ['bail-notice-given'], ladder: 'inform', of: { sections: 'BNS 65(1)' },
  since: ['law', 'BNSS 483(1)', '2026-02-15'], before: ['law', 'CrPC 439(1)', '2024-05-15'],
  also: [{ sections: 'BNS 70(2)' }, { sections: 'BNS 65' }],
  not: [{}, { sections: 'BNS 64(1)' }, { sections: 'BNS 70(1)' }],
});
law('action_taken_to_informant: no number, so a day is a target', {
  starts: 'report-forwarded', stops: ['action-told'], ladder: 'one-day',
  since: ['target', 'BNSS 193(3)(iii)', '2026-02-01T23:30'], before: ['target', 'CrPC 173(2)(ii)', '2024-05-01T23:30'],
});
law('copies_14d: fourteen days for each accused; without delay was no number', {
  starts: 'accused-appeared', stops: ['copies-supplied'], ladder: 'inform',
  since: ['law', 'BNSS 230', '2026-02-14'], before: ['target', 'CrPC 207', '2024-05-14'],
});
law('trial_two_months: two months from the charge sheet for listed sections', {
  starts: 'charge-sheet-filed', stops: ['judgment'], ladder: 'inform',
  of: { sections: 'BNS 64(1)' }, old: { sections: 'IPC 376(1)' },
  since: ['law', 'BNSS 346(1)', '2026-03-31'], before: ['law', 'CrPC 309(1)', '2024-06-30'],
  also: [{ sections: 'BNS 71' }], not: [{}, { sections: 'BNS 69' }, { sections: 'BNS 74' }],
});
law('scst_trial_2m: two months as soon as the act is cited', {
  starts: 'charge-sheet-filed', stops: ['judgment'], ladder: 'inform', of: { sections: 'SCST 3(2)(v)' },
  since: ['law', 'SC/ST Act 14', '2026-03-31'], before: ['law', 'SC/ST Act 14', '2024-06-30'],
  not: [{}, { sections: 'BNS 64(1)' }],
});
law('pocso_evidence_30d: thirty days from cognizance, past the end of February', {
  starts: 'cognizance', stops: ['child-evidence-recorded'], ladder: 'inform', of: { child: true },
  since: ['law', 'POCSO 35(1)', '2026-03-02'], before: ['law', 'POCSO 35(1)', '2024-05-30'],
  also: [{ sections: 'POCSO 4(1)' }], not: [{}],
});
law('pocso_trial_1y: a year from cognizance', {
  starts: 'cognizance', stops: ['judgment'], ladder: 'inform', of: { child: true },
  since: ['law', 'POCSO 35(2)', '2027-01-31'], before: ['law', 'POCSO 35(2)', '2025-04-30'],
  not: [{}, { sections: 'BNS 64(1)' }],
});
law('further_investigation_90d: ninety days each time the court allows it; before the BNSS a target', {
  starts: 'further-permitted', stops: ['further-done'], ladder: 'months',
  since: ['law', 'BNSS 193(9)', '2026-05-01'], before: ['target', '', '2024-07-29'],
});
law('appeal_6m: six months from the filing of each appeal, for listed sections', {
  starts: 'appeal-filed', stops: ['appeal-decided'], ladder: 'inform',
  of: { sections: 'BNS 70(1)' }, old: { sections: 'IPC 376D' },
  since: ['law', 'BNSS 418(4)', '2026-07-31'], before: ['law', 'CrPC 377(4)', '2024-10-30'],
  not: [{}, { sections: 'BNS 69' }],
});
law('compensation_2m: two months for the legal services authority', {
  starts: 'compensation-asked', stops: ['compensation-awarded'], ladder: 'inform',
  since: ['law', 'BNSS 396(5)', '2026-03-31'], before: ['law', 'CrPC 357A(5)', '2024-06-30'],
});
law('dv_first_hearing: three days', {
  starts: 'dv-application', stops: ['dv-first-hearing'], ladder: 'inform',
  since: ['law', 'PWDVA 12(4)', '2026-02-03'], before: ['law', 'PWDVA 12(4)', '2024-05-03'],
});
law('dv_disposal: sixty days from the first hearing', {
  starts: 'dv-first-hearing', stops: ['dv-order'], ladder: 'inform',
  since: ['law', 'PWDVA 12(5)', '2026-04-01'], before: ['law', 'PWDVA 12(5)', '2024-06-29'],
});

test('every rule of the table stands here', () => expect([...new Set(named)].sort()).toEqual([...RULE_IDS].sort()));
