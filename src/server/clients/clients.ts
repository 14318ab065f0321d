// The door of clients: programs of others that speak for women who use them. Registered, counted, told of changes, and shown nobody.
import { createHash, randomBytes } from 'node:crypto';
import {
  type Act,
  asHouse,
  house,
  keepBooks,
  newId,
  nobody,
  note,
  read,
  type Reading,
  refuse,
  refuseIf,
} from '#foundation';
import { findPost, findPosts, liesIn, type Named, postName } from '#posts';
import type { ClientForm, LimitsForm, RotateForm } from './forms.ts';
import { referenceOf, sealSecret } from './jobs.ts';
import { type Purpose, type Right, whyNotAddress, whyNotChannel, whyNotManage } from './rules.ts';
import * as store from './store.ts';

export { clientForm, limitsForm, rotateForm, webhookForm } from './forms.ts';
export { jobs, watch } from './jobs.ts';
export { type Purpose, RIGHTS } from './rules.ts';

/** A client that has been let in. */
export type ClientAtDoor = { id: string; channel: string };
/** What administrators see of a client: never a token or a secret, and no complaint. */
export type ClientFacts = {
  id: string;
  name: string;
  contact: Named;
  channel: string;
  rights: Right[];
  per_minute: number;
  per_day: number;
  made_at: Temporal.Instant;
  ended_at: Temporal.Instant | null;
  webhook: {
    url: string;
    state: 'well' | 'failing' | 'disabled';
    since: Temporal.Instant;
    /** until when the secret before is good too */
    overlap_until: Temporal.Instant | null;
  } | null;
};
export type TokenFacts = { id: string; made_at: Temporal.Instant; ends_at: Temporal.Instant | null };
export type { Delivery } from './store.ts';

const TOKEN = /^ct_[A-Za-z0-9_-]{43}$/;
const SHOWN_DELIVERIES = 50;
const practice = (): boolean => process.env.ITSSO_MODE !== 'production';
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/**
 * Lets a program in at her door, and counts its knock.
 * @param token what stood in the header Client-Token
 * @param purpose what the knock is for: quotas are kept for each
 * @throws Refusal `client-unknown`; `client-lacks-right`; `client-quota-spent` with `retry_after` in seconds
 */
export async function knock(token: string, purpose: Purpose, request_id: string): Promise<ClientAtDoor> {
  if (!TOKEN.test(token)) refuse('client-unknown');
  // a row in the ledger for every knock would bury the deeds; what the client does leaves its own
  const found = await keepBooks(nobody, (a) => store.knock(a, hashOf(token), purpose), { request_id });
  if (!found?.client || !found.channel) return refuse('client-unknown');
  if (found.answer === 'lacks-right') refuse('client-lacks-right');
  if (found.answer === 'spent')
    refuse('client-quota-spent', undefined, { retry_after: Math.max(1, found.retry_after ?? 60) });
  return { id: found.client, channel: found.channel };
}

/**
 * Refuses a unit that does not lie below the client's contact post.
 * @param client as it was let in; null: no program has named itself
 * @throws Refusal `client-unknown`; `not-found`
 */
export async function checkUnit(client: ClientAtDoor | null, unit: string): Promise<void> {
  if (!client) return refuse('client-unknown');
  const found = await read(house(), 'clients.look', (r) => store.clientById(r, client.id));
  if (!found || !liesIn(unit, found.path)) refuse('not-found');
}

/**
 * Refuses a complaint that comes in under a channel that is not its sender's.
 * @throws Refusal `client-needed` about `channel`: an app's channel without a registered app (outside practice);
 *   `not-the-clients-channel` about `channel`
 */
export const checkChannel = (channel: string, client: ClientAtDoor | null): void =>
  refuseIf(whyNotChannel(channel, client, practice()), 'channel');

/**
 * Remembers that a complaint was filed through a client, in the act of filing.
 * @param form_id of the complaint just filed
 * @returns how this client is told of it; undefined when it had come in through another one before
 */
export async function filedThrough(a: Act, client: ClientAtDoor, form_id: string): Promise<string | undefined> {
  const file = await asHouse(a, (h) => store.filedThrough(h, client.id, form_id));
  return file ? referenceOf(client.id, file) : undefined;
}

/**
 * Registers a program.
 * @returns its id and its token, which is told this once and kept only as a hash
 * @throws Refusal `not-your-power` for all but administrators; `not-found` about `contact_post` outside the administrator's unit
 */
export async function registerClient(a: Act, form: ClientForm): Promise<{ id: string; token: string }> {
  refuseIf(whyNotManage(a.actor));
  const { contact_post, ...rest } = form;
  const contact = await findPost(a, contact_post);
  if (!contact || whyNotManage(a.actor, contact.path)) refuse('not-found', 'contact_post');
  const id = newId();
  const made_by = a.actor.kind === 'officer' ? a.actor.post : refuse('not-your-power');
  return asHouse(a, async (h) => {
    await store.addClient(h, { ...rest, id, contact_post, path: contact.path, made_at: h.now, made_by });
    return { id, token: await giveToken(h, id) };
  });
}

async function giveToken(h: Act, client: string): Promise<string> {
  const token = `ct_${randomBytes(32).toString('base64url')}`;
  await store.addToken(h, { id: newId(), client, hash: hashOf(token), made_at: h.now });
  return token;
}

// sight is row security's: what this administrator does not look after is not found; what has ended stays as it is
async function managing<T>(a: Act, id: string, deed: string, work: (h: Act) => Promise<T>): Promise<T> {
  refuseIf(whyNotManage(a.actor));
  if (!(await store.clientById(a, id))) refuse('not-found');
  return asHouse(a, async (h) => {
    const client = (await store.lockClient(h, id)) ?? refuse('not-found');
    if (client.ended_at) refuse('client-ended');
    const result = await work(h);
    await note(h, deed, id);
    return result;
  });
}

/**
 * Changes what a client may and how often.
 * @throws Refusal `not-your-power`, `not-found`, `client-ended`
 */
export const limitClient = (a: Act, id: string, form: LimitsForm): Promise<void> =>
  managing(a, id, 'clients.limited', async (h) => void (await store.changeClient(h, id, form)));

/**
 * Ends a client at once: its tokens open nothing more, and it is told nothing more. Its women lose nothing: their sessions are their own.
 * @throws Refusal `not-your-power`, `not-found`, `client-ended`
 */
export const revokeClient = (a: Act, id: string): Promise<void> =>
  managing(a, id, 'clients.revoked', async (h) => {
    await store.changeClient(h, id, { ended_at: h.now });
    await store.endTokens(h, id, h.now);
    await store.giveUpOn(h, id);
  });

/**
 * Gives a new token; the ones before are good for some hours more, so that no woman is turned away while it is changed.
 * @returns the token, told this once
 * @throws Refusal `not-your-power`, `not-found`, `client-ended`
 */
export const rotateToken = (a: Act, id: string, { overlap_hours }: RotateForm): Promise<{ token: string }> =>
  managing(a, id, 'clients.token-rotated', async (h) => {
    await store.endTokens(h, id, h.now.add({ hours: overlap_hours }));
    return { token: await giveToken(h, id) };
  });

const drawSecret = (): Buffer => randomBytes(32);
const shown = (secret: Buffer): string => `whsec_${secret.toString('base64')}`;

/**
 * Says where a client is told of changes. A new address begins with a clean slate, and with a new secret where there was none.
 * @returns the signing secret if one was drawn, told this once; null when the address alone changed
 * @throws Refusal `webhook-address` about `url`: not https, or leading inward; `not-your-power`, `not-found`, `client-ended`
 */
export function setWebhook(a: Act, id: string, { url }: { url: string }): Promise<{ secret: string | null }> {
  refuseIf(whyNotManage(a.actor));
  refuseIf(whyNotAddress(url, practice()), 'url');
  return managing(a, id, 'clients.webhook-set', async (h) => {
    if (await store.webhookOf(h, id)) {
      await store.changeWebhook(h, id, { url, set_at: h.now, failing_since: null, disabled_at: null });
      return { secret: null };
    }
    const secret = drawSecret();
    await store.addWebhook(h, { client: id, url, secret: sealSecret(id, secret), set_at: h.now });
    return { secret: shown(secret) };
  });
}

/**
 * Draws a new signing secret; for some hours messages carry a signature with the one before too.
 * @returns the secret, told this once
 * @throws Refusal `not-found` also where no address is set; `not-your-power`, `client-ended`
 */
export const rotateSecret = (a: Act, id: string, { overlap_hours }: RotateForm): Promise<{ secret: string }> =>
  managing(a, id, 'clients.secret-rotated', async (h) => {
    const webhook = (await store.webhookOf(h, id)) ?? refuse('not-found');
    const secret = drawSecret();
    const overlap =
      overlap_hours > 0
        ? { before_secret: webhook.secret, before_until: h.now.add({ hours: overlap_hours }) }
        : { before_secret: null, before_until: null };
    await store.changeWebhook(h, id, { secret: sealSecret(id, secret), ...overlap });
    return { secret: shown(secret) };
  });

/** The clients that this administrator looks after, the newest first. @throws Refusal `not-your-power` */
export async function clientsOf(r: Reading): Promise<ClientFacts[]> {
  refuseIf(whyNotManage(r.actor));
  return factsOf(r, await store.clients(r));
}

async function factsOf(r: Reading, clients: readonly store.Client[]): Promise<ClientFacts[]> {
  const contacts = [...new Set(clients.map(({ contact_post }) => contact_post))];
  const [posts, webhooks] = await Promise.all([findPosts(r, contacts), store.webhooks(r)]);
  const names = new Map(posts.map((post) => [post.id, postName(post)]));
  const hooks = new Map(webhooks.map((hook) => [hook.client, hook]));
  return clients.map(({ contact_post, path: _path, made_by: _by, ...client }) => {
    const hook = hooks.get(client.id);
    return {
      ...client,
      contact: names.get(contact_post) ?? { hi: '', en: '' },
      webhook: hook
        ? {
            url: hook.url,
            state: hook.disabled_at ? 'disabled' : hook.failing_since ? 'failing' : 'well',
            since: hook.disabled_at ?? hook.failing_since ?? hook.set_at,
            overlap_until: hook.before_until,
          }
        : null,
    };
  });
}

/**
 * One of them with its tokens and what it was told lately.
 * @throws Refusal `not-your-power`, `not-found`
 */
export async function readClient(
  r: Reading,
  id: string,
): Promise<ClientFacts & { tokens: TokenFacts[]; deliveries: store.Delivery[] }> {
  refuseIf(whyNotManage(r.actor));
  const found = await store.clientById(r, id);
  const [client] = await factsOf(r, found ? [found] : []);
  return {
    ...(client ?? refuse('not-found')),
    tokens: await store.tokens(r, id),
    deliveries: await store.deliveries(r, id, SHOWN_DELIVERIES),
  };
}

/** How many addresses are no longer called: what an administrator has to look at. */
export const clientsInTrouble = (r: Reading): Promise<number> => store.countDisabled(r);
