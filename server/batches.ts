// Files of CCTNS stand before the pages' framework: they stream without the limit of a form.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { answerAtDoor, webRequest } from './api-door.ts';

const DOOR = /^\/api\/v1\/cctns\/batches(?:\?|$)/;

/** Whether a request brings a file. */
export const isBatch = ({ method, url }: { method?: string | undefined; url?: string | undefined }): boolean =>
  method === 'POST' && DOOR.test(url ?? '');

/** Answers one file: with the batch when all of it lies on the disk. */
export const answerBatch = (request: IncomingMessage, response: ServerResponse): Promise<void> =>
  answerAtDoor(request, response, webRequest(request, Readable.toWeb(request) as WebStream<Uint8Array> as BodyInit));
