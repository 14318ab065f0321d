// GET /health/ready: whether everything a complaint needs is there, and what is not.
import type { RequestHandler } from '@sveltejs/kit';
import { shelfTrouble } from '#evidence';
import { closing, faultOf, house, keys, lastSweep, log, type Reading, read, working } from '#foundation';
import { smsHeard, smsReady } from '#notify';
import { version } from '../../../../package.json' with { type: 'json' };

const PATIENCE_MS = 2000;
const SWEPT_MINUTES = 3;

type Check = () => Promise<boolean> | boolean;
const CHECKS: Record<'database' | 'worker' | 'sms' | 'keys' | 'evidence', Check> = {
  database: () =>
    read(
      house(),
      'foundation.look-ready',
      async (r) => Temporal.Instant.compare(r.now, Temporal.Instant.fromEpochMilliseconds(0)) > 0,
    ),
  worker: () => working() || read(house(), 'foundation.look-ready', sweptLately),
  // whether the operator took what was last given to it, and over SMPP, in the process that has it, whether the link stands
  sms: () => read(house(), 'notify.look-ready', working() ? smsReady : smsHeard),
  keys: () => keys.open('ready', 'ready', keys.seal('ready', 'ready', 'ok')).toString('utf8') === 'ok',
  evidence: async () => (await shelfTrouble()) === undefined,
};
// Without the store of files a complaint can still be told, and help still comes: it is named, but nobody is turned away for it. Nor does a
// web process turn anybody away because no worker goes its rounds: what she tells is kept until one does.
const WORKS_WITHOUT: ReadonlySet<string> = new Set(
  process.env.ITSSO_ROLE === 'web' ? ['evidence', 'worker', 'sms'] : ['evidence'],
);

async function sweptLately(r: Reading): Promise<boolean> {
  const at = await lastSweep(r);
  return at !== undefined && r.now.since(at).total('minutes') < SWEPT_MINUTES;
}

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
  if (closing()) return Response.json({ status: 'closing', version, checks: {} }, { status: 503 });
  const checks = Object.fromEntries(await Promise.all(Object.entries(CHECKS).map(([name, check]) => ask(name, check))));
  const ready = Object.entries(checks).every(([name, state]) => state === 'ok' || WORKS_WITHOUT.has(name));
  return Response.json({ status: ready ? 'ok' : 'not-ready', version, checks }, { status: ready ? 200 : 503 });
};
