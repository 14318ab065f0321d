// Asking the queue to come to a message.
import type { Act } from '#foundation';

/** Asks the queue to come to a message. One job a message: a new time takes the place of the old one. */
export const comeTo = (h: Act, id: string, at?: Temporal.Instant) =>
  h.later('notify.send', { message: id }, at, `notify.send ${id}`);
