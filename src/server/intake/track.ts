// The ways back to a complaint: the receipt alone, or its number with her mobile and a code sent to it.
import { type Act, asHouse, newId } from '#foundation';
import { sendSms } from '#notify';
import { openSession } from '#posts';
import { findByMobile } from '#sealed-identity';
import { codeFits, codeHash, newSalt, newTrackCode, receiptLookup } from './codes.ts';
import { type Asked, countFailure, mustWait, type Opened, type Refused } from './failures.ts';
import * as store from './store.ts';

declare module '#foundation' {
  interface Jobs {
    'intake.track-code': { complaint: string };
  }
}

const CODE_MINUTES = 10;
const CODES_A_DAY = 3;

/**
 * Opens her file with the receipt. The right receipt always opens; wrong ones are counted per address, and after ten in an hour
 * are answered with "wait".
 * @param receipt 16 plain digits
 * @returns a session (15 minutes idle, 8 hours at most) or the refusal, which is returned so that its count is kept
 */
export function openByReceipt(a: Act, { receipt }: { receipt: string }, asked: Asked = {}): Promise<Opened | Refused> {
  return asHouse(a, async (h) => {
    const found = await store.complaintByReceipt(h, receiptLookup(receipt));
    if (found) return openSession(h, { kind: 'citizen', subject: found.id });
    return (await mustWait(h, 'receipt', asked)) ?? countFailure(h, 'receipt', asked);
  });
}

/**
 * Asks for a code for the tracking page. Whatever exists, the answer is nothing, and the work is the same: both look-ups, and one
 * job, which finds nothing to do when number and mobile do not belong together.
 * @param number 12 plain digits
 * @param mobile E.164
 */
export function requestTrackCode(a: Act, { number, mobile }: { number: string; mobile: string }): Promise<void> {
  return asHouse(a, async (h) => {
    const complaint = await belonging(h, number, mobile);
    await h.later('intake.track-code', { complaint: complaint ?? newId() });
  });
}

async function belonging(h: Act, number: string, mobile: string): Promise<string | undefined> {
  const complaint = await store.complaintByNumber(h, number);
  const subjects = await findByMobile(h, mobile);
  return complaint && subjects.includes(complaint.id) ? complaint.id : undefined;
}

/**
 * Draws a code and sends it: ten minutes, three a day, the newest alone counts. None to a phone that is watched. As the house.
 * @param id a complaint's id, or one that belongs to nothing
 */
export async function sendTrackCode(h: Act, id: string): Promise<void> {
  const complaint = await store.complaintById(h, id);
  if (!complaint || complaint.phone_watched || complaint.no_contact) return;
  const sent = await store.codesSince(h, id, h.now.subtract({ hours: 24 }));
  if (sent.length >= CODES_A_DAY) return;
  const [code, salt] = [newTrackCode(), newSalt()];
  const hash = await codeHash(id, code, salt);
  const expires_at = h.now.add({ minutes: CODE_MINUTES });
  await store.addCode(h, {
    id: newId(),
    complaint: id,
    salt,
    hash,
    made_at: h.now,
    expires_at,
    tries: 0,
    used_at: null,
  });
  await sendSms(h, {
    subject: id,
    purpose: 'track-code',
    template: 'track-code',
    language: complaint.language,
    params: { code },
  });
}

const NOTHING = '00000000-0000-0000-0000-000000000000';

/**
 * Opens her file with number, mobile and the code that was sent. Five tries a code, counted before it is compared; one answer
 * for every failure, after the same work.
 * @returns a session or the refusal, which is returned so that the try stays counted
 */
export function openByNumber(
  a: Act,
  form: { number: string; mobile: string; code: string },
): Promise<Opened | Refused> {
  return asHouse(a, async (h) => {
    const complaint = await belonging(h, form.number, form.mobile);
    const kept = await store.countTry(h, complaint ?? NOTHING);
    const fits = await codeFits(complaint ?? NOTHING, form.code, kept);
    if (!complaint || !kept || !fits) return { refused: 'not-found' };
    await store.useCode(h, kept.id);
    return openSession(h, { kind: 'citizen', subject: complaint });
  });
}
