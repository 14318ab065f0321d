// What must stand above every answer of the house: read by whoever fetches many of them.
import type { WireAnswer } from './wire.ts';

type Headed = Pick<WireAnswer, 'at' | 'status' | 'headers' | 'cookies'>;

/** What must stand above an answer, and what must not. */
export function wrongHeaders({ at, status, headers, cookies }: Headed): string[] {
  const wrong: string[] = [];
  const must = (right: boolean, what: string) => right || wrong.push(`${status} ${at}: ${what}`);
  const fixed = /^\/(_app\/|icon\.svg|hers\.js|sos-board\/(boundaries|tiles))/.test(at);
  must(headers['x-content-type-options'] === 'nosniff', 'no nosniff');
  must(/^max-age=\d{8}/.test(headers['strict-transport-security'] ?? ''), 'no HSTS');
  must(headers['referrer-policy'] === 'same-origin', 'no referrer policy');
  must(headers['cross-origin-opener-policy'] === 'same-origin', 'no opener policy');
  must(headers['cross-origin-resource-policy'] === 'same-origin', 'no resource policy');
  must(
    /camera=\(self\), microphone=\((?:self)?\), geolocation=\(self\)/.test(String(headers['permissions-policy'] ?? '')),
    'no permissions policy',
  );
  must(headers['x-powered-by'] === undefined && headers.server === undefined, 'says what it runs on');
  if (!fixed) must(headers['cache-control'] === 'no-store', `cache-control ${headers['cache-control']}`);
  if (/^text\/html/.test(headers['content-type'] ?? '')) {
    const csp = String(headers['content-security-policy'] ?? '');
    must(csp.includes("default-src 'none'"), `policy “${csp}”`);
    must(csp.includes("frame-ancestors 'none'") && csp.includes("base-uri 'none'"), `policy “${csp}”`);
    must(!/unsafe|\*|data:/.test(csp), `policy “${csp}”`);
    must(headers['x-frame-options'] === 'DENY', 'may be framed');
  }
  for (const cookie of cookies) {
    const flags = cookie.split(/;\s*/).map((flag) => flag.toLowerCase());
    must(cookie.startsWith('__Host-'), `cookie ${cookie}`);
    for (const flag of ['secure', 'httponly', 'path=/']) must(flags.includes(flag), `cookie without ${flag}`);
    must(
      flags.some((flag) => /^samesite=(lax|strict)$/.test(flag)),
      'cookie without SameSite',
    );
    must(
      !flags.some((flag) => /^(domain|expires)=/.test(flag)),
      `cookie that stays, or goes elsewhere: ${flags.slice(1)}`,
    );
  }
  return wrong;
}
