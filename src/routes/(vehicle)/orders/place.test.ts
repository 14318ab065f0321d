// A phone that does not know any more where it is, one that stands still, and one whose battery goes down on the way.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Fix, watchPlace } from './place.ts';

type Found = (position: GeolocationPosition) => void;
let watching: { found: Found; exact: boolean | undefined } | undefined;
let asked = 0;
let knows = true;
let battery: { level: number; charging: boolean };
let sent: (Fix & { at: number })[];
let blind: boolean;
let ordered: boolean;
let end: () => void;

const here = (speed = 0): GeolocationPosition =>
  ({
    coords: { latitude: 26.5, longitude: 80.25, accuracy: 9, speed: speed / 3.6 },
    timestamp: performance.now(),
  }) as GeolocationPosition;
const geolocation = {
  watchPosition(found: Found, _: unknown, how: PositionOptions) {
    watching = { found, exact: how.enableHighAccuracy };
    return 1;
  },
  clearWatch() {
    watching = undefined;
  },
  getCurrentPosition(found: Found, lost: () => void) {
    asked += 1;
    if (knows) found(here());
    else lost();
  },
};
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] });
  [watching, asked, knows, blind, ordered, sent] = [undefined, 0, true, false, false, []];
  battery = { level: 1, charging: false };
  vi.stubGlobal('navigator', { geolocation, getBattery: () => Promise.resolve(battery) });
  const stamp = () => ({ watch: performance.now(), wall: performance.now() });
  end = watchPlace({
    stamp,
    ordered: () => ordered,
    send: (fix) => sent.push({ ...fix, at: performance.now() }),
    seen: (fix) => {
      blind = fix === undefined;
    },
  }).end;
  await Promise.resolve();
});
afterEach(() => {
  end();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1000);

test('a vehicle that stands is asked where it is; one that does not know any more says nothing, and is not dated anew', () => {
  watching?.found(here());
  expect(sent.length).toBe(1);
  pass(95);
  // every thirty seconds, each with its own hour
  expect(sent.length).toBe(4);
  for (const { at, taken } of sent) expect(at - taken.watch).toBeLessThanOrEqual(5000);
  knows = false;
  pass(300);
  expect(blind).toBe(true);
  expect(asked).toBeGreaterThan(50);
  expect(sent.length).toBe(4);
  knows = true;
  pass(2);
  expect([blind, sent.length]).toEqual([false, 5]);
});

test('the rhythm is that of the order, the speed and the battery as it is now, not as it was at the start', () => {
  watching?.found(here());
  battery.level = 0.1;
  pass(59);
  expect(sent.length).toBe(1);
  pass(2);
  expect(sent.length).toBe(2);
  // nor is the exact place asked for without an order
  expect(watching?.exact).toBe(false);
  ordered = true;
  pass(31);
  expect(watching?.exact).toBe(true);
  expect(sent.length).toBe(5);
});
