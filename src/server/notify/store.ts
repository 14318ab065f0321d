// The SQL of the outbox.
import { sql } from 'kysely';
import type { Act, Reading } from '#foundation';
import type { Language, TemplateId } from './templates.ts';

export type MessageState = 'waiting' | 'sent' | 'failed' | 'withheld';
type MessageTable = {
  id: string;
  subject: string;
  purpose: string;
  n: number;
  channel: 'sms' | 'email';
  template: TemplateId;
  language: Language;
  sealed_params: Buffer | null;
  made_at: Temporal.Instant;
  state: MessageState;
  tries: number;
  sent_at: Temporal.Instant | null;
  gateway_id: string | null;
};
type SandboxTable = {
  id: string;
  message: string;
  recipient: string;
  template: string;
  text: string;
  at: Temporal.Instant;
  state: string;
};

declare module '#foundation' {
  interface Database {
    'notify.message': MessageTable;
    'notify.sandbox_sent': SandboxTable;
  }
}
export type Message = MessageTable;

/** Two acts that write to the same case for the same purpose take turns, so that each finds the next number free. */
export const takeTurn = (h: Act, subject: string, purpose: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`notify ${subject} ${purpose}`}, 0))`.execute(h.db);

export const numbered = (h: Act, subject: string, purpose: string) =>
  h.db
    .selectFrom('notify.message')
    .select(['id', 'n', 'state'])
    .where('subject', '=', subject)
    .where('purpose', '=', purpose)
    .orderBy('n')
    .execute();
export const add = (h: Act, row: MessageTable) => h.db.insertInto('notify.message').values(row).execute();
export const lock = (h: Act, id: string) =>
  h.db.selectFrom('notify.message').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
/** What has its end keeps no secret: the blanks are emptied with it. */
export const finish = (
  h: Act,
  id: string,
  as: { state: Exclude<MessageState, 'waiting'>; sent_at?: Temporal.Instant; gateway_id?: string },
) =>
  h.db
    .updateTable('notify.message')
    .set((eb) => ({ ...as, tries: eb('tries', '+', 1), sealed_params: null }))
    .where('id', '=', id)
    .execute();
export const countTry = (h: Act, id: string) =>
  h.db
    .updateTable('notify.message')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('id', '=', id)
    .execute();

export const addSandbox = (h: Act, row: SandboxTable) => h.db.insertInto('notify.sandbox_sent').values(row).execute();
export const sandbox = (r: Pick<Reading, 'db'>, to?: string) => {
  const all = r.db
    .selectFrom('notify.sandbox_sent')
    .select(['recipient as to', 'template', 'text', 'at', 'state'])
    .orderBy('at')
    .orderBy('id');
  return (to === undefined ? all : all.where('recipient', '=', to)).execute();
};
