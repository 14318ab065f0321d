// What the house does later and by the clock: every room's jobs and watches, in one list.
import { watch as auditWatch } from '#audit';
import { jobs as callbackJobs, watch as callbackWatch } from '#callback';
import { watch as caseworkWatch } from '#casework';
import { paperWraps } from '#documents';
import { jobs as cctnsJobs, watch as cctnsWatch } from '#cctns';
import { jobs as clientsJobs, watch as clientsWatch } from '#clients';
import { watch as correspondenceWatch } from '#correspondence';
import { watch as courtWatch } from '#court';
import { jobs as exchangeJobs, watch as exchangeWatch } from '#exchange';
import { fileWraps, watch as evidenceWatch } from '#evidence';
import type { JobRunners, Jobs, Watch, WrapBook } from '#foundation';
import { watch as hearingWatch } from '#hearing';
import { draftWraps, jobs as intakeJobs, watch as intakeWatch } from '#intake';
import { jobs as notifyJobs, watch as notifyWatch } from '#notify';
import { watch as operationsWatch } from '#operations';
import { watch as oversightWatch } from '#oversight';
import { caseWraps, jobs as sealedJobs, watch as sealedWatch } from '#sealed-identity';
import { jobs as sosJobs, watch as sosWatch } from '#sos';

export const jobs: JobRunners = {
  ...sealedJobs,
  ...callbackJobs,
  ...notifyJobs,
  ...intakeJobs,
  ...clientsJobs,
  ...exchangeJobs,
  ...cctnsJobs,
  ...sosJobs,
};
/** Jobs that stretch: each takes as long as all the rest of a filing, and can wait. */
export const slowJobs = ['sealed-identity.index', 'callback.first-code'] as const satisfies (keyof Jobs)[];
/** Everything that is wrapped by the key-encryption key. */
export const wrapBooks: readonly WrapBook[] = [caseWraps, draftWraps, fileWraps, paperWraps];
export const watches: readonly Watch[] = [
  sealedWatch,
  notifyWatch,
  intakeWatch,
  callbackWatch,
  caseworkWatch,
  evidenceWatch,
  correspondenceWatch,
  courtWatch,
  hearingWatch,
  clientsWatch,
  exchangeWatch,
  cctnsWatch,
  oversightWatch,
  sosWatch,
  auditWatch,
  operationsWatch,
];
