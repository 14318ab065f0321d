// What clients are told, later: the sweep puts each due delivery by as a job, the job sends it outside of any transaction.
import { act, house, INDIA, type Jobs, keys, log, note, read, type Act, type Watch } from '#foundation';
import { isLost, LEASE, signaturesOf, waitAfter } from './rules.ts';
import { type Outcome, post } from './sending.ts';
import * as store from './store.ts';

declare module '#foundation' {
  interface Jobs {
    'clients.deliver': { delivery: string };
  }
}

const AT_ONCE = 200;
const practice = (): boolean => process.env.ITSSO_MODE !== 'production';

/** How a client knows a complaint: a keyed hash of its own, from which neither file nor number can be had. */
export const referenceOf = (client: string, file: string): string =>
  keys.mac('client-ref', client, file).subarray(0, 18).toString('base64url');

/** The secret of a webhook as it is kept: sealed to its client. */
export const sealSecret = (client: string, secret: Uint8Array): Buffer => keys.seal('client-webhook', client, secret);
const openSecret = (client: string, sealed: Buffer): Buffer => keys.open('client-webhook', client, sealed);

type Task = NonNullable<Awaited<ReturnType<typeof store.toSend>>>;

/** Everything that goes out: four fields, and headers. Neither number nor state, and nobody. */
function messageOf(task: Task, now: Temporal.Instant): { body: string; headers: Record<string, string> } {
  const id = `msg_${task.id}`;
  const body = JSON.stringify({
    id,
    at: task.at.toZonedDateTimeISO(INDIA).toString({ timeZoneName: 'never', smallestUnit: 'second' }),
    complaint: referenceOf(task.client, task.file),
    kind: 'status-changed',
  });
  const at = String(Math.trunc(now.epochMilliseconds / 1000));
  const secrets = [openSecret(task.client, task.secret)];
  if (task.before_secret && task.before_until && Temporal.Instant.compare(now, task.before_until) < 0)
    secrets.push(openSecret(task.client, task.before_secret));
  return {
    body,
    headers: {
      'user-agent': 'ITSSO-webhook',
      'webhook-id': id,
      'webhook-timestamp': at,
      'webhook-signature': signaturesOf(secrets, id, at, body),
    },
  };
}

async function settle(h: Act, id: string, outcome: Outcome): Promise<void> {
  const delivery = await store.lockDelivery(h, id);
  const webhook = delivery && (await store.webhookOf(h, delivery.client));
  // somebody was faster: the client has it twice, under one id
  if (!delivery || !webhook) return;
  const attempts = delivery.attempts + 1;
  if (outcome.ok) {
    await store.changeDelivery(h, id, { attempts, outcome: outcome.code, delivered_at: h.now });
    if (webhook.failing_since) await store.changeWebhook(h, delivery.client, { failing_since: null });
    return;
  }
  const failing_since = webhook.failing_since ?? h.now;
  await store.changeDelivery(h, id, { attempts, outcome: outcome.code, next_at: h.now.add(waitAfter(attempts)) });
  if (!outcome.gone && !isLost(failing_since, h.now)) {
    if (!webhook.failing_since) await store.changeWebhook(h, delivery.client, { failing_since });
    return;
  }
  // the administrators find it on their page, and its number beside the name of the page
  await store.changeWebhook(h, delivery.client, { failing_since, disabled_at: h.now });
  await store.giveUpOn(h, delivery.client);
  await note(h, 'clients.disable-webhook', delivery.client, { outcome: outcome.code });
  log.warn({ client: delivery.client, outcome: outcome.code }, 'webhook disabled');
}

export const jobs = {
  /** One try. Whatever becomes of it is written down; the next try comes by the clock and not by the queue. */
  'clients.deliver': async ({ delivery }: Jobs['clients.deliver']): Promise<void> => {
    const ready = await read(house(), 'clients.read-delivery', async (r) => ({
      now: r.now,
      task: await store.toSend(r, delivery),
    }));
    if (!ready.task) return;
    const { body, headers } = messageOf(ready.task, ready.now);
    const outcome = await post(ready.task.url, body, headers, practice());
    await act(house(), 'clients.deliver', (h) => settle(h, delivery, outcome), {
      subject: ready.task.client,
      detail: { outcome: outcome.code },
    });
  },
};

export const watch: Watch = {
  name: 'clients',
  nextAt: store.nextAt,
  sweep: async (h) => {
    const due = await store.due(h, AT_ONCE);
    for (const { id } of due) {
      // a process that dies while it sends leaves the delivery to the next one
      await store.changeDelivery(h, id, { next_at: h.now.add(LEASE) });
      await h.later('clients.deliver', { delivery: id });
    }
    return due.length === AT_ONCE;
  },
};
