// The door of casework: the file, the desks it lies on, what is done to it and by whom; what she sees of it.
import { type Act, refuse } from '#foundation';
import { type Opened, openIdentity } from '#sealed-identity';
import { findFile } from './store.ts';

export type { Accused } from './accused.ts';
export { type CourtDate, type CourtEvent, type CourtOrder, isStayed } from './court-orders.ts';
export { type FileHead, readCourt, readDiary, readPeople } from './file-parts.ts';
export type { Handover } from './abroad.ts';
export {
  handedOver,
  handoverNews,
  handoverRefused,
  handoversAsked,
  raiseHandover,
  travelling,
} from './handing-over.ts';
export { standingForm, type Travelling, travellingForm } from './abroad-forms.ts';
export type { Arrival } from './arrival.ts';
export { newsToTell, newsTold, takeOverFile } from './taking-over.ts';
export type { DutyState } from './duty-state.ts';
export type { Corrects } from './history.ts';
export {
  type Calendar,
  calendarCounts,
  type CalendarEntry,
  calendarOf,
  type DayCount,
  type FedClock,
  type Feed,
  feedsOf,
  fetchFeed,
  makeFeed,
  revokeFeed,
} from './calendar.ts';
export {
  type ChangeFacts,
  type ChangeFile,
  type ChangePlan,
  changePlan,
  changesAhead,
  changesHere,
  SCHEDULES_CHANGES,
  scheduleChange,
  withdrawChange,
} from './changeover.ts';
export { changeForm, OUTGOING_ACTS, withdrawForm } from './changeover-forms.ts';
export type { Tally } from './changeover-rules.ts';
export { decoyForm, type DecoyForm } from './decoy-forms.ts';
export { askForDecoy, decideOnDecoy, type Decoy, decoysOf, endDecoy } from './decoys.ts';
export { deskLedger, type DeskPost, type DeskStay, type Stay, type Tenure } from './desk-ledger.ts';
export {
  type DeskCounts,
  type DeskPart,
  type DeskRow,
  deskCounts,
  deskOf,
  handOverDesk,
  onDesk,
  placeOnDesk,
} from './desk.ts';
export {
  DESK_GROUPS,
  DESK_PAGE,
  DESK_SHOWS,
  DESK_SORTS,
  type DeskAsked,
  type DeskFilter,
  type DeskGroup,
  type DeskShow,
  deskFilter,
  deskForm,
} from './desk-asked.ts';
export { forgetFilter, type SavedFilter, saveFilter, saveFilterForm, savedFilters } from './desk-saved.ts';
export { type Digest, digestOf } from './digest.ts';
export { type DiaryDraft, draftOf, forgetDraft, keepDraft } from './drafts.ts';
export { type FileView, type Report, readFile, type StepFacts } from './file-view.ts';
export { attemptCall, type Called, confirmCall, type Filed, fileComplaint } from './filing.ts';
export {
  CHARGE_SHEETS,
  COURT_DATES,
  COURT_EVENTS,
  COURT_ORDERS,
  CUSTODIES,
  IDENTIFICATIONS,
  OUTCOMES,
  RELEASES,
  REOPEN_KINDS,
  REPORT_REASONS,
  RESULTS,
  SIGN_PLACES,
  STATEMENT_KINDS,
  STATEMENT_PLACES,
  SUMMON_ANSWERS,
  SUMMON_REASONS,
  SUMMON_RESULTS,
  WHY_NOT_AT_HOME,
} from './form-codes.ts';
export {
  type FormOf,
  type HandOverForm,
  handOverForm,
  type StepForm,
  stepForm,
  summonAnswerForm,
} from './forms.ts';
export { confirmInPerson, type InPerson, inPersonForm } from './in-person.ts';
export { watch } from './jobs.ts';
export { askToShredFile, holdFile, holdForm, liftForm, liftHoldOf, readKeeping } from './keeping.ts';
export {
  DESK_KINDS,
  OPEN,
  type Phase,
  PHASES,
  type Reason,
  type Stage,
  STATES,
  STEP_NAMES,
  STEPS,
  type State,
  type StepName,
  type StepRow,
  stageOf,
  stepsOf,
} from './powers.ts';
export {
  ASKS_FOR_DECOYS,
  KEEPS_DECOYS,
  LOOK_UP_SIGNS,
  SIGN_NAMES,
  type ActorFacts,
  type FileFacts,
  type Next,
  nextFor,
  whyNot,
  whyNotThere,
} from './rules.ts';
export { myRecord, recordOfNumber } from './record.ts';
export { type Recorded, recordedOf } from './recorded.ts';
export { type Found, type FoundRow, type LookedUp, lookUp, MOST_LOOK_UPS, search } from './search.ts';
export { filesByIds, openDangerOf } from './danger.ts';
export { answerSign, type LookUpSign, lookUpSignCount, lookUpSigns } from './look-up-signs.ts';
export { LOOK_UP_REASONS, LOOK_UPS, lookUpForm, PLACES, type SearchAsked, searchForm } from './search-asked.ts';
export { tellClocks } from './moments.ts';
export type { Meant } from './search-words.ts';
export { fileAfter, takeStep } from './steps.ts';
export type { SummonAnswer, SummonReason, SummonResult, SummonTally } from './summon-rules.ts';
export {
  answersHere,
  answerSummon,
  type Asked,
  type SummonsCount,
  summonsCounted,
} from './summons.ts';
export { type TrackFacts, track } from './tracking.ts';
export { type Decision, decisionsHere, filesOfFirs } from './decisions.ts';
export { DECISION_KINDS, type DecisionKind } from './decision-rules.ts';
export { type Elsewhere, sentElsewhere } from './transfers-between-stations.ts';
export { CODES_OF_DEED } from './which-code.ts';

/**
 * Opens the sealed identity of a file to the acting post, for a purpose and for minutes; she sees that it happened.
 * @param number the complaint number
 * @param purpose one of PURPOSES of #sealed-identity
 * @throws Refusal `not-found` outside this post's circle; `purpose-unknown`
 */
export async function openIdentityOf(a: Act, number: string, purpose: string): Promise<Opened> {
  const file = (await findFile(a, number)) ?? refuse('not-found');
  return openIdentity(a, file.id, purpose);
}
export {
  type Charge,
  chargesOf,
  chargesToSign,
  endLeaveOf,
  grantLeaveOf,
  orderTransferOf,
  type Signed,
  signCharge,
} from './charge.ts';
export { chargeForm, leaveForm, moveFilesForm, transferForm } from './charge-forms.ts';
export type { ChargeLine } from './charge-store.ts';
export { decideRepeat, type Likeness, type Repeat, type RepeatForm, repeatForm, repeatsOf } from './repeats.ts';
export type { Direction } from './supervision.ts';
export {
  type DeskChoice,
  filesOnDesk,
  type Load,
  MOST_AT_ONCE,
  moveFiles,
  type PostRow,
  type Staffing,
  staffingOf,
} from './staffing.ts';
