// A process of its own in a house that others have open too: it contends for the fleet, takes in fixes and alarms, and says what came of them.
import pg from 'pg';
import { enrolHouse, openDatabase, openKeys, openSecrets, startListening } from '#foundation';
import { actorOf } from '#signin';
import { alertForm, fixesForm, openDispatcher, ownsFleet, raise, takeFixes } from '#sos';
import { vehicleCalled } from '../src/server/sos/fleet.ts';

export type Asked =
  | { n: number; ask: 'owns' }
  | { n: number; ask: 'knows'; vehicle: string }
  | { n: number; ask: 'fixes'; token: string; fixes: unknown[] }
  | { n: number; ask: 'raise'; point: { lat: number; lon: number } };
export type Said = { n: number; said: unknown };

const [host = '', port = '', database = '', keys = ''] = process.argv.slice(2);
const to = { host, port: Number(port), database };
openKeys({ folder: keys });
const owner = new pg.Client({ ...to, user: 'postgres' });
await owner.connect();
await enrolHouse(owner);
await openSecrets(owner);
await owner.end();
openDatabase(to, 10);
await startListening(to);
await openDispatcher(to);

async function answer(asked: Asked): Promise<unknown> {
  if (asked.ask === 'owns') return ownsFleet();
  if (asked.ask === 'knows') {
    const { lat, lon, on_duty } = vehicleCalled(asked.vehicle) ?? {};
    return { lat, lon, on_duty };
  }
  if (asked.ask === 'raise') {
    const { alert, units, state } = await raise(null, alertForm.parse({ point: asked.point }));
    return { alert, state, units: units.length };
  }
  const actor = await actorOf(asked.token);
  if (!actor) throw new Error('no such session');
  return takeFixes(actor, fixesForm.parse({ fixes: asked.fixes }));
}
process.on('message', (asked: Asked) => {
  void answer(asked).then(
    (said) => process.send?.({ n: asked.n, said } satisfies Said),
    (error: unknown) => process.send?.({ n: asked.n, said: { error: String(error) } } satisfies Said),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ n: 0, said: 'open' } satisfies Said);
