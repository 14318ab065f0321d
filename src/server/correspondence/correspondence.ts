// The door of correspondence: one thread a file between her and its desk, progress by the clock, concerns that go past the desk.
export {
  type Answered,
  answered,
  answerOnce,
  byUrgency,
  climb,
  climbAll,
  heardBy,
  type Keeping,
  type Names,
  namesAround,
} from './above.ts';
export {
  answerConcern,
  type ConcernFacts,
  type ConcernHere,
  concernCounts,
  concernsHere,
  concernsHereCount,
  concernsOf,
  type DeskSilence,
  myConcerns,
  myDeskSilence,
  silenceHere,
  raiseConcern,
} from './concerns.ts';
export { filesToSend, lookAtMine, myThreadFile, type Sendable, type ThreadFile } from './files.ts';
export {
  type AnswerForm,
  answerForm,
  CONCERN_OUTCOMES,
  CONCERN_REASONS,
  type ConcernForm,
  type ConcernOutcome,
  type ConcernReason,
  concernForm,
  type MessageForm,
  messageForm,
  MOST_FILES,
  progressForm,
} from './forms.ts';
export { watch } from './jobs.ts';
export {
  type DeskThread,
  freshOf,
  type HerThread,
  myThread,
  openMyThread,
  openThread,
  readThread,
  waitingHere,
  writeToDesk,
  writeToHer,
} from './messages.ts';
export { addToProgress, type ProgressDraft } from './progress.ts';
export type { ToldDeed } from './rules.ts';
export type { ProgressFacts } from './store.ts';
export type { MessageFacts, Thread } from './thread.ts';
