// The shape of a clock and of its reasons: codes and machine values only, ready for jsonb; words are made elsewhere.
import type { LadderName } from './ladders.ts';
import type { Moment } from './moments.ts';
import type { Responsible, Says } from './rule-row.ts';
import type { RuleId } from './rule-table.ts';

/** "law": a limit in law. "police-target": a promise of the police, labelled so and never mixed with the first. */
export type ClockKind = 'law' | 'police-target';

/** "express": the statute names the section. "by-correspondence": an old section stands for the new one; printed so. */
export type ClockBasis = 'express' | 'by-correspondence' | 'target';

/** What is cited for a police target: no section of law. */
export const NO_SECTION = 'police-target';

/** One step of the reasoning behind a due date. Days are ISO dates in Asia/Kolkata, instants ISO in UTC. */
export type WhyStep =
  /** What set the clock going. */
  | {
      code: 'started';
      event: Moment | 'offence';
      at: string;
      on: string;
    }
  /** A section of this case is named in the list. */
  | { code: 'section-listed'; act: string; section: string; list: string }
  /** The offence is rape, or penetrative assault on a child; the section gives no list of numbers. */
  | { code: 'offence-of-rape'; act: string; section: string }
  /** The case reaches the provision through another one and is not named by it. Not express: must be printed. */
  | { code: 'by-correspondence'; act: string; section: string; from: string; to: string }
  /** No section of this case is named in the list in force, so the date is no limit in law. */
  | { code: 'no-section-listed'; list: string | null }
  /** A section that could not be read; an officer must correct it. */
  | { code: 'section-unreadable'; act: string; section: string }
  /** She was under 18 and no section of POCSO is cited: POCSO 42A. An officer must look; the date does not change. */
  | { code: 'child-without-pocso'; authority: 'POCSO 42A' }
  /** The woman concerned was under 18 on the day. */
  | { code: 'applies-to-child'; authority: string }
  /** The act itself is cited, whatever the section. */
  | { code: 'act-cited'; act: string; section: string }
  /** The heaviest punishment among the sections of the case; null: life or death. */
  | { code: 'punishable'; act: string; section: string; years: number | null }
  /** The days after which an accused in custody may ask for bail; `unsettled`: the sections leave it open, so the earlier day counts. */
  | { code: 'bail-days'; authority: string; days: number; unsettled: boolean }
  /** No section is cited yet, so whether the punishment lies in the band of the section is for the officer to see. */
  | { code: 'band-unchecked'; authority: string }
  /** The clock of one accused among several. */
  | { code: 'of-accused'; accused: number }
  /** The section sets the duty without a number; the number that follows is a police target. */
  | { code: 'no-number-in-law'; authority: string; says: Says }
  /** Somebody else has to act; the police can only ask. */
  | { code: 'not-the-police'; who: Responsible }
  /** Begun again after it was met: the section does not ask for that, we do. */
  | { code: 'again-is-ours'; authority: string; days: number }
  /** The limit itself. */
  | { code: 'rule'; authority: string; months: number }
  | { code: 'rule'; authority: string; days: number }
  | { code: 'rule'; authority: string; hours: number }
  /** No rule of law gave this duty in the code this case runs under. */
  | { code: 'no-such-duty-in-old-code'; authority: string; in_force_from: string }
  /** The section states no starting point; taking the day of recording is this system's reading. */
  | { code: 'start-is-our-reading'; authority: string }
  /** The first day is left out. */
  | { code: 'first-day-excluded'; authority: 'GCA 9'; excluded: string; first_counted: string }
  /** The first day counts: the day of remand is day one. */
  | { code: 'first-day-included'; authority: string; on: string }
  /** The corresponding day of each month counted; always counted from the start, never from the month before. */
  | { code: 'months-counted'; authority: 'GCA 3(35)'; on: string[] }
  /** The days counted, from the first to the last. */
  | { code: 'days-counted'; from: string; to: string; days: number }
  /** Hours run by the clock, nights and holidays included. */
  | { code: 'hours-counted'; hours: number; from: string; to: string }
  /** The month has no such day, so the period ends on its last one. */
  | { code: 'clamped'; authority: string; day: number; month: string; on: string }
  /** What "sixty days", as others count, would have given. */
  | { code: 'not-sixty-days'; sixty_on: string; days_in_period: number }
  /** The duty to sign is hers; the police must make it possible, at home too. Lateness erases nothing. */
  | { code: 'police-make-it-possible' }
  /** Only if she consents. */
  | { code: 'only-with-consent'; authority: string }
  /** The end: on time until `at`, late from `late_from`. */
  | { code: 'due'; on: string; at: string; late_from: string };

/** A warning or a breach: which, when, and whether it also goes to the post above the holder. */
export type ClockStage = { stage: string; at: Temporal.Instant; to: 'holder' | 'superior' };

/** A clock as planned once, when it starts. It is never planned again: handing a file over changes nothing in it. */
export type ClockPlan = {
  /** Id of the row in clocks.json. */
  rule: RuleId;
  kind: ClockKind;
  basis: ClockBasis;
  /** The section, e.g. "BNSS 193(2)"; "police-target" where there is none. */
  authority: string;
  responsible: Responsible;
  /** The accused it belongs to, from 1; null where it belongs to the case. */
  accused: number | null;
  /** She sees it, and is told when it has passed. */
  hers: boolean;
  /** When it warns and whom; null: it informs and raises nothing. */
  ladder: LadderName | null;
  started_at: Temporal.Instant;
  /** The last instant on time. */
  due_at: Temporal.Instant;
  /** The day of `due_at` in India. */
  due_on: Temporal.PlainDate;
  /** The moment that stops it. */
  stops_on: Moment;
  steps: WhyStep[];
  /** The warnings up to the first one after the due date. */
  stages: ClockStage[];
  /** After the last of `stages`, one more every so many days; null if none follows. */
  repeat_every_days: number | null;
  /** Stopped by the very moment that started it: it says only whether that was in time. */
  stopped_at: Temporal.Instant | null;
};
