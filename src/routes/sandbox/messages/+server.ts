// GET /sandbox/messages?to=: every message that would have gone out, newest last.
import type { RequestHandler } from '@sveltejs/kit';
import { house, read } from '#foundation';
import { asciiDigits } from '#law';
import { sentMessages } from '#notify';
import { practice } from '../../api/v1/practice.ts';
import { iso } from '../../api/v1/time.ts';

const LAST_DIGITS = 10;
/** A number by its last ten digits, however it is written; an address as it stands. */
const same = (to: string, asked: string): boolean => {
  if (asked.includes('@')) return to === asked;
  const digits = asciiDigits(asked).replace(/\D/g, '').slice(-LAST_DIGITS);
  return digits.length === LAST_DIGITS && to.endsWith(digits);
};

export const GET: RequestHandler = practice(async ({ url }) => {
  const asked = url.searchParams.get('to')?.trim();
  const sent = await read(house(), 'notify.list-sent', (r) => sentMessages(r));
  return sent
    .filter((m) => !asked || same(m.to, asked))
    .map(({ to, template, text, at, state }) => ({ to, template, text, at: iso(at), state }));
});
