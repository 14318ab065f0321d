// Where the phone is. A place is sent with its own age; when the phone does not know any more, it is not told again as if it were new.
import { ageOf, type Battery, everyMs, isWeak, type Stamp } from './rhythm.ts';

/** A place, and when it was taken. */
export type Fix = { lat: number; lon: number; speed_kmh: number; accuracy_m: number; taken: Stamp };
type Told = {
  /** both clocks of the phone, now */
  stamp: () => Stamp;
  ordered: () => boolean;
  /** a place to be sent */
  send: (fix: Fix) => void;
  /** where the phone is; undefined: it does not say */
  seen: (fix: Fix | undefined) => void;
};
type Charged = EventTarget & NonNullable<Battery>;

/** Beyond these the house takes no place: a phone that only guesses where it is may say more, or less than nothing. */
const MOST_KMH = 400;
const MOST_METRES = 100_000;
/** The phone may answer with a place that is so old. */
const KEPT_MS = 5000;
const LOOK_MS = 1000;
const PATIENCE_MS = 20_000;

/** Begins to look. @returns ends it; and how the battery stands */
export function watchPlace(told: Told): { end: () => void; battery: () => Battery } {
  const where = navigator.geolocation as Geolocation | undefined;
  let battery: Charged | undefined;
  let fix: Fix | undefined;
  let sent: Fix | undefined;
  let sentAt = Number.NEGATIVE_INFINITY;
  let asking = false;
  let watching: number | undefined;
  let exact: boolean | undefined;
  let ended = false;
  const every = () => everyMs({ ordered: told.ordered(), speed_kmh: fix?.speed_kmh ?? 0, battery });

  function send() {
    if (!fix || fix === sent || performance.now() - sentAt < every()) return;
    sent = fix;
    sentAt = performance.now();
    told.send(fix);
  }
  function take({ coords, timestamp }: GeolocationPosition) {
    const now = told.stamp();
    const old = Math.min(KEPT_MS, Math.max(0, now.wall - timestamp));
    fix = {
      lat: coords.latitude,
      lon: coords.longitude,
      speed_kmh: Math.min(MOST_KMH, Math.max(0, (coords.speed || 0) * 3.6)),
      accuracy_m: Math.min(MOST_METRES, Math.max(0, coords.accuracy || 0)),
      taken: { watch: now.watch - old, wall: now.wall - old },
    };
    told.seen(fix);
    send();
  }
  const lost = () => told.seen(undefined);
  const how = () => ({ enableHighAccuracy: exact ?? true, maximumAge: KEPT_MS, timeout: PATIENCE_MS });
  // the exact place costs the most: without an order a weak battery goes without it
  function watch() {
    const wants = told.ordered() || !isWeak(battery);
    if (!where || wants === exact) return;
    exact = wants;
    if (watching !== undefined) where.clearWatch(watching);
    watching = where.watchPosition(take, lost, how());
  }
  // A phone that does not move may say nothing by itself: it is asked. While it is watched it would answer when it has moved, so the watching
  // pauses meanwhile.
  function ask() {
    if (!where || asking) return;
    asking = true;
    if (watching !== undefined) where.clearWatch(watching);
    const over = () => {
      asking = false;
      exact = undefined;
      watching = undefined;
      if (!ended) watch();
    };
    where.getCurrentPosition(
      (found) => {
        over();
        take(found);
      },
      () => {
        over();
        lost();
      },
      { ...how(), maximumAge: 0 },
    );
  }
  const looking = setInterval(() => {
    if (asking) return;
    watch();
    if (performance.now() - sentAt < every()) return;
    if (fix && fix !== sent && ageOf(fix.taken, told.stamp()) * 1000 <= KEPT_MS) send();
    else ask();
  }, LOOK_MS);
  void (navigator as unknown as { getBattery?: () => Promise<Charged> }).getBattery?.().then((found) => {
    battery = found;
  });
  watch();
  return {
    battery: () => battery,
    end() {
      ended = true;
      if (watching !== undefined) where?.clearWatch(watching);
      clearInterval(looking);
    },
  };
}
