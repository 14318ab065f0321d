// What a client knows: what it sent, what was acknowledged, when. Held against the database when the storm is over.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { keys } from '#foundation';
import { someComplaint } from '../../e2e/complaint.ts';

type Sent = { kind: 'complaint' | 'alarm'; form_id: string; tries: number; acknowledged: boolean };
export type Journal = { sent: Sent[]; answered: { at: number; what: 'write' | 'read' }[] };

const PATIENCE_MS = 15_000;
const AGAIN_MS = 250;

async function post(url: string, body: unknown, key: string): Promise<number> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  await answer.arrayBuffer();
  return answer.status;
}

const alarm = (form_id: string) => ({ form_id, point: { lat: 26.49, lon: 80.26 }, silent: true });

/**
 * Keeps sending through the street, each sender one after the other; what was not acknowledged is sent again under the same key until it is.
 * @param many senders of complaints; one more sends alarms, one reads
 */
export function senders(street: string, journal: Journal, many: number) {
  let over = false;
  const answered = (what: 'write' | 'read') => journal.answered.push({ at: performance.now(), what });
  async function send(kind: Sent['kind']): Promise<void> {
    while (!over) {
      const form_id = randomUUID();
      const body = kind === 'complaint' ? someComplaint({ form_id }) : alarm(form_id);
      const one: Sent = { kind, form_id, tries: 0, acknowledged: false };
      journal.sent.push(one);
      const url = `${street}/api/v1/${kind === 'complaint' ? 'complaints' : 'sos/alerts'}`;
      while (!one.acknowledged) {
        one.tries += 1;
        const status = await post(url, body, form_id).catch(() => 0);
        if (status === 201) one.acknowledged = true;
        else if (over && one.tries > 20) return;
        else await pause(AGAIN_MS);
      }
      answered('write');
      await pause(kind === 'alarm' ? 500 : 40);
    }
  }
  async function look(): Promise<void> {
    while (!over) {
      const asked = await fetch(`${street}/api/v1/statistics`, { signal: AbortSignal.timeout(5000) }).catch(
        () => undefined,
      );
      await asked?.arrayBuffer().catch(() => undefined);
      if (asked?.ok) answered('read');
      await pause(100);
    }
  }
  const all = [...Array.from({ length: many }, () => send('complaint')), send('alarm'), look()];
  return {
    stop: async () => {
      over = true;
      await Promise.race([Promise.all(all), pause(60_000)]);
    },
    /**
     * How long nobody could write, and nobody could read, from an instant on: until answers come again without a gap of two seconds. Where
     * there was no such gap, the longest one there was.
     * @param most milliseconds to wait for it
     */
    silence: async (from: number, least: number, most: number): Promise<Silence> => {
      for (const end = from + most; performance.now() < end; await pause(200)) {
        if (performance.now() - from > least && calm(journal, 'write') && calm(journal, 'read')) break;
      }
      return {
        writes: silenceOf(journal, 'write', from),
        reads: silenceOf(journal, 'read', from),
        over: calm(journal, 'write') && calm(journal, 'read'),
      };
    },
  };
}

export type Silence = { writes: number; reads: number; over: boolean };
const GAP_MS = 2000;
const CALM_MS = 8000;
type What = Journal['answered'][number]['what'];

function gapsOf(journal: Journal, what: What, from: number): { end: number; length: number }[] {
  const times = journal.answered.filter((one) => one.what === what && one.at > from).map(({ at }) => at);
  return [...times, performance.now()].map((end, n) => ({ end, length: end - (times[n - 1] ?? from) }));
}
// eight seconds without a gap
const calm = (journal: Journal, what: What): boolean =>
  gapsOf(journal, what, performance.now() - CALM_MS).every(({ length }) => length <= GAP_MS);
function silenceOf(journal: Journal, what: What, from: number): number {
  const gaps = gapsOf(journal, what, from);
  const last = gaps.findLast(({ length }) => length > GAP_MS);
  return last ? last.end - from : Math.max(...gaps.map(({ length }) => length));
}

/** Holds the journal against the database. */
export async function count(journal: Journal, owner: string) {
  // first what was acknowledged, then what is there: they go on sending meanwhile
  const acknowledged = journal.sent.filter((one) => one.acknowledged);
  const client = new pg.Client({ connectionString: owner });
  await client.connect();
  try {
    const { rows } = await client.query<{ form_id: string; n: number }>(
      `select form_id::text, count(*)::int as n from intake.complaint group by 1
       union all select encode(client_mac, 'hex'), count(*)::int from sos.alert where client_mac is not null group by 1`,
    );
    // of an alarm only a keyed hash of what her phone drew is stored
    const stored = ({ kind, form_id }: Sent) =>
      kind === 'alarm' ? keys.mac('sos-form', '', form_id).toString('hex') : form_id;
    const there = new Map(rows.map(({ form_id, n }) => [form_id, n]));
    return {
      acknowledged: acknowledged.length,
      alarms: acknowledged.filter(({ kind }) => kind === 'alarm').length,
      lost: acknowledged.filter((one) => !there.has(stored(one))).length,
      doubled: rows.filter(({ n }) => n > 1).length,
      again: acknowledged.filter(({ tries }) => tries > 1).length,
    };
  } finally {
    await client.end();
  }
}
