// Identifiers come from the application: time-ordered, so that indexes grow at one end.
import { randomUUIDv7 } from 'node:crypto';

/** A new uuid, version 7. */
export const newId = (): string => randomUUIDv7();
