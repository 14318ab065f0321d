// Where this house stands on the web: a passkey is bound to this address and answers at no other.

export type Place = { origin: string; host: string };

let place: Place | undefined;

/**
 * Names the public address. Call once per process, before anybody signs in.
 * @param origin scheme, host and port, without a path
 */
export function standAt(origin: string): void {
  const { hostname, origin: exact } = new URL(origin);
  place = { origin: exact, host: hostname };
}

/** The public address. @throws Error when the house was opened without one */
export function whereWeStand(): Place {
  if (!place) throw new Error('the public address is not set');
  return place;
}
