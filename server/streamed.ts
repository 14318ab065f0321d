// Files of CCTNS and what other States' houses send stand before the pages' framework: they stream without the limit of a form.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { answerAtDoor, webRequest } from './api-door.ts';

const DOOR = /^\/api\/v1\/(?:cctns\/batches|exchange\/(?:parcels|parts))(?:\?|$)/;

/** Whether a request brings something that streams. */
export const isStreamed = ({ method, url }: { method?: string | undefined; url?: string | undefined }): boolean =>
  method === 'POST' && DOOR.test(url ?? '');

/** Answers one: when all of it lies on the disk. */
export const answerStreamed = (request: IncomingMessage, response: ServerResponse): Promise<void> =>
  answerAtDoor(request, response, webRequest(request, Readable.toWeb(request) as WebStream<Uint8Array> as BodyInit));
