// The law, as far as this house needs it: which section, which limit, which duty, until when and why; pure, each answer cites its section.

export type { CaseFacts } from './applies.ts';
export { type AuthorityText, authorityText, citedText } from './authority-texts.ts';
export { type Citations, readByDay, readCitations } from './citations.ts';
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
export { type ClockRow, clockRow, DRIVING_RULES, listClockRows } from './clock-rows.ts';
export { type Duty, type DutyCode, duties } from './duties.ts';
export {
  correspondingSections,
  findOffence,
  isIdentityProtected,
  listOffences,
  offencesUnder,
  sectionInList,
} from './offences.ts';
export { GROUP_LINES, type Group, GROUPS, groupsOf } from './groups.ts';
export { type AgeKnown, isChild, NEW_CODES_FROM, type WhichCode, whichCode } from './regime.ts';
export { type Helpline, helplines, type Right, verifiedRights } from './rights.ts';
export { type Ladder, type LadderName, LADDERS, type Rung } from './ladders.ts';
export { MOMENTS, type Moment, RECORDED_BY_HAND, type RecordedMoment, SET_ASIDE_BY } from './moments.ts';
export { beginsAnew, isOfOneAccused, planAgain, plansOn, planRule, stopsOn, type Told, versionOn } from './planning.ts';
export { isOurs, type Responsible, type RuleRow, type RuleVersion, type Says } from './rule-row.ts';
export { DRIVES_NOTHING, RULE_IDS, RULES, type RuleId } from './rule-table.ts';
export { callbackClock, investigationClock, isLate, signingClock } from './rules.ts';
export { type OffenceFacts, offenceFacts } from './offence-facts.ts';
export { browseOffences, searchOffences } from './search.ts';
export { asciiDigits, type Cited, normaliseAct, normaliseSection, parentSection } from './sections.ts';
export {
  firstStage,
  nextStageAfter,
  type ReachedStage,
  repeatEveryDays,
  type Staged,
  stagesOf,
  stagesUpTo,
} from './stages.ts';
