// Codes as they are drawn, sent, shown and tried. A code proves that she and the operator really spoke; it opens nothing.
import { type Act, act, house } from '#foundation';
import { sendSms } from '#notify';
import { drawCode, hashCode, type HashedCode, inGroups, isCode, NO_CODE } from './code.ts';
import { CODE_LIVES, mayHaveFreshCode, TRIES_PER_CODE } from './rules.ts';
import * as store from './store.ts';

const NOTHING = '00000000-0000-0000-0000-000000000000';
type Whose = Pick<store.Promised, 'id' | 'file' | 'language' | 'no_contact'>;

async function draw(h: Act, p: Whose, reason: store.CodeReason): Promise<{ n: number; code: string }> {
  const code = drawCode();
  // the stretching takes longer than all the rest: it goes on while the database is asked
  const [hashed, before] = await Promise.all([
    hashCode(p.id, code),
    store.codesOf(h, p.id),
    store.killLiveCode(h, p.id),
  ]);
  const n = (before.at(-1)?.n ?? 0) + 1;
  await keep(h, p, n, hashed, reason);
  return { n, code };
}
const keep = (h: Act, p: Whose, n: number, hashed: HashedCode, reason: store.CodeReason) =>
  store.addCode(h, { promise: p.id, n, ...hashed, expires_at: h.now.add(CODE_LIVES), reason });
const bySms = (h: Act, p: Whose, n: number, code: string) =>
  sendSms(h, {
    subject: p.file,
    template: 'call-code',
    params: { code: inGroups(code) },
    language: p.language,
    purpose: 'call-code',
    n,
  });

/** A fresh code in place of the live one, by SMS in the same transaction. With no contact wanted, nothing goes out. */
export async function sendCode(h: Act, p: Whose, reason: store.CodeReason): Promise<void> {
  if (p.no_contact) return;
  const { n, code } = await draw(h, p, reason);
  await bySms(h, p, n, code);
}

/**
 * Draws the first code of a promise and puts its SMS by: once, and not where she was given one meanwhile, because she asked or because an
 * operator took her call before. A job's; the stretching is over before the act begins.
 */
export async function sendFirstCode(promise: string): Promise<void> {
  const code = drawCode();
  const hashed = await hashCode(promise, code, 'later');
  await act(house(), 'callback.first-code', async (h) => {
    const p = await store.lockPromise(h, { id: promise });
    if (!p || p.no_contact || p.state === 'confirmed' || (await store.codesOf(h, promise)).length > 0) return;
    await Promise.all([keep(h, p, 1, hashed, 'filing'), bySms(h, p, 1, code)]);
  });
}

/** A fresh code in place of the live one, for her own eyes on her own page. */
export const showCode = async (h: Act, p: Whose): Promise<string> => inGroups((await draw(h, p, 'shown')).code);

/**
 * A fresh code where the live one has outlived its hours, and the first where the job that draws it has not come to it yet. One that died of
 * wrong tries is another matter.
 */
export async function renewExpired(h: Act, p: Whose): Promise<boolean> {
  if (p.no_contact) return false;
  const [live, all] = await Promise.all([store.liveCode(h, p.id), store.codesOf(h, p.id)]);
  if (live ? Temporal.Instant.compare(live.expires_at, h.now) > 0 : all.length > 0) return false;
  await sendCode(h, p, live ? 'expired' : 'filing');
  return true;
}

export type Checked =
  | { right: true }
  | { right: false; tries_left: number; fresh_code_sent: boolean; exhausted: boolean; counted: boolean };

/**
 * Tries a code on a locked promise. The try is counted before anything is compared, so tries side by side never exceed five.
 * The fifth wrong one kills the code; a fresh one goes out, twice at most.
 */
export async function checkCode(h: Act, p: Whose, said: string): Promise<Checked> {
  const counted = await store.countTry(h, p.id, TRIES_PER_CODE);
  if (!counted) {
    // the same work as for a code that lives, so that the time tells nothing
    await isCode(p.id, said, NO_CODE);
    const renewed = await renewExpired(h, p);
    return {
      right: false,
      tries_left: renewed ? TRIES_PER_CODE : 0,
      fresh_code_sent: renewed,
      exhausted: !renewed,
      counted: false,
    };
  }
  if (await isCode(p.id, said, counted)) {
    await store.useCode(h, p.id, counted.n);
    return { right: true };
  }
  const left = TRIES_PER_CODE - counted.tries;
  if (left > 0) return { right: false, tries_left: left, fresh_code_sent: false, exhausted: false, counted: true };
  const codes = await store.codesOf(h, p.id);
  await store.killLiveCode(h, p.id);
  // a superior's word begins the count anew
  const since = codes.slice(codes.findLastIndex((c) => c.reason === 'superior') + 1);
  const fresh = mayHaveFreshCode(since.filter((c) => c.reason === 'wrong-codes').length);
  if (fresh) await sendCode(h, p, 'wrong-codes');
  return {
    right: false,
    tries_left: fresh && !p.no_contact ? TRIES_PER_CODE : 0,
    fresh_code_sent: fresh && !p.no_contact,
    exhausted: !fresh,
    counted: true,
  };
}

/** Whether this is the code that confirmed the promise. Without a promise, or without such a code, the same work is done for nothing. */
export async function wasRight(h: Act, promise: string | undefined, said: string): Promise<boolean> {
  const used = promise === undefined ? undefined : await store.usedCode(h, promise);
  return (await isCode(promise ?? NOTHING, said, used ?? NO_CODE)) && used !== undefined;
}
