// Machines of others that speak with the house: CCTNS, the SMS gateway, the fleet. Each has keys, which overlap while they are changed.
import { type Act, type Actor, asHouse, house, newId, note, read, refuse, refuseIf } from '#foundation';
import { limitSession, mustBeConfirmed, openSession } from '#posts';
import { hashOf } from './invitations.ts';
import { whyNotMachines } from './rules.ts';
import * as store from './store-ways.ts';

export type MachineFacts = {
  id: string;
  name: string;
  holds: 'cctns' | 'sms' | 'fleet';
  made_at: Temporal.Instant;
  ended_at: Temporal.Instant | null;
  keys: { made_at: Temporal.Instant; ends_at: Temporal.Instant | null }[];
};
const administratorIn = (actor: Actor): Extract<Actor, { kind: 'officer' }> => {
  refuseIf(whyNotMachines(actor));
  return actor.kind === 'officer' ? actor : refuse('not-your-power');
};

async function giveKey(h: Act, machine: { id: string; name: string; holds: string }): Promise<string> {
  const { token } = await openSession(h, { kind: 'machine', name: machine.name, rights: [machine.holds] });
  await store.addMachineKey(h, { hash: hashOf(token), machine: machine.id, made_at: h.now });
  return token;
}
async function endKeys(h: Act, machine: string, at: Temporal.Instant): Promise<void> {
  for (const { hash } of await store.machineKeysOf(h, machine)) {
    await store.endMachineKey(h, hash, at);
    await limitSession(h, hash, at);
  }
}

/**
 * Registers a machine with its one right.
 * @returns its key, told this once: the header `Authorization: Bearer` carries it
 * @throws Refusal `not-your-power`, `confirm-yourself`, `name-taken` about `name`
 */
export async function registerMachine(
  a: Act,
  { name, holds }: { name: string; holds: MachineFacts['holds'] },
): Promise<{ id: string; key: string }> {
  const who = administratorIn(a.actor);
  await mustBeConfirmed(a);
  return asHouse(a, async (h) => {
    if (await store.machineByName(h, name)) refuse('name-taken', 'name');
    const id = newId();
    await store.addMachine(h, { id, name, holds, path: who.unit, made_at: h.now, made_by: who.post });
    await note(h, 'signin.machine-registered', id, { holds });
    return { id, key: await giveKey(h, { id, name, holds }) };
  });
}

// what lies outside the administrator's unit is not found
async function managing<T>(
  a: Act,
  id: string,
  deed: string,
  work: (h: Act, machine: store.Machine) => Promise<T>,
): Promise<T> {
  const { unit } = administratorIn(a.actor);
  await mustBeConfirmed(a);
  return asHouse(a, async (h) => {
    const machine = (await store.lockMachine(h, id, unit)) ?? refuse('not-found');
    if (machine.ended_at) refuse('client-ended');
    const result = await work(h, machine);
    await note(h, deed, id);
    return result;
  });
}

/**
 * Gives a machine a further key; the ones before are good for some hours more, so that nothing stops while it is changed.
 * @param form.overlap_hours 0 to 168; 0: at once
 * @returns the key, told this once
 * @throws Refusal `not-your-power`, `not-found`, `client-ended`, `confirm-yourself`
 */
export const rotateMachineKey = (
  a: Act,
  id: string,
  { overlap_hours }: { overlap_hours: number },
): Promise<{ key: string }> =>
  managing(a, id, 'signin.machine-key-changed', async (h, machine) => {
    await endKeys(h, id, h.now.add({ hours: overlap_hours }));
    return { key: await giveKey(h, machine) };
  });

/** Ends a machine and its keys at once. @throws Refusal `not-your-power`, `not-found`, `client-ended`, `confirm-yourself` */
export const endMachine = (a: Act, id: string): Promise<void> =>
  managing(a, id, 'signin.machine-ended', async (h) => {
    await endKeys(h, id, h.now);
    await store.endMachine(h, id);
  });

/** The machines that this administrator looks after, the newest first. @throws Refusal `not-your-power` */
export async function machinesOf(actor: Actor): Promise<MachineFacts[]> {
  const { unit } = administratorIn(actor);
  return read(house(), 'signin.list-machines', async (r) => {
    const found: MachineFacts[] = [];
    for (const { id, name, holds, made_at, ended_at } of await store.machinesBelow(r, unit))
      found.push({
        id,
        name,
        holds,
        made_at,
        ended_at,
        keys: (await store.machineKeysOf(r, id)).map(({ hash: _hash, ...key }) => key),
      });
    return found;
  });
}
