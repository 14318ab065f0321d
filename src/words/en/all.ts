// Every word of the house in English.
import type { Words } from '../words.ts';
import { calendar } from './calendar.ts';
import { changes } from './changes.ts';
import { citizen } from './citizen.ts';
import { common } from './common.ts';
import { correspondence } from './correspondence.ts';
import { decoys } from './decoys.ts';
import { desks } from './desks.ts';
import { documents } from './documents.ts';
import { ending } from './ending.ts';
import { enrol } from './enrol.ts';
import { exchange } from './exchange.ts';
import { fields } from './fields.ts';
import { form } from './form.ts';
import { hearing } from './hearing.ts';
import { imports } from './imports.ts';
import { info } from './info.ts';
import { law } from './law.ts';
import { lawSearch } from './law-search.ts';
import { ledger } from './ledger.ts';
import { log } from './log.ts';
import { problems } from './problems.ts';
import { reasons } from './reasons.ts';
import { retention } from './retention.ts';
import { rights } from './rights.ts';
import { sos } from './sos.ts';
import { staff } from './staff.ts';
import { track } from './track.ts';
import { trust } from './trust.ts';
import { visits } from './visits.ts';
import { statistics } from './statistics.ts';
import { watch } from './watch.ts';
import { waysIn } from './ways-in.ts';

export const en = {
  common,
  citizen,
  form,
  exchange,
  fields,
  problems,
  track,
  law,
  lawSearch,
  info,
  reasons,
  rights,
  staff,
  enrol,
  changes,
  calendar,
  documents,
  correspondence,
  sos,
  desks,
  ending,
  visits,
  imports,
  statistics,
  watch,
  hearing,
  log,
  ledger,
  trust,
  decoys,
  waysIn,
  retention,
} satisfies Words;
