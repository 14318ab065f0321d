// What has been said in an act and whose answer nobody needs: it leaves together with what is said next, and is looked at before the commit.
const said = new WeakMap<object, Promise<unknown>[]>();

/** Goes on without the answer. @param db the act's handle */
export function sayOn(db: object, asked: Promise<unknown>): void {
  // whoever fails before the commit does not come to look at it
  asked.catch(() => undefined);
  said.set(db, [...(said.get(db) ?? []), asked]);
}

/** What is still to be looked at. */
export const unanswered = (db: object): readonly Promise<unknown>[] => said.get(db) ?? [];
