// What cannot wait stands before the pages' framework: an alarm, and where vehicles are, many times a second.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerAtDoor, webRequest } from './api-door.ts';

const DOOR = /^\/api\/v1\/(?:vehicles\/fixes|sos\/alerts)$/;
/** One byte more than the API takes: whoever sends more is refused there, with its own words. */
const MOST_BYTES = 256 * 1024 + 1;

/** Whether a request is an alarm or says where vehicles are. */
export const isUrgent = ({ method, url }: { method?: string | undefined; url?: string | undefined }): boolean =>
  method === 'POST' && DOOR.test(url ?? '');

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
  await answerAtDoor(request, response, webRequest(request, body.length > 0 ? new Uint8Array(body) : null));
}
