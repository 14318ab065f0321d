// The door of hearing: she is heard by an officer online, at a time of her choosing, in a room that leaves nothing behind.
export {
  CANCEL_REASONS,
  cancelForm,
  chooseForm,
  codeForm,
  consentForm,
  GUEST_ROLES,
  type GuestRole,
  guestForm,
  HEARING_ABOUT,
  HEARING_KINDS,
  HEARING_STATES,
  type HearingAbout,
  type HearingKind,
  type HearingState,
  NOT_HELD_REASONS,
  offerForm,
  othersForm,
  outcomeForm,
  type RecordingForm,
  recordingForm,
  ROLES,
  type Role,
  type TalkForm,
  talkForm,
  timesForm,
  WAYS,
} from './forms.ts';
export { askForOthers, bringSomebody, callOff, chooseTime, consentTo, enterByCode } from './hers.ts';
export { type Ice, openTurn, turnReady } from './ice.ts';
export { watch } from './jobs.ts';
export { callHer, cancelHearing, offerHearing, offerOtherTimes, writeOutcome } from './offers.ts';
export { addPiece, beginRecording, endRecording, keepRecording } from './recording.ts';
export { type Asking, guestRoom, iceOf, join, type Seat, talk, type Talked } from './room.ts';
export type { EventName } from './store.ts';
export {
  type FileHearings,
  type HearingEvent,
  type HearingFacts,
  type HearingPast,
  hearingPast,
  hearingsHere,
  hearingsOf,
  type HerHearing,
  myHearings,
  openHearings,
  readHearing,
  roomOf,
} from './views.ts';
