// Whose room this is: hers, by her session and only once she has said that it is safe to show; or of somebody who sits with her, by the pass.
import type { RequestEvent } from '@sveltejs/kit';
import { nobody, read, Refusal } from '#foundation';
import { type Asking, type GuestRole, type HerHearing, iceOf, myHearings, roomOf } from '#hearing';
import { PASS } from '../../cookies.ts';
import { readView } from '../view-cookie.ts';

export type Hers = { for: 'her'; one: HerHearing };
export type Guests = { for: 'guest'; role: GuestRole; pass: string };

/** Her appointment whose room comes next, if her file stands open here. */
export async function hersHere({
  locals,
  cookies,
}: Pick<RequestEvent, 'locals' | 'cookies'>): Promise<Hers | undefined> {
  const { citizen, request_id } = locals;
  if (!citizen.subject || readView(cookies).shown !== citizen.subject) return undefined;
  const one = roomOf(await read(citizen, 'hearing.my-hearings', myHearings, { request_id }));
  return one && { for: 'her', one };
}

/** The pass of somebody who sits with her, while it opens a room. */
export async function passHere({
  locals,
  cookies,
}: Pick<RequestEvent, 'locals' | 'cookies'>): Promise<string | undefined> {
  const pass = cookies.get(PASS);
  if (!pass) return undefined;
  try {
    await read(nobody, 'hearing.ice', (r) => iceOf(r, { pass }), { request_id: locals.request_id });
    return pass;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Who asks at the room's door: she before anybody else. */
export async function askingHere(event: Pick<RequestEvent, 'locals' | 'cookies'>) {
  const hers = await hersHere(event);
  if (hers) return { actor: event.locals.citizen, asking: { hearing: hers.one.id } satisfies Asking };
  const pass = await passHere(event);
  return pass ? { actor: nobody, asking: { pass } satisfies Asking } : undefined;
}
