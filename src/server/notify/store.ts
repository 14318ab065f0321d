// The SQL of the outbox.
import { type Generated, type Insertable, type Selectable, sql } from 'kysely';
import type { Act, Reading } from '#foundation';
import type { Receipt } from './receipts.ts';
import type { Channel, Reason } from './rules.ts';
import type { Language, TemplateId } from './templates.ts';

/**
 * waiting: to be tried · handed: a gateway is being asked, or was when the house stopped · sent: taken by the gateway · delivered,
 * undelivered: the network's last word · failed: overtaken by a newer one · withheld: she does not want it · dead: could not go.
 */
export type MessageState = 'waiting' | 'handed' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'withheld' | 'dead';
/** What was decided about a message that did not go: sent again as a new one, or given up, and why. */
export type Settled = 'again' | 'number-wrong' | 'reached-otherwise' | 'no-use-any-more';
type MessageTable = {
  id: string;
  subject: string;
  purpose: string;
  n: number;
  channel: Channel;
  template: TemplateId;
  language: Language;
  sealed_params: Buffer | null;
  made_at: Temporal.Instant;
  state: MessageState;
  tries: number;
  sent_at: Temporal.Instant | null;
  gateway_id: string | null;
  handed_at: Generated<Temporal.Instant | null>;
  ended_at: Generated<Temporal.Instant | null>;
  reason: Generated<Reason | null>;
  copy_of: Generated<string | null>;
  settled: Generated<Settled | null>;
  settled_at: Generated<Temporal.Instant | null>;
  settled_by: Generated<string | null>;
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

type WayTable = {
  channel: Channel;
  taken_at: Temporal.Instant | null;
  failed_at: Temporal.Instant | null;
  reason: Reason | null;
  failures_in_row: number;
};

declare module '#foundation' {
  interface Database {
    'notify.message': MessageTable;
    'notify.sandbox_sent': SandboxTable;
    'notify.part': { gateway_id: string; message: string; n: number };
    'notify.receipt': { gateway_id: string; state: Receipt['state']; at: Temporal.Instant };
    'notify.way': WayTable;
  }
}
export type Message = Selectable<MessageTable>;
export type WayRow = WayTable;

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
export const add = (h: Act, row: Insertable<MessageTable>) => h.db.insertInto('notify.message').values(row).execute();
export const lock = (h: Act, id: string) =>
  h.db.selectFrom('notify.message').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

/** A newer message of the same case that says the same, whichever way it was caused: then the older one is not sent any more. */
export const newer = (h: Act, message: Message) =>
  h.db
    .selectFrom('notify.message')
    .select('id')
    .where('subject', '=', message.subject)
    .where('channel', '=', message.channel)
    .where('template', '=', message.template)
    .where('state', 'in', ['waiting', 'handed', 'sent', 'delivered'])
    .where((eb) =>
      eb.or([
        eb('made_at', '>', message.made_at),
        eb.and([eb('made_at', '=', message.made_at), eb('id', '>', message.id)]),
      ]),
    )
    .where((eb) => eb.or([eb('copy_of', 'is', null), eb('copy_of', '<>', message.id)]))
    .limit(1)
    .executeTakeFirst();

/** Before a gateway hears of it. */
export const hand = (h: Act, id: string) =>
  h.db
    .updateTable('notify.message')
    .set((eb) => ({ state: 'handed' as const, handed_at: h.now, tries: eb('tries', '+', 1) }))
    .where('id', '=', id)
    .execute();
/** A try that certainly failed: it waits again. */
export const wait = (h: Act, id: string, reason: Reason) =>
  h.db.updateTable('notify.message').set({ state: 'waiting', reason }).where('id', '=', id).execute();

export type Ending = {
  state: Exclude<MessageState, 'waiting' | 'handed'>;
  reason?: Reason;
  sent_at?: Temporal.Instant;
  gateway_id?: string;
};
/** The end of a message. Its blanks are emptied with it, unless somebody may still want to send it again. */
export const finish = (h: Act, id: string, { keep, ...as }: Ending & { keep?: boolean }) =>
  h.db
    .updateTable('notify.message')
    .set({ ...as, ended_at: h.now, ...(keep ? {} : { sealed_params: null }) })
    .where('id', '=', id)
    .execute();

// said as it stands in the index, so that also a plan which is kept finds it
const HANDED = sql.lit('handed' as const);
/** What was being handed over when nothing more was heard of it. */
export const stoppedMidway = (h: Act, before: Temporal.Instant) =>
  h.db
    .selectFrom('notify.message')
    .selectAll()
    .where('state', '=', HANDED)
    .where('handed_at', '<=', before)
    .orderBy('handed_at')
    .limit(100)
    .forUpdate()
    .skipLocked()
    .execute();
export const firstHanded = (r: Pick<Reading, 'db'>) =>
  r.db
    .selectFrom('notify.message')
    .select('handed_at')
    .where('state', '=', HANDED)
    .orderBy('handed_at')
    .limit(1)
    .executeTakeFirst();

/** The ids under which the parts were taken. A gateway that names two messages alike has its second one unmatched. */
export async function addParts(h: Act, message: string, gateway_ids: readonly string[]): Promise<void> {
  const parts = gateway_ids.flatMap((gateway_id, at) => (gateway_id ? [{ gateway_id, message, n: at + 1 }] : []));
  if (parts.length === 0) return;
  await h.db
    .insertInto('notify.part')
    .values(parts)
    .onConflict((c) => c.doNothing())
    .execute();
}
/** The network's word on one part; a later word counts. */
export const addReceipt = (h: Act, receipt: Receipt) =>
  h.db
    .insertInto('notify.receipt')
    .values({ ...receipt, at: h.now })
    .onConflict((c) => c.column('gateway_id').doUpdateSet({ state: receipt.state, at: h.now }))
    .execute();
export const messageOfPart = (h: Act, gateway_id: string) =>
  h.db.selectFrom('notify.part').select('message').where('gateway_id', '=', gateway_id).executeTakeFirst();
/** For each part of a message what the network said of it, if it said anything. */
export const wordsOn = (h: Act, message: string) =>
  h.db
    .selectFrom('notify.part as p')
    .leftJoin('notify.receipt as r', 'r.gateway_id', 'p.gateway_id')
    .select('r.state')
    .where('p.message', '=', message)
    .execute();
/** Receipts of parts that nobody knows are forgotten. */
export const forgetReceipts = (h: Act, before: Temporal.Instant) =>
  h.db
    .deleteFrom('notify.receipt as r')
    .where('r.at', '<', before)
    .where((eb) =>
      eb.not(
        eb.exists(eb.selectFrom('notify.part as p').select('p.message').whereRef('p.gateway_id', '=', 'r.gateway_id')),
      ),
    )
    .execute();

/** What the network said of a message that was taken. */
export const arrived = (h: Act, id: string, state: Receipt['state']) =>
  h.db
    .updateTable('notify.message')
    .set({ state, ended_at: h.now, reason: state === 'undelivered' ? 'undelivered' : null })
    .where('id', '=', id)
    .where('state', 'in', ['sent', 'delivered', 'undelivered'])
    .execute();

/** What could not go and could still be sent again. */
export const deadWithBlanks = (h: Act) =>
  h.db
    .selectFrom('notify.message')
    .selectAll()
    .where('sealed_params', 'is not', null)
    .where('state', '=', 'dead')
    .orderBy('made_at')
    .limit(1000)
    .execute();
export const empty = (h: Act, id: string) =>
  h.db.updateTable('notify.message').set({ sealed_params: null }).where('id', '=', id).execute();
/** Somebody, or the house, has decided about it. */
export const settle = (h: Act, id: string, as: { settled: Settled; settled_by: string | null }) =>
  h.db
    .updateTable('notify.message')
    .set({ ...as, settled_at: h.now, sealed_params: null })
    .where('id', '=', id)
    .execute();

// the columns an officer may read; the database grants no others
const SEEN = ['id', 'channel', 'template', 'state', 'tries', 'reason', 'made_at', 'handed_at', 'ended_at'] as const;
const unsettled = (r: Pick<Reading, 'db'>) =>
  r.db.selectFrom('notify.message').where('state', 'in', ['dead', 'undelivered']).where('settled', 'is', null);
/** Dead letters in the acting post's sight, the one that has waited longest first. */
export const deadLetters = (r: Pick<Reading, 'db'>, most: number) =>
  unsettled(r).select(SEEN).orderBy('ended_at').orderBy('id').limit(most).execute();
export const deadCount = (r: Pick<Reading, 'db'>, late: Temporal.Instant) =>
  unsettled(r)
    .select((eb) => [
      eb.fn.countAll<number>().as('open'),
      eb.fn.countAll<number>().filterWhere('ended_at', '<=', late).as('late'),
    ])
    .executeTakeFirstOrThrow();
/** One of them, decided or not. */
export const deadLetter = (r: Pick<Reading, 'db'>, id: string) =>
  r.db.selectFrom('notify.message').select(['id', 'settled']).where('id', '=', id).executeTakeFirst();

/** Counts how a way stands. */
export async function countWay(h: Act, channel: Channel, failed: Reason | undefined): Promise<void> {
  const first = failed
    ? { taken_at: null, failed_at: h.now, reason: failed, failures_in_row: 1 }
    : { taken_at: h.now, failed_at: null, reason: null, failures_in_row: 0 };
  await h.db
    .insertInto('notify.way')
    .values({ channel, ...first })
    .onConflict((c) =>
      c
        .column('channel')
        .doUpdateSet((eb) =>
          failed
            ? { failed_at: h.now, reason: failed, failures_in_row: eb('notify.way.failures_in_row', '+', 1) }
            : { taken_at: h.now, failures_in_row: 0 },
        ),
    )
    .execute();
}
export const ways = (r: Pick<Reading, 'db'>) => r.db.selectFrom('notify.way').selectAll().execute();

export const addSandbox = (h: Act, row: SandboxTable) => h.db.insertInto('notify.sandbox_sent').values(row).execute();
export const sandbox = (r: Pick<Reading, 'db'>, to?: string) => {
  const all = r.db
    .selectFrom('notify.sandbox_sent')
    .select(['recipient as to', 'template', 'text', 'at', 'state'])
    .orderBy('at')
    .orderBy('id');
  return (to === undefined ? all : all.where('recipient', '=', to)).execute();
};
