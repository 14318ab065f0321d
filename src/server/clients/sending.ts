// One POST to somebody else's address: looked up once, held to what was looked up, no redirect followed, nothing of the answer kept.
import { lookup } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import { hostOf, isLoopback, isPublic, whyNotAddress } from './rules.ts';

const TIMEOUT_MS = 10_000;

/** What became of a try: `ok`, and a code that may stand in a table: the status, or why none came. */
export type Outcome = { ok: boolean; gone: boolean; code: string };
const failed = (code: string): Outcome => ({ ok: false, gone: false, code });

/**
 * Posts a body.
 * @param address checked again here: what was good when it was written down may not be now
 * @param practice the practice system may call its own machine
 * @returns never throws: every way of failing has a code
 */
export async function post(
  address: string,
  body: string,
  headers: Record<string, string>,
  practice: boolean,
): Promise<Outcome> {
  if (whyNotAddress(address, practice)) return failed('forbidden-address');
  const url = new URL(address);
  const found = await lookup(hostOf(url), { all: true }).catch(() => []);
  const [first] = found;
  if (!first) return failed('no-such-host');
  // one inward address among them is enough: a name that leads both ways is a trap
  if (!(practice && isLoopback(url)) && !found.every(({ address: one }) => isPublic(one)))
    return failed('forbidden-address');
  return new Promise((done) => {
    const request = (url.protocol === 'https:' ? https : http).request(
      url,
      {
        method: 'POST',
        agent: false,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
        // the connection goes to the address that was judged, whatever the name says by now
        lookup: (_name, options, tell) => (options.all ? tell(null, [first]) : tell(null, first.address, first.family)),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
      (response) => {
        const status = response.statusCode ?? 0;
        response.on('error', () => undefined);
        response.destroy();
        done({ ok: status >= 200 && status < 300, gone: status === 410, code: String(status) });
      },
    );
    request.on('error', () => done(failed('no-answer')));
    request.end(body);
  });
}
