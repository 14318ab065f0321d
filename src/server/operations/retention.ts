// How long each kind of record is kept, why, and what goes by itself. Every table of the house stands here once: a test reads the catalogue.
import type { Act, Reading } from '#foundation';
import { newId, note } from '#foundation';
import { istDay, istMidnight } from '#law';
import * as store from './store-retention.ts';

/** What a period rests on. The words stand in the pages, the sources in docs/retention.md. */
export type Basis =
  | 'case-law'
  | 'two-posts'
  | 'hers'
  | 'logs-a-year'
  | 'proof'
  | 'no-longer-needed'
  | 'office'
  | 'derived'
  | 'public'
  | 'practice';
export type Line = {
  kind: string;
  /** `days`: then it goes by itself; `case`: with the case; `always`: never; `minutes`: erased by its own room within minutes or days */
  keeps: { days: number } | 'case' | 'always' | 'minutes';
  because: Basis;
  tables: readonly string[];
};
const YEAR = 366;

/** Tables by schema, their names apart by spaces. */
const inSchemas = (named: Record<string, string>): string[] =>
  Object.entries(named).flatMap(([schema, tables]) => tables.split(' ').map((table) => `${schema}.${table}`));

export const SCHEDULE: readonly Line[] = [
  {
    kind: 'case',
    keeps: 'case',
    because: 'case-law',
    tables: inSchemas({
      intake: 'complaint',
      casework:
        'handover arrival file step stay line register diary accused_link change_file charge_list summon_answer',
      callback: 'promise attempt code',
      deadlines: 'deadline delay attention stage notice digest morning',
      documents: 'document opened register',
      evidence: 'answer custody exhibit tally upload voice_note',
      hearing: 'consent event guest hearing recording slot',
      court: 'answer feedback feedback_words hearer notice plea word',
      correspondence: 'attachment concern concern_answer hearer message progress_words seen',
      notify: 'message',
      clients: 'origin',
      exchange: 'parcel part arrived arrived_part',
    }),
  },
  {
    kind: 'identity',
    keeps: 'case',
    because: 'two-posts',
    tables: inSchemas({
      sealed: 'item case_key blind name_token accused_mark opening opening_end request hold review tombstone',
    }),
  },
  {
    kind: 'unsent',
    keeps: 'minutes',
    because: 'hers',
    tables: ['intake.draft', 'evidence.held', 'evidence.left_behind', 'casework.diary_draft'],
  },
  { kind: 'track-codes', keeps: { days: 1 }, because: 'no-longer-needed', tables: ['intake.track_code'] },
  {
    kind: 'moments',
    keeps: { days: 1 },
    because: 'no-longer-needed',
    tables: ['signin.challenge', 'signin.choice', 'signin.journey'],
  },
  {
    kind: 'brakes',
    keeps: 'minutes',
    because: 'no-longer-needed',
    tables: inSchemas({
      intake: 'failure',
      casework: 'desk_try',
      hearing: 'seat signal piece',
      notify: 'receipt block_try',
      clients: 'use',
      exchange: 'envelope',
      deadlines: 'wake rung sweep_mark',
      audit: 'fresh',
    }),
  },
  { kind: 'repeats', keeps: { days: 30 }, because: 'no-longer-needed', tables: ['foundation.idempotency'] },
  { kind: 'sms-parts', keeps: { days: 90 }, because: 'no-longer-needed', tables: ['notify.part'] },
  {
    kind: 'access-logs',
    keeps: { days: YEAR },
    because: 'logs-a-year',
    tables: inSchemas({ posts: 'session', signin: 'invitation vouch machine_key', clients: 'token delivery' }),
  },
  {
    kind: 'running',
    keeps: { days: YEAR },
    because: 'logs-a-year',
    tables: ['operations.run', 'operations.trouble', 'notify.spent'],
  },
  {
    kind: 'ledger',
    keeps: 'always',
    because: 'proof',
    tables: inSchemas({
      foundation: 'ledger key_change',
      audit: 'leaf tile shape checkpoint log_key verification',
      house: 'migration',
      operations: 'swept',
      casework: 'look_up look_up_beyond look_up_sign decoy decoy_touch',
    }),
  },
  {
    kind: 'office',
    keeps: 'always',
    because: 'office',
    tables: inSchemas({
      posts: 'unit post officer tenure leave transfer transfer_post station_abroad',
      signin: 'passkey app state_identity machine',
      clients: 'client webhook',
      exchange: 'own_key peer peer_key',
      casework: 'law_change saved_filter feed',
      notify: 'address letter price way',
      cctns: 'mapping',
      foundation: 'house_secret',
      operations: 'part part_change lapse lapse_step',
    }),
  },
  {
    kind: 'rapid-response',
    keeps: 'case',
    because: 'case-law',
    tables: inSchemas({
      sos: 'alert event call_out shift vehicle part outage outage_step programme_change want_change part_change pace want timer beat at_board drill',
    }),
  },
  { kind: 'registrations', keeps: 'minutes', because: 'hers', tables: ['sos.registration'] },
  {
    kind: 'places',
    keeps: 'minutes',
    because: 'hers',
    tables: ['sos.fix', 'sos.sound', 'sos.track', 'sos.position', 'sos.code'],
  },
  {
    kind: 'firs',
    keeps: 'always',
    because: 'office',
    tables: inSchemas({ cctns: 'balance batch fir fir_history place rejection unread' }),
  },
  {
    kind: 'derived',
    keeps: 'always',
    because: 'derived',
    tables: ['deadlines.desk', 'sealed.name_mark', 'foundation.round', 'foundation.clock_watch', 'operations.erasing'],
  },
  { kind: 'figures', keeps: 'always', because: 'public', tables: ['published.*'] },
  { kind: 'practice', keeps: 'always', because: 'practice', tables: ['foundation.clock', 'notify.sandbox_sent'] },
];

/** Tables that are erased on schedule, and after how many days. */
export const SWEPT: readonly { table: string; days: number }[] = SCHEDULE.flatMap(({ keeps, tables }) =>
  typeof keeps === 'object' ? tables.map((table) => ({ table, days: keeps.days })) : [],
);

/** The hour in India after which the day's erasing begins. */
const HOUR = 2;
const MOST = 5000;

/** When the schedule is to be gone through next: each night. */
export async function nextErasing(r: Reading): Promise<Temporal.Instant> {
  const last = await store.lastErasing(r);
  const today = istMidnight(istDay(r.now)).add({ hours: HOUR });
  return last && Temporal.Instant.compare(last, today) >= 0 ? today.add({ hours: 24 }) : today;
}

/**
 * Erases what has been kept long enough, some thousands of rows of each table a round. Idempotent. As the house.
 * @returns whether more waits
 */
export async function erase(h: Act): Promise<boolean> {
  if (Temporal.Instant.compare(h.now, await nextErasing(h)) < 0) return false;
  let more = false;
  for (const { table, days } of SWEPT) {
    const rows = await store.sweep(h, table, h.now.subtract({ hours: days * 24 }), MOST);
    if (rows === 0) continue;
    await store.addSwept(h, { id: newId(), at: h.now, name: table, rows });
    await note(h, 'operations.erased', null, { table, rows });
    more ||= rows === MOST;
  }
  if (!more) await store.markErasing(h);
  return more;
}

/** What was erased lately, by table. For the house, an administrator and an auditor. */
export const erasedLately = (r: Reading): Promise<store.Swept[]> => store.swept(r, r.now.subtract({ hours: 30 * 24 }));
