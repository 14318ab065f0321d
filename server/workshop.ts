// What the house does later and by the clock: every room's jobs and watches, in one list.
import { watch as callbackWatch } from '#callback';
import { watch as caseworkWatch } from '#casework';
import { jobs as cctnsJobs, watch as cctnsWatch } from '#cctns';
import { jobs as clientsJobs, watch as clientsWatch } from '#clients';
import { watch as correspondenceWatch } from '#correspondence';
import { watch as courtWatch } from '#court';
import { watch as evidenceWatch } from '#evidence';
import type { JobRunners, Watch } from '#foundation';
import { watch as hearingWatch } from '#hearing';
import { jobs as intakeJobs, watch as intakeWatch } from '#intake';
import { jobs as notifyJobs, watch as notifyWatch } from '#notify';
import { watch as oversightWatch } from '#oversight';
import { jobs as sealedJobs, watch as sealedWatch } from '#sealed-identity';
import { watch as sosWatch } from '#sos';

export const jobs: JobRunners = { ...sealedJobs, ...notifyJobs, ...intakeJobs, ...clientsJobs, ...cctnsJobs };
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
  cctnsWatch,
  oversightWatch,
  sosWatch,
];
