// The rules as data: which moment starts a clock, which stops it, for which cases, on what authority from which day. A new version
// of a section is one more line under `versions`; a new act is one more rule, its row in clocks.json, and a test that names it.
import type { SectionList } from './catalogue.ts';
import type { LadderName } from './ladders.ts';
import type { Moment } from './moments.ts';

/** Who has to act. Only the police can be warned; of the others the desk is told, so that it can ask. */
export type Responsible =
  | 'police'
  | 'complainant'
  | 'callback-desk'
  | 'supervisor'
  | 'doctor'
  | 'hospital'
  | 'magistrate'
  | 'court'
  | 'legal-services'
  | 'committee';

/** To which cases a rule applies. */
export type Applies =
  | { to: 'every-case' }
  /** a section of the two-month list of its day makes it a limit in law, any other case has the span as a target */
  | { to: 'two-month-list' }
  | { to: 'list'; list: SectionList }
  | { to: 'sections'; act: 'BNS'; sections: readonly string[] }
  | { to: 'rape' }
  | { to: 'child' }
  | { to: 'act'; act: 'SCST' }
  /** accused of something punishable with two years or less in every section */
  | { to: 'summons-case' }
  /** a section of three years or more but less than seven, and none above */
  | { to: 'enquiry-band' }
  /** its length hangs on the punishment */
  | { to: 'by-punishment' }
  | { to: 'category'; category: 'workplace' };

/** How long, where the section gives no number: a target of the police, never called a limit. */
export type Target = { hours: number } | { days: number };
/** The words in which a section sets a duty without a number. */
export type Says = 'forthwith' | 'immediately' | 'as-soon-as' | 'without-delay' | 'no-number';

/** One version of a rule: the days of its start on which it counts, both included; null is open. */
export type RuleVersion = {
  from: string | null;
  to: string | null;
  /** the section; null where the law of those days knew no such duty, so that the span is a target */
  authority: string | null;
  /** the section sets the duty and no number: then the number is a target */
  says?: Says;
  target?: Target;
};

export type RuleRow = {
  starts_on: Moment;
  /** what the first day is: the moment itself, the day the police received the information, or the day of the deed */
  counted_from: 'moment' | 'received' | 'offence';
  /** the moment that the reckoning names as its start, where it is not the one that starts it */
  started_as?: Moment;
  /** the first one is the one to say; any of them stops it */
  stops_on: readonly [Moment, ...Moment[]];
  responsible: Responsible;
  /** one clock a file, one for each accused, or one each time (the oldest running one is stopped first) */
  per: 'file' | 'accused' | 'each';
  applies: Applies;
  /** `row`: as long as its row in clocks.json says; the others hang on the punishment */
  length: 'row' | 'default-bail' | 'limitation';
  versions: readonly [RuleVersion, ...RuleVersion[]];
  /** when it warns and whom; null: it informs and raises nothing */
  ladder: LadderName | null;
  /** she sees it, and is told when it has passed */
  hers: boolean;
  /** begins anew when it is met, while the investigation lasts: our practice, said so */
  again?: true;
};

const NEW = '2024-07-01';
const BEFORE_NEW = '2024-06-30';
const since = (authority: string): RuleVersion => ({ from: NEW, to: null, authority });
const before = (authority: string | null): RuleVersion => ({ from: null, to: BEFORE_NEW, authority });
const always = (authority: string): RuleVersion => ({ from: null, to: null, authority });
const unnumbered = (version: RuleVersion, says: Says, target: Target): RuleVersion => ({ ...version, says, target });

const BASE = { counted_from: 'moment', per: 'file', length: 'row', hers: false } as const;
const EVERY = { to: 'every-case' } as const;
const CHILD = { to: 'child' } as const;
const A_DAY: Target = { hours: 24 };

const TABLE = {
  callback: {
    ...BASE,
    starts_on: 'complaint-filed',
    stops_on: ['confirmed'],
    responsible: 'callback-desk',
    applies: EVERY,
    versions: [{ from: null, to: null, authority: null }],
    ladder: 'call-back',
    hers: true,
  },
  // the practice of the state's Vikalp portal: the station acts within a day of an online complaint
  vikalp_24h: {
    ...BASE,
    starts_on: 'confirmed',
    stops_on: ['received-at-station'],
    responsible: 'police',
    applies: EVERY,
    versions: [{ from: null, to: null, authority: null }],
    ladder: 'one-day',
    hers: false,
  },
  efir_sign: {
    ...BASE,
    starts_on: 'confirmed',
    counted_from: 'received',
    started_as: 'information-received',
    stops_on: ['signed', 'information-recorded'],
    responsible: 'complainant',
    applies: EVERY,
    versions: [since('BNSS 173(1)(ii)'), before(null)],
    ladder: 'signing',
    hers: true,
  },
  posh_complaint: {
    ...BASE,
    starts_on: 'complaint-filed',
    counted_from: 'offence',
    stops_on: ['internal-complaint'],
    responsible: 'complainant',
    applies: { to: 'category', category: 'workplace' },
    versions: [always('POSH 9(1)')],
    ladder: null,
    hers: true,
  },
  posh_inquiry: {
    ...BASE,
    starts_on: 'internal-complaint',
    stops_on: ['internal-inquiry-done'],
    responsible: 'committee',
    applies: EVERY,
    versions: [always('POSH 11(4)')],
    ladder: 'inform',
    hers: true,
  },
  pocso_report_24h: {
    ...BASE,
    starts_on: 'information-received',
    stops_on: ['child-welfare-told'],
    responsible: 'police',
    applies: CHILD,
    versions: [always('POCSO 19(6)')],
    ladder: 'one-day',
    hers: true,
  },
  pocso_care_24h: {
    ...BASE,
    starts_on: 'child-needs-care',
    stops_on: ['care-arranged'],
    responsible: 'police',
    applies: CHILD,
    versions: [always('POCSO 19(5)')],
    ladder: 'one-day',
    hers: true,
  },
  preliminary_enquiry: {
    ...BASE,
    starts_on: 'enquiry-permitted',
    stops_on: ['enquiry-done', 'information-recorded', 'refused'],
    responsible: 'police',
    applies: { to: 'enquiry-band' },
    versions: [since('BNSS 173(3)'), before(null)],
    ladder: 'days',
    hers: true,
  },
  refusal_to_sp: {
    ...BASE,
    starts_on: 'refused',
    stops_on: ['superior-directed', 'information-recorded'],
    responsible: 'supervisor',
    applies: EVERY,
    versions: [
      unnumbered(since('BNSS 173(4)'), 'no-number', { days: 7 }),
      unnumbered(before('CrPC 154(3)'), 'no-number', { days: 7 }),
    ],
    ladder: 'days',
    hers: true,
  },
  fir_copy: {
    ...BASE,
    starts_on: 'information-recorded',
    stops_on: ['copy-given'],
    responsible: 'police',
    applies: EVERY,
    versions: [
      unnumbered(since('BNSS 173(2)'), 'forthwith', A_DAY),
      unnumbered(before('CrPC 154(2)'), 'forthwith', A_DAY),
    ],
    ladder: 'one-day',
    hers: true,
  },
  report_to_magistrate: {
    ...BASE,
    starts_on: 'information-recorded',
    stops_on: ['magistrate-told'],
    responsible: 'police',
    applies: EVERY,
    versions: [
      unnumbered(since('BNSS 176(1)'), 'forthwith', A_DAY),
      unnumbered(before('CrPC 157(1)'), 'forthwith', A_DAY),
    ],
    ladder: 'one-day',
  },
  investigation_two_months: {
    ...BASE,
    starts_on: 'information-recorded',
    stops_on: ['report-forwarded'],
    responsible: 'police',
    applies: { to: 'two-month-list' },
    versions: [
      since('BNSS 193(2)'),
      { from: '2018-04-21', to: BEFORE_NEW, authority: 'CrPC 173(1A)' },
      { from: null, to: '2018-04-20', authority: null },
    ],
    ladder: 'months',
    hers: true,
  },
  scst_60d: {
    ...BASE,
    starts_on: 'information-recorded',
    stops_on: ['report-forwarded'],
    responsible: 'police',
    applies: { to: 'act', act: 'SCST' },
    versions: [always('SC/ST Act 4(2)(e)')],
    ladder: 'months',
    hers: true,
  },
  progress_90d: {
    ...BASE,
    starts_on: 'information-recorded',
    stops_on: ['progress-told', 'report-forwarded'],
    responsible: 'police',
    applies: EVERY,
    versions: [since('BNSS 193(3)(ii)'), before(null)],
    ladder: 'months',
    hers: true,
    again: true,
  },
  victim_medical_24h: {
    ...BASE,
    starts_on: 'information-recorded',
    counted_from: 'received',
    started_as: 'information-received',
    stops_on: ['sent-to-doctor'],
    responsible: 'police',
    applies: { to: 'rape' },
    versions: [since('BNSS 184(1)'), before('CrPC 164A(1)')],
    ladder: 'one-day',
    hers: true,
  },
  free_treatment: {
    ...BASE,
    starts_on: 'treatment-asked',
    stops_on: ['treated'],
    responsible: 'hospital',
    per: 'each',
    applies: EVERY,
    versions: [
      unnumbered(since('BNSS 397'), 'immediately', { hours: 1 }),
      unnumbered(before('CrPC 357C'), 'immediately', { hours: 1 }),
    ],
    ladder: 'one-hour',
    hers: true,
  },
  medical_report_7d: {
    ...BASE,
    starts_on: 'examined',
    stops_on: ['medical-report-received'],
    responsible: 'doctor',
    applies: EVERY,
    versions: [since('BNSS 184(6)'), unnumbered(before('CrPC 164A(6)'), 'without-delay', { days: 7 })],
    ladder: 'days',
    hers: true,
  },
  magistrate_statement: {
    ...BASE,
    starts_on: 'information-recorded',
    stops_on: ['magistrate-statement'],
    responsible: 'magistrate',
    applies: { to: 'list', list: 'BNSS_183_6' },
    versions: [
      unnumbered(since('BNSS 183(6)(a)'), 'as-soon-as', { hours: 72 }),
      unnumbered(before('CrPC 164(5A)(a)'), 'as-soon-as', { hours: 72 }),
    ],
    ladder: 'three-days',
    hers: true,
  },
  limitation: {
    ...BASE,
    starts_on: 'information-recorded',
    counted_from: 'offence',
    stops_on: ['information-recorded'],
    responsible: 'police',
    applies: { to: 'by-punishment' },
    length: 'limitation',
    versions: [since('BNSS 514'), before('CrPC 468')],
    ladder: null,
  },
  noncog_fortnight: {
    ...BASE,
    starts_on: 'noncognizable-entered',
    stops_on: ['noncognizable-reported'],
    responsible: 'police',
    per: 'each',
    applies: EVERY,
    versions: [since('BNSS 174(1)(ii)'), before(null)],
    ladder: 'days',
  },
  search_record_48h: {
    ...BASE,
    starts_on: 'searched',
    stops_on: ['search-record-sent'],
    responsible: 'police',
    per: 'each',
    applies: EVERY,
    versions: [since('BNSS 185(5)'), unnumbered(before('CrPC 165(5)'), 'forthwith', { hours: 48 })],
    ladder: 'two-days',
  },
  arrest_24h: {
    ...BASE,
    starts_on: 'arrested',
    stops_on: ['produced', 'released-on-bail'],
    responsible: 'police',
    per: 'accused',
    applies: EVERY,
    versions: [since('BNSS 58'), before('CrPC 57')],
    ladder: 'one-day',
  },
  default_bail: {
    ...BASE,
    starts_on: 'remanded',
    stops_on: ['report-forwarded', 'released-on-bail'],
    responsible: 'police',
    per: 'accused',
    applies: { to: 'by-punishment' },
    length: 'default-bail',
    versions: [since('BNSS 187(3)'), before('CrPC 167(2)')],
    ladder: 'bail',
  },
  summons_case_6m: {
    ...BASE,
    starts_on: 'arrested',
    stops_on: ['report-forwarded'],
    responsible: 'police',
    per: 'accused',
    applies: { to: 'summons-case' },
    versions: [since('BNSS 187(9)'), before('CrPC 167(5)')],
    ladder: 'months',
  },
  bail_notice_15d: {
    ...BASE,
    starts_on: 'bail-notice-received',
    stops_on: ['bail-notice-given'],
    responsible: 'court',
    per: 'each',
    applies: { to: 'sections', act: 'BNS', sections: ['65', '70(2)'] },
    versions: [since('BNSS 483(1)'), before('CrPC 439(1)')],
    ladder: 'inform',
    hers: true,
  },
  action_taken_to_informant: {
    ...BASE,
    starts_on: 'report-forwarded',
    stops_on: ['action-told'],
    responsible: 'police',
    applies: EVERY,
    versions: [
      unnumbered(since('BNSS 193(3)(iii)'), 'no-number', A_DAY),
      unnumbered(before('CrPC 173(2)(ii)'), 'no-number', A_DAY),
    ],
    ladder: 'one-day',
    hers: true,
  },
  copies_14d: {
    ...BASE,
    starts_on: 'accused-appeared',
    stops_on: ['copies-supplied'],
    responsible: 'magistrate',
    per: 'accused',
    applies: EVERY,
    versions: [since('BNSS 230'), unnumbered(before('CrPC 207'), 'without-delay', { days: 14 })],
    ladder: 'inform',
    hers: true,
  },
  trial_two_months: {
    ...BASE,
    starts_on: 'charge-sheet-filed',
    stops_on: ['judgment'],
    responsible: 'court',
    applies: { to: 'list', list: 'BNSS_346_trial_two_months' },
    versions: [since('BNSS 346(1)'), before('CrPC 309(1)')],
    ladder: 'inform',
    hers: true,
  },
  scst_trial_2m: {
    ...BASE,
    starts_on: 'charge-sheet-filed',
    stops_on: ['judgment'],
    responsible: 'court',
    applies: { to: 'act', act: 'SCST' },
    versions: [always('SC/ST Act 14')],
    ladder: 'inform',
    hers: true,
  },
  pocso_evidence_30d: {
    ...BASE,
    starts_on: 'cognizance',
    stops_on: ['child-evidence-recorded'],
    responsible: 'court',
    applies: CHILD,
    versions: [always('POCSO 35(1)')],
    ladder: 'inform',
    hers: true,
  },
  pocso_trial_1y: {
    ...BASE,
    starts_on: 'cognizance',
    stops_on: ['judgment'],
    responsible: 'court',
    applies: CHILD,
    versions: [always('POCSO 35(2)')],
    ladder: 'inform',
    hers: true,
  },
  further_investigation_90d: {
    ...BASE,
    starts_on: 'further-permitted',
    stops_on: ['further-done'],
    responsible: 'police',
    per: 'each',
    applies: EVERY,
    versions: [since('BNSS 193(9)'), before(null)],
    ladder: 'months',
    hers: true,
  },
  appeal_6m: {
    ...BASE,
    starts_on: 'appeal-filed',
    stops_on: ['appeal-decided'],
    responsible: 'court',
    per: 'each',
    applies: { to: 'list', list: 'BNSS_418_4_appeal_six_months' },
    versions: [since('BNSS 418(4)'), before('CrPC 377(4)')],
    ladder: 'inform',
    hers: true,
  },
  compensation_2m: {
    ...BASE,
    starts_on: 'compensation-asked',
    stops_on: ['compensation-awarded'],
    responsible: 'legal-services',
    applies: EVERY,
    versions: [since('BNSS 396(5)'), before('CrPC 357A(5)')],
    ladder: 'inform',
    hers: true,
  },
  dv_first_hearing: {
    ...BASE,
    starts_on: 'dv-application',
    stops_on: ['dv-first-hearing'],
    responsible: 'magistrate',
    applies: EVERY,
    versions: [always('PWDVA 12(4)')],
    ladder: 'inform',
    hers: true,
  },
  dv_disposal: {
    ...BASE,
    starts_on: 'dv-first-hearing',
    stops_on: ['dv-order'],
    responsible: 'magistrate',
    applies: EVERY,
    versions: [always('PWDVA 12(5)')],
    ladder: 'inform',
    hers: true,
  },
} as const satisfies Record<string, RuleRow>;

/** Id of a rule that drives a clock; the same id as its row in clocks.json. */
export type RuleId = keyof typeof TABLE;
export const RULES: Readonly<Record<RuleId, RuleRow>> = TABLE;
export const RULE_IDS = Object.keys(TABLE) as RuleId[];

/** Rows of clocks.json that are known and drive no clock of a file, and why not. */
export const DRIVES_NOTHING: Readonly<Record<string, 'no-number' | 'not-for-these-offences' | 'not-of-a-file'>> = {
  otp: 'no-number',
  fir_upload_24h: 'not-for-these-offences',
  dpdp_breach: 'not-of-a-file',
};
