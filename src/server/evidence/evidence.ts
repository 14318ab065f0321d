// The door of evidence: files that arrive in parts and are looked at, exhibits that are never changed, and whose hands each was in.
export { attachAlarmSound, expectApart, keepApart, readApart, settleApart } from './apart.ts';
export { addThing, type Digital, moveExhibit } from './exhibits.ts';
export { fileWithUploads } from './filing.ts';
export {
  type HeldForm,
  heldForm,
  type MoveForm,
  moveForm,
  type ThingForm,
  thingForm,
  type UploadForm,
  uploadForm,
  voiceForm,
} from './forms.ts';
export {
  dropUpload,
  type Held,
  type HeldKind,
  holdUpload,
  myUploads,
  type SentAs,
  takeUpload,
} from './held.ts';
export { watch } from './jobs.ts';
export { type Awaited, type Evidence, evidenceOf, type Exhibit, exhibitsThere, type Link } from './listing.ts';
export { MEDIA, type Media } from './media.ts';
export {
  EXHIBIT_KINDS,
  type ExhibitKind,
  FILE_KINDS,
  LIMITS,
  type Move,
  MOVE_NAMES,
  MOVES,
  type Place,
  PLACES,
  THING_KINDS,
} from './rules.ts';
export { type Bucket, openShelf, shelfTrouble } from './shelf.ts';
export { type TusAnswer, tusDoor } from './tus.ts';
export { fileWraps } from './wrapped.ts';
export { bytesToTravel, filesToTravel, takeArriving } from './travelling.ts';
export { beginUpload, carryOn, drawId, exhibitOf, progressOf, saidHash } from './uploads.ts';
export { addVoice, type VoiceNote, voicesOf } from './voice.ts';
export {
  byLabel,
  canBe,
  canLookAt,
  type KeptFile,
  type Label,
  labelOf,
  lookAt,
  type Part,
  type Shown,
  showFile,
  type Verified,
  verifyExhibit,
} from './viewing.ts';
