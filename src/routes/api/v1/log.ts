// The log over the API, for anyone: its checkpoints and what proves that it has only grown; and for her, what proves her record.
import { z } from 'zod';
import { dayCheckpoints, growthOf, lastCheckpoint, placeOf, proofsOf } from '#audit';
import { myRecord } from '#casework';
import { house, read, refuse } from '#foundation';
import { publicKey, shortOf } from '../../log-said.ts';
import { endpoint, type Endpoint, reads } from './endpoint.ts';

const text = z.string();
const size = z.int().min(0);
const hashes = z.array(text).meta({ description: 'SHA-256, base64, in the order of RFC 9162' });
const checkpoint = z
  .object({
    note: text.meta({ description: 'signed note, as C2SP tlog-checkpoint writes it' }),
    size,
    root: text.meta({ description: 'base64' }),
    at: text,
    short: text.meta({ description: 'the first 60 bits of the root, to be read aloud' }),
  })
  .meta({ id: 'Checkpoint' });
const present = (head: Awaited<ReturnType<typeof lastCheckpoint>>) => ({
  note: head.note,
  size: head.size,
  root: head.root.toString('base64'),
  at: head.at.toString(),
  short: shortOf(head.root),
});
const index = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const logDoors: readonly Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/log/checkpoint',
    who: 'anyone',
    summary: 'The latest checkpoint of the log of everything that has happened, and the key it is signed with',
    status: 200,
    answer: z.object({ key: text, checkpoint }),
    answers: async () => ({ key: publicKey(), checkpoint: present(await lastCheckpoint()) }),
  }),
  endpoint({
    method: 'GET',
    path: '/log/checkpoints',
    who: 'anyone',
    summary: 'The last checkpoint of each of the last thirty days',
    status: 200,
    answer: z.array(checkpoint),
    answers: async () => (await dayCheckpoints()).map(present),
  }),
  endpoint({
    method: 'GET',
    path: '/log/proof',
    who: 'anyone',
    summary:
      'That the log has only grown from one size to another; with `index`, that the entry is in the log of that size',
    status: 200,
    query: z.object({ size: index, first: index.optional(), index: index.optional() }),
    answer: z.object({ hashes }),
    refuses: [404],
    answers: ({ query }) =>
      read(house(), 'audit.prove', async (r) => {
        const found =
          query.index === undefined
            ? await growthOf(r, query.first ?? 0, query.size)
            : await placeOf(r, query.index, query.size);
        return { hashes: found ?? refuse('not-found') };
      }),
  }),
  endpoint({
    method: 'GET',
    path: '/track/proof',
    who: 'complainant',
    summary: 'What verifies her record offline: instants and hashes, nothing that a third could read',
    status: 200,
    answer: z
      .object({
        v: z.literal(1),
        key: text,
        checkpoint: text,
        entries: z.array(
          z.object({
            time: z.number().meta({ description: 'µs since 1970' }),
            about: text,
            fingerprint: text,
            index: size.optional(),
            proof: hashes.optional(),
            promise: text.optional().meta({ description: 'signed, while the entry has no place yet' }),
          }),
        ),
      })
      .meta({ id: 'Proofs' }),
    answers: async (call) => {
      const rows = await reads(call, 'casework.track', myRecord);
      return read(house(), 'audit.prove', (r) => proofsOf(r, rows));
    },
  }),
];
