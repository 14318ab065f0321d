// How often a crew's phone says where it is, and how old what it says is. Pure: told everything, asks nothing.

/** As the phone tells it; undefined where it does not. */
export type Battery = { level: number; charging: boolean } | undefined;
type Stand = { ordered: boolean; speed_kmh: number; battery: Battery };

const WEAK = 0.2;
/** Below a fifth, and nothing charges it. */
export const isWeak = (battery: Battery): boolean => battery !== undefined && battery.level < WEAK && !battery.charging;

/** Milliseconds from one position to the next: shortest with an order, longest standing with a weak battery; always fresh enough to be sent. */
export function everyMs({ ordered, speed_kmh, battery }: Stand): number {
  const weak = isWeak(battery);
  if (ordered) return weak ? 10_000 : 5000;
  if (speed_kmh > 10) return weak ? 20_000 : 5000;
  if (speed_kmh > 3) return weak ? 30_000 : 10_000;
  return weak ? 60_000 : 30_000;
}
/** Milliseconds from one look for orders to the next: the stream tells of them at once, this is for when it broke. */
export const lookMs = ({ ordered, battery }: Omit<Stand, 'speed_kmh'>): number =>
  !ordered && isWeak(battery) ? 30_000 : 10_000;

/** An instant by both clocks of a phone: the stopwatch, which stands still while the phone sleeps, and the wall clock, which may be set. */
export type Stamp = { watch: number; wall: number };
/** Seconds since then: the longer of the two, for an old place must never look fresh. */
export const ageOf = (then: Stamp, now: Stamp): number =>
  Math.max(0, now.watch - then.watch, now.wall - then.wall) / 1000;
