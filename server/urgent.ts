// What cannot wait stands before the pages' framework: an alarm, a complaint, and where vehicles are, many times a second.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Actor } from '#foundation';
import { actorOf } from '#signin';
import { inTime } from '../src/routes/in-time.ts';
import { answerAtDoor, webRequest } from './api-door.ts';

const ALARMS = '/api/v1/sos/alerts';
const FIXES = '/api/v1/vehicles/fixes';
const COMPLAINTS = '/api/v1/complaints';
/** One byte more than the API takes: whoever sends more is refused there, with its own words. */
const MOST_BYTES = 256 * 1024 + 1;

/** Whether a request is an alarm or a complaint, or says where vehicles are. */
export const isUrgent = ({ method, url }: { method?: string | undefined; url?: string | undefined }): boolean =>
  method === 'POST' && (url === ALARMS || url === FIXES || url === COMPLAINTS);

/**
 * Who reports positions says so every few seconds: whom a token answered to is known for ten seconds. A session that has ended can say for
 * so long where its vehicle is, and nothing else.
 */
const KNOWN_MS = 10_000;
const MOST_KNOWN = 10_000;
const known = new Map<string, { until: number; actor: Actor }>();
async function whoReports(secret: string): Promise<Actor | undefined> {
  const now = performance.now();
  const before = known.get(secret);
  if (before && before.until > now) return before.actor;
  known.delete(secret);
  const actor = await actorOf(secret);
  if (!actor) return undefined;
  // the oldest stand first
  for (const [other, { until }] of known) {
    if (until > now && known.size < MOST_KNOWN) break;
    known.delete(other);
  }
  known.set(secret, { until: now + KNOWN_MS, actor });
  return actor;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += part.length;
    parts.push(part);
    if (size >= MOST_BYTES) break;
  }
  return Buffer.concat(parts);
}

/** Answers one: when what it brought lies on the disk. */
export async function answerUrgent(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body: Buffer;
  try {
    body = await bodyOf(request);
  } catch {
    // whoever rang is gone before the end of the sentence
    response.destroy();
    return;
  }
  const web = webRequest(request, body.length > 0 ? new Uint8Array(body) : null);
  await answerAtDoor(request, response, web, request.url === FIXES ? whoReports : (secret) => inTime(actorOf(secret)));
}
