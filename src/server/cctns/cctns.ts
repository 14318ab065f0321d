// The door of cctns: FIRs and final reports of other systems, read from their files, so that the figures are those of everywhere.
import type { Readable } from 'node:stream';
import { act, asHouse, type Act, type Actor, house, newId, refuse, refuseIf } from '#foundation';
import { MAPPINGS, type Mapping } from './mapping.ts';
import { LEASE, whyNotImport } from './rules.ts';
import * as store from './store.ts';
import { layDown, takeAway } from './tray.ts';

export { jobs, watch } from './jobs.ts';
export { type Mapping, mappingForm } from './mapping.ts';
export { openTray, streamOf } from './tray.ts';
export { readBatch } from './reading.ts';
export type { Batch } from './store.ts';

/** Where a file comes from, and how it is called in the list. */
export type Origin = { source: 'api' | 'cli' | 'inbox'; name: string };

/** The mapping of a name: the last one an administrator gave, else one that comes with the house. @throws Refusal `mapping-unknown` */
export async function mappingOf(a: Act, name: string): Promise<Mapping> {
  const given = await asHouse(a, (h) => store.mappingNamed(h, name));
  return given?.says ?? MAPPINGS[name] ?? refuse('mapping-unknown', 'mapping');
}

/**
 * Takes a file in: it lies on the disk whole before this returns, and is read afterwards.
 * @param mapping its name, or itself
 * @returns the batch
 * @throws Refusal `not-your-power`; `mapping-unknown` about `mapping`
 */
export async function receive(who: Actor, file: Readable, mapping: string | Mapping, origin: Origin, request_id?: string): Promise<string> {
  refuseIf(whyNotImport(who));
  const batch = newId();
  const says = typeof mapping === 'string' ? await act(who, 'cctns.look-up-mapping', (a) => mappingOf(a, mapping)) : mapping;
  const { sha256, size } = await layDown(batch, file);
  try {
    await act(
      who,
      'cctns.receive',
      (a) =>
        asHouse(a, async (h) => {
          const made_by = a.actor.kind === 'officer' ? a.actor.post : null;
          const name = origin.name.slice(0, 120) || '-';
          await store.addBatch(h, { id: batch, ...origin, name, mapping: says, sha256, size, made_at: h.now, made_by, next_at: h.now.add(LEASE) });
          if (origin.source !== 'cli') await h.later('cctns.read', { batch });
        }),
      { subject: batch, ...(request_id ? { request_id } : {}) },
    );
  } catch (error) {
    await takeAway(batch);
    throw error;
  }
  return batch;
}

/** A batch as it stands now. @throws Refusal `not-your-power`, `not-found` */
export async function readBatchState(a: Act, id: string): Promise<store.Batch> {
  refuseIf(whyNotImport(a.actor));
  return (await asHouse(a, (h) => store.batchById(h, id))) ?? refuse('not-found');
}

/** Takes a file of this machine in and reads it to its end, for the command line. */
export async function importNow(file: Readable, mapping: string | Mapping, name: string): Promise<string> {
  return receive(house(), file, mapping, { source: 'cli', name });
}
