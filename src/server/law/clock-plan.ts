// The shape of a clock and of its reasons: codes and machine values only, ready for jsonb; words are made elsewhere.
import type { RuleId } from './clock-rows.ts';

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
      event: 'information-recorded' | 'information-received' | 'complaint-filed';
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
  responsible: 'police' | 'complainant' | 'callback-desk';
  started_at: Temporal.Instant;
  /** The last instant on time. */
  due_at: Temporal.Instant;
  /** The day of `due_at` in India. */
  due_on: Temporal.PlainDate;
  /** Code of the event that stops it. */
  stops_on: string;
  steps: WhyStep[];
  /** The warnings up to the first one after the due date. */
  stages: ClockStage[];
  /** After the last of `stages`, one more every so many days; null if none follows. */
  repeat_every_days: number | null;
};
