// GET /health/ready: whether everything a complaint needs is there, and what is not.
import type { RequestHandler } from '@sveltejs/kit';
import { shelfTrouble } from '#evidence';
import { faultOf, house, keys, log, read, working } from '#foundation';
import { smsReady } from '#notify';
import { version } from '../../../../package.json' with { type: 'json' };

const PATIENCE_MS = 2000;

type Check = () => Promise<boolean> | boolean;
const CHECKS: Record<'database' | 'worker' | 'sms' | 'keys' | 'evidence', Check> = {
  database: () =>
    read(
      house(),
      'foundation.look-ready',
      async (r) => Temporal.Instant.compare(r.now, Temporal.Instant.fromEpochMilliseconds(0)) > 0,
    ),
  worker: working,
  // whether the operator took what was last given to it, and over SMPP whether the link stands
  sms: () => read(house(), 'notify.look-ready', smsReady),
  keys: () => keys.open('ready', 'ready', keys.seal('ready', 'ready', 'ok')).toString('utf8') === 'ok',
  evidence: async () => (await shelfTrouble()) === undefined,
};
// without the store of files a complaint can still be told, and help still comes: it is named, but nobody is turned away for it
const WORKS_WITHOUT: ReadonlySet<string> = new Set(['evidence']);

async function ask(name: string, check: Check): Promise<[string, 'ok' | 'not-ready']> {
  const late = new Promise<boolean>((say) => setTimeout(() => say(false), PATIENCE_MS).unref());
  try {
    return [name, (await Promise.race([check(), late])) ? 'ok' : 'not-ready'];
  } catch (error) {
    log.warn({ check: name, ...faultOf(error) }, 'not ready');
    return [name, 'not-ready'];
  }
}

export const GET: RequestHandler = async () => {
  const checks = Object.fromEntries(await Promise.all(Object.entries(CHECKS).map(([name, check]) => ask(name, check))));
  const ready = Object.entries(checks).every(([name, state]) => state === 'ok' || WORKS_WITHOUT.has(name));
  return Response.json({ status: ready ? 'ok' : 'not-ready', version, checks }, { status: ready ? 200 : 503 });
};
