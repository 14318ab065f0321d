// The SQL of clients. What an administrator reads is drawn by row security; everything is written as the house.
import { type Generated, type Selectable, sql } from 'kysely';
import type { Act, Reading } from '#foundation';
import type { Right } from './rules.ts';

type ClientTable = {
  id: string;
  name: string;
  contact_post: string;
  path: string;
  channel: string;
  rights: Right[];
  per_minute: number;
  per_day: number;
  made_at: Temporal.Instant;
  made_by: string;
  ended_at: Generated<Temporal.Instant | null>;
};
type TokenTable = {
  id: string;
  client: string;
  hash: Buffer;
  made_at: Temporal.Instant;
  ends_at: Generated<Temporal.Instant | null>;
};
type WebhookTable = {
  client: string;
  url: string;
  secret: Buffer;
  before_secret: Generated<Buffer | null>;
  before_until: Generated<Temporal.Instant | null>;
  set_at: Temporal.Instant;
  failing_since: Generated<Temporal.Instant | null>;
  disabled_at: Generated<Temporal.Instant | null>;
};
type DeliveryTable = {
  id: string;
  client: string;
  file: string;
  at: Temporal.Instant;
  next_at: Temporal.Instant;
  attempts: number;
  outcome: string | null;
  delivered_at: Temporal.Instant | null;
  given_up_at: Temporal.Instant | null;
};

declare module '#foundation' {
  interface Database {
    'clients.client': ClientTable;
    'clients.token': TokenTable;
    'clients.webhook': WebhookTable;
    'clients.delivery': DeliveryTable;
  }
}

export type Client = Selectable<ClientTable>;
export type Webhook = Selectable<WebhookTable>;
export type Delivery = Omit<Selectable<DeliveryTable>, 'file'>;
type From = Pick<Reading, 'db'>;

/** One knock, counted. The transaction must be able to write. */
export async function knock(r: From, hash: Buffer, purpose: string) {
  const { rows } = await sql<{
    client: string | null;
    channel: string | null;
    answer: 'ok' | 'unknown' | 'lacks-right' | 'spent';
    retry_after: number | null;
  }>`select * from clients.knock(${hash}, ${purpose})`.execute(r.db as Act['db']);
  return rows[0];
}
export async function filedThrough(h: Act, client: string, form_id: string): Promise<string | null> {
  const { rows } = await sql<{
    file: string | null;
  }>`select clients.filed_through(${client}, ${form_id}) as file`.execute(h.db);
  return rows[0]?.file ?? null;
}

export const clients = (r: From): Promise<Client[]> =>
  r.db.selectFrom('clients.client').selectAll().orderBy('made_at', 'desc').execute();
export const clientById = (r: From, id: string): Promise<Client | undefined> =>
  r.db.selectFrom('clients.client').selectAll().where('id', '=', id).executeTakeFirst();
export const lockClient = (h: Act, id: string): Promise<Client | undefined> =>
  h.db.selectFrom('clients.client').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const addClient = (h: Act, row: Omit<ClientTable, 'ended_at'>) =>
  h.db.insertInto('clients.client').values(row).execute();
export const changeClient = (
  h: Act,
  id: string,
  change: Partial<Pick<Client, 'rights' | 'per_minute' | 'per_day' | 'ended_at'>>,
) => h.db.updateTable('clients.client').set(change).where('id', '=', id).execute();

export const addToken = (h: Act, row: Omit<TokenTable, 'ends_at'>) =>
  h.db.insertInto('clients.token').values(row).execute();
/** Ends the live tokens at an instant, none later than it would have ended anyway. */
export const endTokens = (h: Act, client: string, at: Temporal.Instant) =>
  h.db
    .updateTable('clients.token')
    .set({ ends_at: sql`least(ends_at, ${at})` })
    .where('client', '=', client)
    .execute();
export const tokens = (r: From, client: string) =>
  r.db
    .selectFrom('clients.token')
    .select(['id', 'made_at', 'ends_at'])
    .where('client', '=', client)
    .orderBy('made_at', 'desc')
    .execute();

const SEEN = ['client', 'url', 'before_until', 'set_at', 'failing_since', 'disabled_at'] as const;
export const webhooks = (r: From) =>
  r.db
    .selectFrom('clients.webhook')
    .select([...SEEN])
    .execute();
export const webhookOf = (h: Act, client: string): Promise<Webhook | undefined> =>
  h.db.selectFrom('clients.webhook').selectAll().where('client', '=', client).forUpdate().executeTakeFirst();
export const addWebhook = (h: Act, row: Pick<WebhookTable, 'client' | 'url' | 'secret' | 'set_at'>) =>
  h.db.insertInto('clients.webhook').values(row).execute();
export const changeWebhook = (h: Act, client: string, change: Partial<Omit<Webhook, 'client'>>) =>
  h.db.updateTable('clients.webhook').set(change).where('client', '=', client).execute();
/** How many addresses of clients in sight are no longer called. */
export const countDisabled = async (r: From): Promise<number> => {
  const row = await r.db
    .selectFrom('clients.webhook as w')
    .innerJoin('clients.client as c', 'c.id', 'w.client')
    .select(({ fn }) => fn.countAll<string>().as('n'))
    .where('w.disabled_at', 'is not', null)
    .where('c.ended_at', 'is', null)
    .executeTakeFirst();
  return Number(row?.n ?? 0);
};

export const deliveries = (r: From, client: string, most: number): Promise<Delivery[]> =>
  r.db
    .selectFrom('clients.delivery')
    .select(['id', 'client', 'at', 'next_at', 'attempts', 'outcome', 'delivered_at', 'given_up_at'])
    .where('client', '=', client)
    .orderBy('at', 'desc')
    .limit(most)
    .execute();
const waiting = (r: From) =>
  r.db.selectFrom('clients.delivery').where('delivered_at', 'is', null).where('given_up_at', 'is', null);
export const nextAt = async (r: From): Promise<Temporal.Instant | undefined> => {
  const row = await waiting(r).select('next_at').orderBy('next_at').limit(1).executeTakeFirst();
  return row?.next_at;
};
export const due = (h: Act, most: number): Promise<{ id: string }[]> =>
  waiting(h)
    .select('id')
    .where('next_at', '<=', h.now)
    .orderBy('next_at')
    .limit(most)
    .forUpdate()
    .skipLocked()
    .execute();
export const changeDelivery = (h: Act, id: string, change: Partial<Omit<Delivery, 'id' | 'client' | 'at'>>) =>
  h.db.updateTable('clients.delivery').set(change).where('id', '=', id).execute();
export const lockDelivery = (h: Act, id: string) =>
  waiting(h).selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const giveUpOn = (h: Act, client: string) =>
  h.db
    .updateTable('clients.delivery')
    .set({ given_up_at: h.now })
    .where('client', '=', client)
    .where('delivered_at', 'is', null)
    .where('given_up_at', 'is', null)
    .execute();
/** A delivery that still has to be made, with its client and the address; undefined when there is nothing more to do. */
export const toSend = (r: From, id: string) =>
  r.db
    .selectFrom('clients.delivery as d')
    .innerJoin('clients.client as c', 'c.id', 'd.client')
    .innerJoin('clients.webhook as w', 'w.client', 'd.client')
    .select(['d.id', 'd.client', 'd.file', 'd.at', 'w.url', 'w.secret', 'w.before_secret', 'w.before_until'])
    .where('d.id', '=', id)
    .where('d.delivered_at', 'is', null)
    .where('d.given_up_at', 'is', null)
    .where('c.ended_at', 'is', null)
    .where('w.disabled_at', 'is', null)
    .executeTakeFirst();
