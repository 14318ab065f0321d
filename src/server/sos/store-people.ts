// The SQL of registrations and their codes. Only the schema `sos`.
import type { Act } from '#foundation';
import type { From } from './rows.ts';
import type { At, CodeTable, Registration } from './tables.ts';

export const registrationBy = (h: From, mac: Buffer, state: Registration['state']) =>
  h.db
    .selectFrom('sos.registration')
    .selectAll()
    .where('mobile_mac', '=', mac)
    .where('state', '=', state)
    .orderBy('made_at', 'desc')
    .limit(1)
    .executeTakeFirst();
export const findRegistration = (h: From, id: string) =>
  h.db.selectFrom('sos.registration').selectAll().where('id', '=', id).executeTakeFirst();
export const findRegistrations = (h: From, ids: readonly string[]): Promise<Registration[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : h.db
        .selectFrom('sos.registration')
        .selectAll()
        .where('id', 'in', [...ids])
        .execute();
export const addRegistration = (h: Act, row: Registration) => h.db.insertInto('sos.registration').values(row).execute();
export const changeRegistration = (h: Act, id: string, to: Partial<Registration>) =>
  h.db.updateTable('sos.registration').set(to).where('id', '=', id).execute();
export const addCode = (h: Act, row: Omit<CodeTable, 'tries'>) =>
  h.db
    .insertInto('sos.code')
    .values(row as never)
    .execute();
export const codesOf = (h: From, registration: string, since: At) =>
  h.db
    .selectFrom('sos.code')
    .selectAll()
    .where('registration', '=', registration)
    .where('made_at', '>', since)
    .orderBy('made_at', 'desc')
    .execute();
export const countTry = (h: Act, id: string) =>
  h.db
    .updateTable('sos.code')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('id', '=', id)
    .execute();
/** Uses a code. @returns whether nobody has before */
export const useCode = (h: Act, id: string): Promise<boolean> =>
  h.db
    .updateTable('sos.code')
    .set({ used_at: h.now })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
    .then(({ numUpdatedRows }) => numUpdatedRows === 1n);
