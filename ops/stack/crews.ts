// Vehicles on duty: their crews say where they are, accept what they are sent to, and end it, so that alarms have orders to lose or to double.
import { setTimeout as pause } from 'node:timers/promises';
import type { Body } from './journal.ts';
import { askAs } from './officers.ts';

const VEHICLES = ['prv-1', 'prv-2', 'prv-3', 'prv-4', 'prv-5', 'prv-6'];
const LOOK_MS = 400;
const FIX_MS = 5000;
/** What a crew presses next, by how its order stands. */
const NEXT: Record<string, string> = { ordered: 'accept', accepted: 'arrived', 'en-route': 'arrived', arrived: 'done' };

/** Crews drive until it is over. */
export function crewsOnDuty(street: string, isOver: () => boolean): Promise<void>[] {
  return VEHICLES.map(async (who, n) => {
    let said = Number.NEGATIVE_INFINITY;
    let vehicle: unknown;
    while (!isOver()) {
      if (!vehicle) {
        vehicle = ((await askAs(who, `${street}/api/v1/me`)).body.post as Body | undefined)?.id;
        if (vehicle) await askAs(who, `${street}/api/v1/shifts`, { body: {} });
      }
      if (vehicle && performance.now() - said > FIX_MS) {
        said = performance.now();
        const at = Temporal.Now.instant().toString();
        const fixes = [{ vehicle, lat: 26.49 + n / 200, lon: 80.26, at }];
        await askAs(who, `${street}/api/v1/vehicles/fixes`, { body: { fixes } });
      }
      const { body } = await askAs(who, `${street}/api/v1/orders`);
      for (const { order, state } of (body.items ?? []) as { order: string; state: string }[]) {
        const deed = NEXT[state];
        if (deed) await askAs(who, `${street}/api/v1/orders/${order}/${deed}`, { body: pressed(deed) });
      }
      await pause(LOOK_MS);
    }
  });
}
const pressed = (deed: string): Body => (deed === 'done' ? { report: 'पहुंचे', outcome: 'settled' } : {});
