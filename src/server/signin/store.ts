// The SQL of links, passkeys, challenges and choices. Every verb that comes here acts as the house.
import type { Generated, Selectable } from 'kysely';
import type { Act, Reading } from '#foundation';

type InvitationTable = {
  id: string;
  token_hash: Buffer;
  officer: string;
  adds: boolean;
  by_post: string | null;
  by_officer: string | null;
  made_at: Temporal.Instant;
  expires_at: Temporal.Instant;
  used_at: Generated<Temporal.Instant | null>;
  dead_at: Generated<Temporal.Instant | null>;
};
type PasskeyTable = {
  id: string;
  credential: string;
  officer: string;
  invitation: string;
  public_key: Buffer;
  counter: number;
  transports: string[];
  synced: boolean;
  made_at: Temporal.Instant;
  used_at: Generated<Temporal.Instant | null>;
  ended_at: Generated<Temporal.Instant | null>;
};
type ChallengeTable = {
  hash: Buffer;
  kind: 'enrol' | 'enter';
  invitation: string | null;
  made_at: Temporal.Instant;
  expires_at: Temporal.Instant;
  used_at: Generated<Temporal.Instant | null>;
};
type ChoiceTable = {
  ticket_hash: Buffer;
  passkey: string | null;
  officer: string | null;
  way: Generated<'passkey' | 'codes' | 'state'>;
  made_at: Temporal.Instant;
  expires_at: Temporal.Instant;
  used_at: Generated<Temporal.Instant | null>;
};

declare module '#foundation' {
  interface Database {
    'signin.invitation': InvitationTable;
    'signin.passkey': PasskeyTable;
    'signin.challenge': ChallengeTable;
    'signin.choice': ChoiceTable;
  }
}

export type Invitation = Selectable<InvitationTable>;
export type Passkey = Selectable<PasskeyTable>;
type From = Pick<Reading, 'db'>;

export const endLiveLinks = (h: Act, officer: string) =>
  h.db
    .updateTable('signin.invitation')
    .set({ dead_at: h.now })
    .where('officer', '=', officer)
    .where('used_at', 'is', null)
    .where('dead_at', 'is', null)
    .execute();
export const addInvitation = (h: Act, row: Omit<InvitationTable, 'used_at' | 'dead_at'>) =>
  h.db.insertInto('signin.invitation').values(row).execute();
export const invitationOf = (r: From, token_hash: Buffer): Promise<Invitation | undefined> =>
  r.db.selectFrom('signin.invitation').selectAll().where('token_hash', '=', token_hash).executeTakeFirst();
// whoever comes second waits here for the first, and then finds the link used
export const lockInvitation = (h: Act, token_hash: Buffer): Promise<Invitation | undefined> =>
  h.db.selectFrom('signin.invitation').selectAll().where('token_hash', '=', token_hash).forUpdate().executeTakeFirst();
export const useInvitation = (h: Act, id: string) =>
  h.db.updateTable('signin.invitation').set({ used_at: h.now }).where('id', '=', id).execute();

export const addChallenge = (h: Act, row: Omit<ChallengeTable, 'used_at'>) =>
  h.db.insertInto('signin.challenge').values(row).execute();
/** Takes a challenge once: undefined when it is unknown, over, or somebody took it before. */
export const takeChallenge = (h: Act, hash: Buffer, kind: 'enrol' | 'enter') =>
  h.db
    .updateTable('signin.challenge')
    .set({ used_at: h.now })
    .where('hash', '=', hash)
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .where('expires_at', '>', h.now)
    .returning('invitation')
    .executeTakeFirst();
export const addChoice = (h: Act, row: Omit<Selectable<ChoiceTable>, 'used_at'>) =>
  h.db.insertInto('signin.choice').values(row).execute();
/** Takes a ticket once, and says which officer was recognised; undefined also when the passkey has ended since. */
export const takeChoice = async (
  h: Act,
  ticket_hash: Buffer,
): Promise<{ officer: string; way: string } | undefined> => {
  const taken = await h.db
    .updateTable('signin.choice')
    .set({ used_at: h.now })
    .where('ticket_hash', '=', ticket_hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', h.now)
    .returning(['passkey', 'officer', 'way'])
    .executeTakeFirst();
  if (!taken) return undefined;
  if (taken.officer) return { officer: taken.officer, way: taken.way };
  const passkey = await h.db
    .selectFrom('signin.passkey')
    .select('officer')
    .where('id', '=', taken.passkey)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return passkey && { officer: passkey.officer, way: taken.way };
};
/** What lived for five minutes and is over leaves nothing behind. */
export const sweepMoments = async (h: Act): Promise<void> => {
  await h.db.deleteFrom('signin.challenge').where('expires_at', '<', h.now).execute();
  await h.db.deleteFrom('signin.choice').where('expires_at', '<', h.now).execute();
};

export const addPasskey = (h: Act, row: Omit<PasskeyTable, 'used_at' | 'ended_at'>) =>
  h.db.insertInto('signin.passkey').values(row).execute();
export const knowsCredential = async (r: From, credential: string): Promise<boolean> =>
  (await r.db.selectFrom('signin.passkey').select('id').where('credential', '=', credential).executeTakeFirst()) !==
  undefined;
export const lockPasskey = (h: Act, credential: string): Promise<Passkey | undefined> =>
  h.db
    .selectFrom('signin.passkey')
    .selectAll()
    .where('credential', '=', credential)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
export const usedPasskey = (h: Act, id: string, counter: number) =>
  h.db.updateTable('signin.passkey').set({ counter, used_at: h.now }).where('id', '=', id).execute();
export const endPasskeys = (h: Act, officer: string) =>
  h.db
    .updateTable('signin.passkey')
    .set({ ended_at: h.now })
    .where('officer', '=', officer)
    .where('ended_at', 'is', null)
    .execute();
export const passkeysOf = (r: From, officers: readonly string[]): Promise<Passkey[]> =>
  officers.length
    ? r.db
        .selectFrom('signin.passkey')
        .selectAll()
        .where('officer', 'in', [...officers])
        .where('ended_at', 'is', null)
        .orderBy('made_at')
        .execute()
    : Promise.resolve([]);
