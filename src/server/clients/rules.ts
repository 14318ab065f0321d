// Rules of clients: what a client may do, which addresses may be called, when to try again, what a signature is. Codes only, no clock.
import { createHmac } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import { liesIn } from '#posts';

/**
 * What a client may be allowed: to file, to open and read her file for her, to write on her behalf; to read the public figures of its unit, or
 * its figures as they are. Looking at what is public needs none.
 */
export const RIGHTS = ['file', 'track', 'write', 'figures', 'dashboard'] as const;
export type Right = (typeof RIGHTS)[number];
/** What a knock counts as: quotas are kept for each. */
export type Purpose = Right | 'look';

/** Channels that are somebody's program: nobody files under these names without being registered. */
export const CLIENT_CHANNELS: readonly string[] = ['up-cop', 'district-app'];

/**
 * Why an actor may not look after clients of a unit; undefined: may. Clients belong to the administrators of their unit and above.
 * @param path the unit of the client's contact post
 * @returns `not-your-power` | `not-found` | undefined
 */
export function whyNotManage(
  who: { kind: string; post_kind?: string; unit?: string },
  path?: string,
): string | undefined {
  if (who.kind !== 'officer' || who.post_kind !== 'administrator') return 'not-your-power';
  return path !== undefined && !liesIn(path, who.unit ?? '') ? 'not-found' : undefined;
}

/**
 * Why a complaint may not come in under this channel; undefined: may.
 * @param client the registered client that sends it, if one does
 * @param practice the practice system takes an unregistered program's, so that it can be tried before it is registered
 * @returns `client-needed` | `not-the-clients-channel` | undefined
 */
export function whyNotChannel(
  channel: string,
  client: { channel: string } | null,
  practice: boolean,
): string | undefined {
  if (client) return client.channel === channel ? undefined : 'not-the-clients-channel';
  return CLIENT_CHANNELS.includes(channel) && !practice ? 'client-needed' : undefined;
}

const INWARD = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  INWARD.addSubnet(net, bits, 'ipv4');
// within what is given out of IPv6: tunnels that carry any IPv4 address, and what is for examples
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  INWARD.addSubnet(net, bits, 'ipv6');
const GIVEN_OUT = new BlockList();
GIVEN_OUT.addSubnet('2000::', 3, 'ipv6');

/** Is this address out in the world, and not inside somebody's house? What is no address is not. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !INWARD.check(address, 'ipv4');
  if (family === 6) return GIVEN_OUT.check(address, 'ipv6') && !INWARD.check(address, 'ipv6');
  return false;
}

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const INNER_NAME = /(?:^|\.)(?:local|localhost|internal|intranet|lan|home|corp|test|invalid|example|onion)$/;

/** The host of an address as it is looked up: an IPv6 address without its brackets. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/** Is it this machine itself, asked for by the practice system's own tester? */
export const isLoopback = (url: URL): boolean => LOOPBACK.test(url.hostname);

/**
 * Why a webhook may not have this address; undefined: may. What the name leads to is looked at again at every sending.
 * @param practice the practice system may also call http on its own machine
 * @returns `webhook-address` | undefined
 */
export function whyNotAddress(text: string, practice: boolean): string | undefined {
  const no = 'webhook-address';
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return no;
  }
  if (url.username || url.password || url.hash || text.length > 500) return no;
  if (practice && isLoopback(url) && (url.protocol === 'http:' || url.protocol === 'https:')) return undefined;
  if (url.protocol !== 'https:' || (url.port !== '' && Number(url.port) < 1024)) return no;
  const host = hostOf(url).replace(/\.$/, '');
  if (isIP(host)) return isPublic(host) ? undefined : no;
  return host.includes('.') && !INNER_NAME.test(host) ? undefined : no;
}

const WAITS = [
  { minutes: 1 },
  { minutes: 5 },
  { minutes: 30 },
  { hours: 2 },
  { hours: 6 },
  { hours: 12 },
] as const satisfies Temporal.DurationLike[];
/** How long an address may fail in a row before it is no longer called. */
export const PATIENCE: Temporal.DurationLike = { hours: 120 };
/** How long a try may hang before another one is made. */
export const LEASE: Temporal.DurationLike = { minutes: 10 };

/** How long to wait after so many tries that failed, from 1. */
export const waitAfter = (attempts: number): Temporal.DurationLike =>
  WAITS[Math.min(Math.max(attempts, 1), WAITS.length) - 1] ?? { hours: 12 };

/** Has an address failed for too long? */
export const isLost = (failing_since: Temporal.Instant, at: Temporal.Instant): boolean =>
  Temporal.Instant.compare(failing_since.add(PATIENCE), at) <= 0;

/**
 * The signatures of a message, after Standard Webhooks: `v1,` and HMAC-SHA-256 of id, time and body in base64, one for each secret that
 * is good now.
 * @param at seconds since 1970, as it stands in the header
 */
export const signaturesOf = (secrets: readonly Uint8Array[], id: string, at: string, body: string): string =>
  secrets
    .map((secret) => `v1,${createHmac('sha256', secret).update(`${id}.${at}.${body}`).digest('base64')}`)
    .join(' ');
