// Asking the queue to come to a message.
import { type Act, laterEach } from '#foundation';

/** Asks the queue to come to a message. One job a message: a new time takes the place of the old one. */
export const comeTo = (h: Act, id: string, at?: Temporal.Instant) =>
  h.later('notify.send', { message: id }, at, `notify.send ${id}`);
/** Asks the queue to come to many at once. */
export const comeToEach = (h: Act, ids: readonly string[]) =>
  laterEach(
    h,
    'notify.send',
    ids.map((id) => ({ payload: { message: id }, key: `notify.send ${id}` })),
  );
