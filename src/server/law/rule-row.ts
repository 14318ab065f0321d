// What a rule is: which moment starts a clock, which stops it, for which cases, on what authority from which day; and the few words
// in which the tables write it down.
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

const OURS: readonly Responsible[] = ['police', 'callback-desk', 'supervisor'];
/** Whether it is for the police to act: what others let pass is shown and is no lateness of theirs. */
export const isOurs = (responsible: Responsible): boolean => OURS.includes(responsible);

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

export const NEW = '2024-07-01';
export const BEFORE_NEW = '2024-06-30';
export const since = (authority: string): RuleVersion => ({ from: NEW, to: null, authority });
export const before = (authority: string | null): RuleVersion => ({ from: null, to: BEFORE_NEW, authority });
export const always = (authority: string): RuleVersion => ({ from: null, to: null, authority });
export const unnumbered = (version: RuleVersion, says: Says, target: Target): RuleVersion => ({
  ...version,
  says,
  target,
});

export const BASE = { counted_from: 'moment', per: 'file', length: 'row', hers: false } as const;
export const EVERY = { to: 'every-case' } as const;
export const CHILD = { to: 'child' } as const;
export const A_DAY: Target = { hours: 24 };
