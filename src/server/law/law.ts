// The law, as far as this house needs it: which section, which limit, which duty, until when and why; pure, each answer cites its section.

export { addCalendarMonths, ageOn, daysBetween, endOfIstDay, istDay, istMidnight } from './calendar.ts';
export { type ActCode, CATEGORIES, KNOWN_ACTS, type Offence, type SectionList } from './catalogue.ts';
export {
  type ClockBasis,
  type ClockKind,
  type ClockPlan,
  type ClockStage,
  NO_SECTION,
  type WhyStep,
} from './clock-plan.ts';
export { type ClockRow, clockRow, DRIVING_RULES, listClockRows, type RuleId } from './clock-rows.ts';
export { type Duty, type DutyCode, duties } from './duties.ts';
export {
  correspondingSections,
  findOffence,
  isIdentityProtected,
  listOffences,
  offencesUnder,
  sectionInList,
} from './offences.ts';
export { type AgeKnown, isChild, NEW_CODES_FROM, type WhichCode, whichCode } from './regime.ts';
export { type Helpline, helplines, type Right, verifiedRights } from './rights.ts';
export {
  callbackClock,
  investigationClock,
  isLate,
  medicalClock,
  pocsoReportClock,
  progressClock,
  signingClock,
} from './rules.ts';
export { type OffenceFacts, offenceFacts } from './offence-facts.ts';
export { browseOffences, searchOffences } from './search.ts';
export { asciiDigits, type Cited, normaliseAct, normaliseSection, parentSection } from './sections.ts';
export { nextStageAfter, type ReachedStage, repeatEveryDays, type Staged, stagesOf, stagesUpTo } from './stages.ts';
