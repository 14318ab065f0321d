// The SQL of the exchange: peers and keys, parcels on their way out, parcels that came. Only the schema `exchange`.
import { sql } from 'kysely';
import { type Act, json, type Reading } from '#foundation';
import type { ArrivedPart, ArrivedTable, At, OwnKey, Parcel, Part, Peer, PeerKey } from './tables.ts';

export type { ArrivedPart, OwnKey, Parcel, Part, Peer, PeerKey } from './tables.ts';

type From = Pick<Reading, 'db'>;

/** Our own keys that are good now, the newest first. */
export const ownKeys = (r: From): Promise<OwnKey[]> =>
  r.db.selectFrom('exchange.own_key').selectAll().where('ended_at', 'is', null).orderBy('generation', 'desc').execute();
export const allOwnKeys = (r: From): Promise<OwnKey[]> =>
  r.db.selectFrom('exchange.own_key').selectAll().orderBy('generation', 'desc').execute();
export const addOwnKey = (h: Act, row: OwnKey) => h.db.insertInto('exchange.own_key').values(row).execute();
export const endOwnKey = (h: Act, generation: number, by: string) =>
  h.db
    .updateTable('exchange.own_key')
    .set({ ended_at: h.now, ended_by: by })
    .where('generation', '=', generation)
    .execute();

/** One administrator at a time. */
export const takeTurn = (h: Act) => sql`select pg_advisory_xact_lock(hashtextextended('exchange', 0))`.execute(h.db);
export const peers = (r: From): Promise<Peer[]> =>
  r.db.selectFrom('exchange.peer').selectAll().orderBy('state').orderBy('made_at', 'desc').execute();
/** The house of a State that is spoken with now. */
export const peerOf = (r: From, state: string): Promise<Peer | undefined> =>
  r.db
    .selectFrom('exchange.peer')
    .selectAll()
    .where('state', '=', state)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
export const peerById = (r: From, id: string): Promise<Peer | undefined> =>
  r.db.selectFrom('exchange.peer').selectAll().where('id', '=', id).executeTakeFirst();
export const addPeer = (h: Act, row: Peer) => h.db.insertInto('exchange.peer').values(row).execute();
export const changePeer = (
  h: Act,
  id: string,
  to: Partial<Pick<Peer, 'address' | 'ended_at' | 'listed_at' | 'next_list_at' | 'trouble'>>,
) => h.db.updateTable('exchange.peer').set(to).where('id', '=', id).execute();
/** Peers whose list of stations is to be read. */
export const listsDue = (h: Act): Promise<Peer[]> =>
  h.db
    .selectFrom('exchange.peer')
    .selectAll()
    .where('ended_at', 'is', null)
    .where('next_list_at', '<=', h.now)
    .execute();

export const keysOfPeers = (r: From): Promise<PeerKey[]> =>
  r.db
    .selectFrom('exchange.peer_key')
    .selectAll()
    .orderBy('generation', 'desc')
    .orderBy('proposed_at', 'desc')
    .execute();
/** Keys of a peer that count: confirmed and not ended, the newest first. */
export const goodKeys = (r: From, peer: string): Promise<PeerKey[]> =>
  r.db
    .selectFrom('exchange.peer_key')
    .selectAll()
    .where('peer', '=', peer)
    .where('confirmed_at', 'is not', null)
    .where('ended_at', 'is', null)
    .orderBy('generation', 'desc')
    .execute();
export const lockKey = (h: Act, id: string): Promise<PeerKey | undefined> =>
  h.db.selectFrom('exchange.peer_key').selectAll().where('id', '=', id).executeTakeFirst();
export const addKey = (h: Act, row: PeerKey) => h.db.insertInto('exchange.peer_key').values(row).execute();
export const changeKey = (
  h: Act,
  id: string,
  to: Partial<Pick<PeerKey, 'confirmed_at' | 'confirmed_by' | 'confirmer' | 'ended_at'>>,
) => h.db.updateTable('exchange.peer_key').set(to).where('id', '=', id).execute();

/** Of these parcels those that are written already. */
export const written = async (h: From, ids: readonly string[]): Promise<Set<string>> => {
  const rows =
    ids.length > 0
      ? await h.db
          .selectFrom('exchange.parcel')
          .select('id')
          .where('id', 'in', [...ids])
          .execute()
      : [];
  return new Set(rows.map(({ id }) => id));
};
export const addParcel = async (h: Act, row: Parcel): Promise<boolean> => {
  const made = await h.db
    .insertInto('exchange.parcel')
    .values(row)
    .onConflict((clash) => clash.doNothing())
    .returning('id')
    .executeTakeFirst();
  return made !== undefined;
};
export const addParts = async (h: Act, rows: readonly Part[]): Promise<void> => {
  if (rows.length > 0)
    await h.db
      .insertInto('exchange.part')
      .values([...rows])
      .execute();
};
export const parcelById = (r: From, id: string): Promise<Parcel | undefined> =>
  r.db.selectFrom('exchange.parcel').selectAll().where('id', '=', id).executeTakeFirst();
export const lockParcel = (h: Act, id: string): Promise<Parcel | undefined> =>
  h.db.selectFrom('exchange.parcel').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
export const changeParcel = (
  h: Act,
  id: string,
  to: Partial<
    Pick<
      Parcel,
      'sealed_letter' | 'attempts' | 'next_at' | 'outcome' | 'received_at' | 'receipt' | 'given_up_at' | 'late_at'
    >
  >,
) => h.db.updateTable('exchange.parcel').set(to).where('id', '=', id).execute();
const open = (r: From) =>
  r.db.selectFrom('exchange.parcel').where('received_at', 'is', null).where('given_up_at', 'is', null);
export const parcelsDue = (h: Act, most: number): Promise<{ id: string }[]> =>
  open(h).select('id').where('next_at', '<=', h.now).orderBy('next_at').limit(most).execute();
/** Files that wait too long for a receipt, not raised yet. */
export const parcelsLate = (h: Act, before: At): Promise<{ id: string }[]> =>
  open(h)
    .select('id')
    .where('kind', '=', 'zero-fir')
    .where('made_at', '<=', before)
    .where('late_at', 'is', null)
    .execute();

export const partOf = (r: From, parcel: string, n: number): Promise<Part | undefined> =>
  r.db.selectFrom('exchange.part').selectAll().where('parcel', '=', parcel).where('n', '=', n).executeTakeFirst();
export const changePart = (
  h: Act,
  parcel: string,
  n: number,
  to: Partial<Pick<Part, 'attempts' | 'next_at' | 'outcome' | 'received_at' | 'receipt' | 'given_up_at'>>,
) => h.db.updateTable('exchange.part').set(to).where('parcel', '=', parcel).where('n', '=', n).execute();
/** Parts of parcels that were received: nothing travels before its letter. */
export const partsDue = (h: Act, most: number): Promise<{ parcel: string; n: number }[]> =>
  h.db
    .selectFrom('exchange.part as p')
    .innerJoin('exchange.parcel as l', 'l.id', 'p.parcel')
    .select(['p.parcel', 'p.n'])
    .where('l.received_at', 'is not', null)
    .where('p.received_at', 'is', null)
    .where('p.given_up_at', 'is', null)
    .where('p.next_at', '<=', h.now)
    .orderBy('p.next_at')
    .limit(most)
    .execute();
/** The next instant at which something is to be sent or listed. */
export const nextAt = (r: Reading): Promise<At | undefined> =>
  sql<{ at: At | null }>`select min(at) as at from (
      select next_at as at from exchange.parcel where received_at is null and given_up_at is null
      union all select p.next_at from exchange.part p join exchange.parcel l on l.id = p.parcel
        where l.received_at is not null and p.received_at is null and p.given_up_at is null
      union all select next_list_at from exchange.peer where ended_at is null) x`
    .execute(r.db as Act['db'])
    .then(({ rows }) => rows[0]?.at ?? undefined);
/** How many parcels and parts wait for each State, and since when the oldest. As the house. */
export const waiting = (h: From) =>
  sql<{ to_state: string; n: number; since: At }>`select l.to_state, count(*)::int as n, min(l.made_at) as since
    from exchange.parcel l left join exchange.part p on p.parcel = l.id and p.received_at is null and p.given_up_at is null
    where l.given_up_at is null and (l.received_at is null or p.parcel is not null) group by 1`
    .execute(h.db)
    .then(({ rows }) => rows);

export const arrived = (h: From, id: string) =>
  h.db.selectFrom('exchange.arrived').selectAll().where('id', '=', id).executeTakeFirst();
export const addArrived = (h: Act, row: ArrivedTable) => h.db.insertInto('exchange.arrived').values(row).execute();
export const addArrivedParts = async (
  h: Act,
  rows: readonly (Pick<ArrivedPart, 'parcel' | 'n' | 'what' | 'sha256' | 'size' | 'sealed_told'> & { told: object })[],
): Promise<void> => {
  if (rows.length === 0) return;
  await h.db
    .insertInto('exchange.arrived_part')
    .values(rows.map((row) => ({ ...row, told: json(row.told), came_at: null, receipt: null })) as never)
    .execute();
};
export const arrivedPart = (r: From, parcel: string, n: number) =>
  r.db
    .selectFrom('exchange.arrived_part as p')
    .innerJoin('exchange.arrived as a', 'a.id', 'p.parcel')
    .selectAll('p')
    .select(['a.from_state', 'a.file'])
    .where('p.parcel', '=', parcel)
    .where('p.n', '=', n)
    .executeTakeFirst();
/** Marks a part as come, once. @returns the receipt that counts */
export const partCame = (h: Act, parcel: string, n: number, receipt: string) =>
  h.db
    .updateTable('exchange.arrived_part')
    .set({ came_at: h.now, receipt })
    .where('parcel', '=', parcel)
    .where('n', '=', n)
    .where('came_at', 'is', null)
    .execute();
/** One parcel of a number at a time. */
export const takeParcel = (h: Act, id: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${id}, 16))`.execute(h.db);
/** Remembers an envelope. @returns false where it was opened before */
export const firstEnvelope = async (h: Act, mac: Buffer): Promise<boolean> => {
  const made = await h.db
    .insertInto('exchange.envelope')
    .values({ mac, at: h.now })
    .onConflict((clash) => clash.doNothing())
    .returning('mac')
    .executeTakeFirst();
  return made !== undefined;
};
export const forgetEnvelopes = (h: Act, before: At) =>
  h.db.deleteFrom('exchange.envelope').where('at', '<', before).execute();
