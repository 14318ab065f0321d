// CCTNS over the API: files that stream in, how far they are read, what was refused, and what waits to be decided.
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { z } from 'zod';
import {
  batchNow,
  batchesNow,
  type Batch,
  decidePiece,
  decidePieceForm,
  decidePlace,
  decidePlaceForm,
  FAULT_CODES,
  keepMapping,
  mappingForm,
  mappingsKnown,
  receive,
  receiveForm,
  waitingHere,
} from '#cctns';
import { idOf } from './callbacks.ts';
import { rejectionLines } from './csv.ts';
import { acts, actsOnce, endpoint, type Endpoint, reads } from './endpoint.ts';
import { Problem } from './problem.ts';
import { text } from './shapes.ts';
import { instant, iso, isoOrNull } from './time.ts';

const batch = z
  .object({
    batch: z.uuid(),
    name: text,
    source: z.enum(['api', 'cli', 'inbox', 'page']),
    state: z.enum(['queued', 'reading', 'done', 'failed']),
    read: z.int().meta({ description: 'rows read so far' }),
    accepted: z.int().meta({ description: 'new ones and changed ones' }),
    unchanged: z.int(),
    rejected: z.int(),
    changed: z.int().meta({ description: 'of the accepted, those that were there and say something else now' }),
    repaired: z
      .int()
      .meta({ description: 'rows with text that was turned back into Hindi; what stood in the file is kept' }),
    made_at: instant,
    ended_at: instant.nullable(),
    fault: text.nullable(),
  })
  .meta({ id: 'CctnsBatch' });

const present = (b: Batch): z.input<typeof batch> => ({
  batch: b.id,
  name: b.name,
  source: b.source,
  state: b.state,
  read: b.read,
  accepted: b.added + b.changed,
  unchanged: b.unchanged,
  rejected: b.rejected,
  changed: b.changed,
  repaired: b.repaired,
  made_at: iso(b.made_at),
  ended_at: isoOrNull(b.ended_at),
  fault: b.fault,
});

export const cctns: Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/cctns/batches',
    who: 'importer',
    summary:
      'Bring in a file of FIRs or final reports: CSV with a header in line 1, or one JSON object a line; any length',
    status: 202,
    streams: ['text/csv', 'application/x-ndjson', 'application/ndjson', 'application/jsonl', 'text/plain'],
    query: receiveForm,
    answer: z.object({ batch: z.uuid() }).meta({ id: 'CctnsBatchBegun' }),
    refuses: [400, 403, 409],
    repeats: 'own',
    answers: async (call) => {
      if (!call.stream) throw new Problem('no-body');
      const { mapping, name } = call.query;
      const once = call.once && { scope: call.once.scope, key: call.once.key };
      const file = Readable.fromWeb(call.stream as WebStream<Uint8Array>);
      return {
        batch: await receive(call.actor, file, mapping, { source: 'api', name }, { request_id: call.request_id, once }),
      };
    },
  }),
  endpoint({
    method: 'GET',
    path: '/cctns/batches',
    who: 'officer',
    summary: 'The batches that came last, for an administrator',
    status: 200,
    answer: z.object({ items: z.array(batch) }),
    refuses: [403],
    answers: async (call) => ({ items: (await reads(call, 'cctns.list-batches', batchesNow)).map(present) }),
  }),
  endpoint({
    method: 'GET',
    path: '/cctns/batches/{batch}',
    who: 'importer',
    summary: 'A batch as it stands now',
    status: 200,
    answer: batch,
    refuses: [403],
    answers: async (call) => present(await acts(call, 'cctns.look-at-batch', (a) => batchNow(a, idOf(call, 'batch')))),
  }),
  endpoint({
    method: 'GET',
    path: '/cctns/batches/{batch}/rejections',
    who: 'importer',
    summary: `Rows that could not go in: line, column, value, code, message. Codes: ${FAULT_CODES.join(', ')}`,
    status: 200,
    media: 'text/csv',
    exports: 'cctns.export-rejections',
    answer: z.string(),
    refuses: [403],
    answers: async (call) => {
      const parts: string[] = [];
      for await (const part of rejectionLines(call.actor, idOf(call, 'batch'), call.lang)) parts.push(part);
      return parts.join('');
    },
  }),
  endpoint({
    method: 'GET',
    path: '/cctns/mappings',
    who: 'importer',
    summary: 'The names of the mappings of columns',
    status: 200,
    answer: z.object({ items: z.array(text) }),
    refuses: [403],
    answers: async (call) => ({ items: await acts(call, 'cctns.list-mappings', mappingsKnown) }),
  }),
  endpoint({
    method: 'PUT',
    path: '/cctns/mappings/{name}',
    who: 'importer',
    summary: 'Say which column of an export means what, under a name',
    status: 200,
    body: mappingForm,
    answer: mappingForm,
    refuses: [403],
    answers: async (call) => {
      const { name = '' } = call.params;
      if (!/^[a-z0-9-]{1,40}$/.test(name)) throw new Problem('not-found');
      await acts(call, 'cctns.keep-mapping', (a) => keepMapping(a, name, call.body));
      return call.body;
    },
  }),
  endpoint({
    method: 'GET',
    path: '/cctns/waiting',
    who: 'officer',
    summary:
      'Places and pieces of sections that nobody knows, for an administrator to decide; their FIRs are in and counted',
    status: 200,
    answer: z
      .object({
        places: z.array(
          z.object({
            path: text,
            level: z.enum(['state', 'district', 'station']),
            name: text,
            above: text.nullable(),
            firs: z.int(),
          }),
        ),
        places_in_all: z.int(),
        pieces: z.array(z.object({ id: z.uuid(), text, firs: z.int() })),
        pieces_in_all: z.int(),
      })
      .meta({ id: 'CctnsWaiting' }),
    refuses: [403],
    answers: async (call) => {
      const found = await reads(call, 'cctns.list-waiting', waitingHere);
      return {
        ...found,
        places: found.places.map((place) => ({
          ...place,
          level: place.level as 'state',
          above: place.above?.[call.lang] ?? null,
        })),
      };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/cctns/places',
    who: 'officer',
    summary: 'Decide what an unknown place is; its FIRs go there',
    status: 200,
    body: decidePlaceForm,
    answer: z.object({ firs: z.int().nullable().meta({ description: 'how many went; null for a repeated request' }) }),
    refuses: [403, 404, 409],
    repeats: 'key',
    answers: (call) =>
      actsOnce(
        call,
        'cctns.decide-place',
        async (a): Promise<{ firs: number | null }> => ({ firs: await decidePlace(a, call.body) }),
        async () => ({ firs: null }),
      ),
  }),
  endpoint({
    method: 'POST',
    path: '/cctns/pieces',
    who: 'officer',
    summary: 'Decide what a piece of sections means; FIRs that have it are read again',
    status: 202,
    body: decidePieceForm,
    answer: z.object({}),
    refuses: [403, 404, 409],
    repeats: 'key',
    answers: (call) =>
      actsOnce(
        call,
        'cctns.decide-piece',
        async (a) => {
          await decidePiece(a, call.body);
          return {};
        },
        async () => ({}),
      ),
  }),
];
