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

export const SCHEDULE: readonly Line[] = [
  {
    kind: 'case',
    keeps: 'case',
    because: 'case-law',
    tables: [
      ...['intake.complaint', 'casework.file', 'casework.step', 'casework.stay', 'casework.line', 'casework.register'],
      ...[
        'casework.diary',
        'casework.accused_link',
        'casework.change_file',
        'casework.charge_list',
        'casework.summon_answer',
      ],
      ...[
        'callback.promise',
        'callback.attempt',
        'callback.code',
        'deadlines.deadline',
        'deadlines.delay',
        'deadlines.attention',
      ],
      ...[
        'deadlines.stage',
        'deadlines.notice',
        'deadlines.digest',
        'deadlines.morning',
        'documents.document',
        'documents.opened',
      ],
      ...[
        'documents.register',
        'evidence.answer',
        'evidence.custody',
        'evidence.exhibit',
        'evidence.tally',
        'evidence.upload',
      ],
      ...[
        'evidence.voice_note',
        'hearing.consent',
        'hearing.event',
        'hearing.guest',
        'hearing.hearing',
        'hearing.recording',
      ],
      ...[
        'hearing.slot',
        'court.answer',
        'court.feedback',
        'court.feedback_words',
        'court.hearer',
        'court.notice',
        'court.plea',
      ],
      ...['court.word', 'correspondence.attachment', 'correspondence.concern', 'correspondence.concern_answer'],
      ...['correspondence.hearer', 'correspondence.message', 'correspondence.progress_words', 'correspondence.seen'],
      ...['notify.message', 'clients.origin'],
    ],
  },
  {
    kind: 'identity',
    keeps: 'case',
    because: 'two-posts',
    tables: [
      ...[
        'sealed.item',
        'sealed.case_key',
        'sealed.blind',
        'sealed.name_token',
        'sealed.accused_mark',
        'sealed.opening',
      ],
      ...['sealed.opening_end', 'sealed.request', 'sealed.hold', 'sealed.review', 'sealed.tombstone'],
    ],
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
    tables: [
      ...['intake.failure', 'casework.desk_try', 'hearing.seat', 'hearing.signal', 'hearing.piece', 'notify.receipt'],
      ...['clients.use', 'deadlines.wake', 'deadlines.rung', 'deadlines.sweep_mark', 'audit.fresh'],
    ],
  },
  { kind: 'repeats', keeps: { days: 30 }, because: 'no-longer-needed', tables: ['foundation.idempotency'] },
  { kind: 'sms-parts', keeps: { days: 90 }, because: 'no-longer-needed', tables: ['notify.part'] },
  {
    kind: 'access-logs',
    keeps: { days: YEAR },
    because: 'logs-a-year',
    tables: [
      'posts.session',
      'signin.invitation',
      'signin.vouch',
      'signin.machine_key',
      'clients.token',
      'clients.delivery',
    ],
  },
  { kind: 'running', keeps: { days: YEAR }, because: 'logs-a-year', tables: ['operations.run', 'notify.spent'] },
  {
    kind: 'ledger',
    keeps: 'always',
    because: 'proof',
    tables: [
      ...['foundation.ledger', 'foundation.key_change', 'audit.leaf', 'audit.tile', 'audit.shape', 'audit.checkpoint'],
      ...['audit.log_key', 'audit.verification', 'house.migration', 'operations.swept', 'casework.look_up'],
      ...['casework.look_up_beyond', 'casework.look_up_sign'],
    ],
  },
  {
    kind: 'office',
    keeps: 'always',
    because: 'office',
    tables: [
      ...[
        'posts.unit',
        'posts.post',
        'posts.officer',
        'posts.tenure',
        'posts.leave',
        'posts.transfer',
        'posts.transfer_post',
      ],
      ...[
        'signin.passkey',
        'signin.app',
        'signin.state_identity',
        'signin.machine',
        'clients.client',
        'clients.webhook',
      ],
      ...[
        'casework.law_change',
        'casework.saved_filter',
        'casework.feed',
        'notify.address',
        'notify.letter',
        'notify.price',
        'notify.way',
        'cctns.mapping',
      ],
      ...['foundation.house_secret'],
    ],
  },
  {
    kind: 'rapid-response',
    keeps: 'case',
    because: 'case-law',
    tables: [
      ...[
        'sos.alert',
        'sos.event',
        'sos.call_out',
        'sos.shift',
        'sos.vehicle',
        'sos.part',
        'sos.outage',
        'sos.outage_step',
      ],
      ...['sos.programme_change', 'sos.pace', 'sos.want', 'sos.timer', 'sos.beat'],
    ],
  },
  { kind: 'registrations', keeps: 'minutes', because: 'hers', tables: ['sos.registration'] },
  { kind: 'places', keeps: 'minutes', because: 'hers', tables: ['sos.fix', 'sos.track', 'sos.position', 'sos.code'] },
  {
    kind: 'firs',
    keeps: 'always',
    because: 'office',
    tables: [
      'cctns.balance',
      'cctns.batch',
      'cctns.fir',
      'cctns.fir_history',
      'cctns.place',
      'cctns.rejection',
      'cctns.unread',
    ],
  },
  {
    kind: 'derived',
    keeps: 'always',
    because: 'derived',
    tables: ['deadlines.desk', 'sealed.name_mark', 'foundation.round', 'operations.erasing'],
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
