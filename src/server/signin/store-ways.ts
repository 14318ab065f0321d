// The SQL of the further ways in: code apps, superiors' codes, names at the state's provider, machines. Every verb here acts as the house.
import { type Generated, type Selectable, sql } from 'kysely';
import type { Act, Reading } from '#foundation';

type Ended = Generated<Temporal.Instant | null>;
type AppTable = {
  id: string;
  officer: string;
  sealed: Buffer;
  made_at: Temporal.Instant;
  confirmed_at: Ended;
  last_step: Generated<number>;
  ended_at: Ended;
};
type VouchTable = {
  id: string;
  mac: Buffer;
  officer: string;
  by_post: string;
  by_officer: string;
  made_at: Temporal.Instant;
  expires_at: Temporal.Instant;
  tries: Generated<number>;
  used_at: Ended;
  dead_at: Ended;
};
type StateIdentityTable = {
  id: string;
  issuer: string;
  value: string;
  officer: string;
  set_by_post: string;
  set_by_officer: string;
  set_at: Temporal.Instant;
  ended_at: Ended;
};
type MachineTable = {
  id: string;
  name: string;
  holds: 'cctns' | 'sms' | 'fleet';
  path: string;
  made_at: Temporal.Instant;
  made_by: string;
  ended_at: Ended;
};
type MachineKeyTable = { hash: Buffer; machine: string; made_at: Temporal.Instant; ends_at: Ended };

declare module '#foundation' {
  interface Database {
    'signin.app': AppTable;
    'signin.vouch': VouchTable;
    'signin.state_identity': StateIdentityTable;
    'signin.journey': { state_hash: Buffer; at: Temporal.Instant };
    'signin.machine': MachineTable;
    'signin.machine_key': MachineKeyTable;
  }
}
type From = Pick<Reading, 'db'>;
export type App = Selectable<AppTable>;
export type Machine = Selectable<MachineTable>;

/** Real time: an app's clock knows nothing of a practice clock that was moved. */
export const realNow = async (r: From): Promise<Temporal.Instant> =>
  (await sql<{ at: Temporal.Instant }>`select clock_timestamp() as at`.execute(r.db)).rows[0]!.at;

export const addApp = (h: Act, row: Pick<App, 'id' | 'officer' | 'sealed' | 'made_at'>) =>
  h.db.insertInto('signin.app').values(row).execute();
/** Apps that were begun and never shown to work. */
export const dropBegunApps = (h: Act, officer: string) =>
  h.db.deleteFrom('signin.app').where('officer', '=', officer).where('confirmed_at', 'is', null).execute();
/** The officer's app, locked: in use, or begun and not yet shown to work. */
export const lockApp = (h: Act, officer: string, state: 'in-use' | 'begun'): Promise<App | undefined> =>
  h.db
    .selectFrom('signin.app')
    .selectAll()
    .where('officer', '=', officer)
    .where('ended_at', 'is', null)
    .where('confirmed_at', state === 'in-use' ? 'is not' : 'is', null)
    .forUpdate()
    .executeTakeFirst();
export const appSince = async (r: From, officer: string): Promise<Temporal.Instant | undefined> =>
  (
    await r.db
      .selectFrom('signin.app')
      .select('confirmed_at')
      .where('officer', '=', officer)
      .where('ended_at', 'is', null)
      .where('confirmed_at', 'is not', null)
      .executeTakeFirst()
  )?.confirmed_at ?? undefined;
export const changeApp = (h: Act, id: string, change: Partial<Pick<App, 'confirmed_at' | 'last_step' | 'ended_at'>>) =>
  h.db.updateTable('signin.app').set(change).where('id', '=', id).execute();
export const endApps = (h: Act, officer: string) =>
  h.db
    .updateTable('signin.app')
    .set({ ended_at: h.now })
    .where('officer', '=', officer)
    .where('confirmed_at', 'is not', null)
    .where('ended_at', 'is', null)
    .execute();

export const endVouches = (h: Act, officer: string) =>
  h.db
    .updateTable('signin.vouch')
    .set({ dead_at: h.now })
    .where('officer', '=', officer)
    .where('used_at', 'is', null)
    .where('dead_at', 'is', null)
    .execute();
export const addVouch = (h: Act, row: Omit<VouchTable, 'tries' | 'used_at' | 'dead_at'>) =>
  h.db.insertInto('signin.vouch').values(row).execute();
/** A superior's code that is good, locked, with one try more on its count. */
export const tryVouch = (h: Act, mac: Buffer, most: number) =>
  h.db
    .updateTable('signin.vouch')
    .set({ tries: sql`tries + 1` })
    .where('mac', '=', mac)
    .where('tries', '<', most)
    .where('used_at', 'is', null)
    .where('dead_at', 'is', null)
    .where('expires_at', '>', h.now)
    .returning(['id', 'officer', 'by_officer', 'tries'])
    .executeTakeFirst();
export const useVouch = (h: Act, id: string) =>
  h.db.updateTable('signin.vouch').set({ used_at: h.now }).where('id', '=', id).execute();

/** Notes that a way to the provider was used. @returns false when it was used before */
export const useJourney = async (h: Act, state_hash: Buffer): Promise<boolean> => {
  await h.db
    .deleteFrom('signin.journey')
    .where('at', '<', h.now.subtract({ minutes: 15 }))
    .execute();
  const row = await h.db
    .insertInto('signin.journey')
    .values({ state_hash, at: h.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('at')
    .executeTakeFirst();
  return row !== undefined;
};
export const officerAtState = async (r: From, issuer: string, value: string): Promise<string | undefined> =>
  (
    await r.db
      .selectFrom('signin.state_identity')
      .select('officer')
      .where('issuer', '=', issuer)
      .where('value', '=', value)
      .where('ended_at', 'is', null)
      .executeTakeFirst()
  )?.officer;
export const endStateIdentity = (h: Act, issuer: string, officer: string) =>
  h.db
    .updateTable('signin.state_identity')
    .set({ ended_at: h.now })
    .where('issuer', '=', issuer)
    .where('officer', '=', officer)
    .where('ended_at', 'is', null)
    .execute();
export const addStateIdentity = (h: Act, row: Omit<StateIdentityTable, 'ended_at'>) =>
  h.db.insertInto('signin.state_identity').values(row).execute();
export const stateIdentitiesOf = (r: From, issuer: string, officers: readonly string[]) =>
  officers.length > 0
    ? r.db
        .selectFrom('signin.state_identity')
        .select(['officer', 'value'])
        .where('issuer', '=', issuer)
        .where('officer', 'in', [...officers])
        .where('ended_at', 'is', null)
        .execute()
    : Promise.resolve([]);

export const addMachine = (h: Act, row: Omit<MachineTable, 'ended_at'>) =>
  h.db.insertInto('signin.machine').values(row).execute();
export const machineByName = (r: From, name: string) =>
  r.db
    .selectFrom('signin.machine')
    .select('id')
    .where('name', '=', name)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
export const lockMachine = (h: Act, id: string, under: string): Promise<Machine | undefined> =>
  h.db
    .selectFrom('signin.machine')
    .selectAll()
    .where('id', '=', id)
    .where(sql<boolean>`path <@ ${under}::ltree`)
    .forUpdate()
    .executeTakeFirst();
export const endMachine = (h: Act, id: string) =>
  h.db.updateTable('signin.machine').set({ ended_at: h.now }).where('id', '=', id).execute();
export const machinesBelow = (r: From, under: string): Promise<Machine[]> =>
  r.db
    .selectFrom('signin.machine')
    .selectAll()
    .where(sql<boolean>`path <@ ${under}::ltree`)
    .orderBy('made_at', 'desc')
    .execute();
export const addMachineKey = (h: Act, row: Omit<MachineKeyTable, 'ends_at'>) =>
  h.db.insertInto('signin.machine_key').values(row).execute();
export const machineKeysOf = (r: From, machine: string) =>
  r.db
    .selectFrom('signin.machine_key')
    .select(['hash', 'made_at', 'ends_at'])
    .where('machine', '=', machine)
    .orderBy('made_at', 'desc')
    .execute();
/** Ends a key at an instant, not later than it would have ended anyway. */
export const endMachineKey = (h: Act, hash: Buffer, at: Temporal.Instant) =>
  h.db
    .updateTable('signin.machine_key')
    .set({ ends_at: sql`least(ends_at, ${at})` })
    .where('hash', '=', hash)
    .execute();
