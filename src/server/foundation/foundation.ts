// The door of the foundation: the database, who acts, the one instant, the ledger, keys, refusals, work for later.

/** The tables of the house. Each room adds its own: `declare module '#foundation' { interface Database { … } }`. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the rooms through declaration merging
export interface Database {}
/** The jobs of the house and their payloads (ids only), filled by the rooms in the same way. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the rooms through declaration merging
export interface Jobs {}

export {
  type Act,
  type Acting,
  type Actor,
  act,
  asHouse,
  closeDatabase,
  enrolHouse,
  house,
  nobody,
  keepBooks,
  note,
  noteOn,
  type Options,
  openDatabase,
  type Reading,
  read,
  standAsHouse,
  whoIs,
} from './act.ts';
export {
  clockDoubted,
  clockInDoubt,
  lookAtClock,
  sayClockIsRight,
  startClockWatch,
  stopClockWatch,
} from './clock-watch.ts';
export { type Looked, lookIn, mine, readLooked } from './hers.ts';
export { laterEach, noteEach } from './many.ts';
export { type Connection, json, openPool } from './database.ts';
export { bodyHash, firstTime, type Repeatable } from './idempotency.ts';
export { newId } from './ids.ts';
export {
  indexHash,
  indexRead,
  indexSalt,
  indexWrite,
  keyProvider,
  keys,
  type KeysFrom,
  nextHash,
  openKeys,
  openSecrets,
  readSecrets,
} from './keys.ts';
export { nameOf } from './key-provider.ts';
export { openWith, sealWith } from './seal.ts';
export { changeIndexKey, changeWrappingKey, type IndexBook, keyState, type WrapBook } from './key-change.ts';
export { endHearing, hear, MISSED, startListening, stopListening, tell } from './live.ts';
export { INDIA, instantFrom } from './time.ts';
export { faultOf, log } from './log.ts';
export { checkMigrated, foresee, migrate, rehearse } from './migrate.ts';
export { beginAgain } from './once-more.ts';
export { measure, MEASURE_NAMES, measuresText, showOwn } from './measures.ts';
export { groundFor, type Postgres, startPostgres } from './postgres.ts';
export { Refusal, refuse, refuseIf } from './refusal.ts';
export { stretch, stretchLater } from './stretch.ts';
export { startTracing, stopTracing, traced } from './traces.ts';
export {
  beginClosing,
  closing,
  finishDueJobs,
  furnish,
  type JobRunners,
  lastSweep,
  moveClockTo,
  startWork,
  type Stop,
  stopWork,
  sweepAll,
  sweptAgo,
  walkClock,
  type Watch,
  working,
} from './workshop.ts';
