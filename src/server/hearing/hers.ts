// Her side of an appointment: choosing, asking for others, calling it off, who sits with her, whether it may be recorded.
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { type Act, asHouse, keys, newId, note, refuse, refuseIf } from '#foundation';
import { closeRoom, done, hoursAsked, ofHers } from './appointment.ts';
import type { ChooseForm, GuestRole, OthersForm } from './forms.ts';
import { CLOSES_AFTER, COMES_WITHIN, MOST_WRONG, OPENS_BEFORE, onOffer, whyNot } from './rules.ts';
import * as store from './store.ts';
import * as room from './store-room.ts';

/**
 * She chooses one of the times on offer; choosing again moves the appointment.
 * @throws Refusal `session-over`, `not-found`, `hearing-over`, `choose-one` for a time that is not on offer (any more), `no-contact` by phone
 */
export async function chooseTime(a: Act, id: string, form: ChooseForm): Promise<void> {
  const mine = await ofHers(a, id);
  const slots = (await store.mySlots(a)).filter(({ hearing }) => hearing === id);
  const found = onOffer(slots, a.now).find(({ n }) => n === form.time) ?? refuse('choose-one', 'time');
  if (form.by_phone) {
    const { no_contact } = await asHouse(a, (h) => hoursAsked(h, mine.file));
    refuseIf(no_contact ? 'no-contact' : undefined, 'by_phone');
  }
  const kind = form.by_phone ? 'phone' : mine.kind;
  await done(a, mine, 'choose', {
    what: 'chosen',
    form: { starts_at: found.starts_at.toString(), kind },
    set: { state: 'chosen', kind, starts_at: found.starts_at, due_at: found.starts_at.add(COMES_WITHIN) },
  });
}

/**
 * None of these: she asks for other times, in her own words; for a woman officer, for a phone call. The desk offers again.
 * @throws Refusal `session-over`, `not-found`, `hearing-over`
 */
export async function askForOthers(a: Act, id: string, form: OthersForm): Promise<void> {
  const mine = await ofHers(a, id);
  await done(a, mine, 'ask-others', {
    what: 'asked-others',
    form: { woman: form.woman, by_phone: form.by_phone },
    words: form.text,
    set: {
      state: 'asked',
      starts_at: null,
      due_at: null,
      woman: mine.woman || form.woman,
      ...(form.by_phone ? { kind: 'phone' as const } : {}),
    },
  });
  await asHouse(a, (h) => room.clearRoom(h, id));
}

/** She calls it off. Nothing follows from that for her. @throws Refusal `session-over`, `not-found`, `hearing-over` */
export async function callOff(a: Act, id: string, form: { text?: string | undefined }): Promise<void> {
  const mine = await ofHers(a, id);
  await done(a, mine, 'cancel', { what: 'cancelled', words: form.text, set: { state: 'cancelled', due_at: null } });
  await asHouse(a, (h) => closeRoom(h, id));
}

const codeHash = (code: string): Buffer => keys.mac('hearing-code', code);
// the first half says which code it is, so that a wrong second half counts against that one
const nameHash = (code: string): Buffer => keys.mac('hearing-code-name', code.slice(0, DIGITS / 2));
export const passHash = (pass: string): Buffer => createHash('sha256').update(pass).digest();
const DIGITS = 12;

/**
 * Somebody may sit with her: a support person or an interpreter. The code is shown to her once, for that person; a new one for the same
 * role ends the one before. It opens this hearing in its hours, with no name and no file.
 * @returns the code, stored nowhere
 * @throws Refusal `session-over`, `not-found`, `not-chosen-yet`, `hearing-over`, `heard-by-phone`
 */
export async function bringSomebody(a: Act, id: string, role: GuestRole): Promise<{ code: string }> {
  const mine = await ofHers(a, id);
  refuseIf(mine.kind === 'phone' ? 'heard-by-phone' : undefined);
  await done(a, mine, 'bring', { what: 'brings', form: { role } });
  return asHouse(a, async (h) => {
    await room.endGuests(h, id, role);
    const draw = () => Array.from({ length: DIGITS }, () => randomInt(10)).join('');
    let code = draw();
    while (await room.guestByName(h, nameHash(code))) code = draw();
    await room.addGuest(h, {
      id: newId(),
      hearing: id,
      role,
      name_hash: nameHash(code),
      code_hash: codeHash(code),
      pass_hash: null,
      at: h.now,
      used_at: null,
      ended_at: null,
      shut_at: null,
    });
    return { code };
  });
}

/** What came of a code: the pass, stored nowhere; or why there is none, which is an answer, so that the try is counted. */
type Entered = { pass: string } | { refused: 'join-code-unknown' };

/**
 * A code is changed for a pass, once, in the hours of its hearing. Whatever is wrong, the answer is the same. A wrong second half counts
 * against the code with that first half; after ten of them it opens nothing, and she makes another. Ten guesses find one of the million
 * second halves with a chance of one in a hundred thousand.
 */
export async function enterByCode(a: Act, code: string): Promise<Entered> {
  const pass = randomBytes(32).toString('base64url');
  const entered = await asHouse(a, async (h): Promise<{ guest?: room.Guest; why?: string }> => {
    const guest = await room.guestByName(h, nameHash(code));
    if (!guest) return { why: 'unknown' };
    if (guest.shut_at) return { guest, why: 'shut' };
    if (!guest.code_hash.equals(codeHash(code))) {
      const wrong = guest.wrong + 1;
      await room.countWrong(h, guest.id, { wrong, shut_at: wrong < MOST_WRONG ? null : h.now });
      return { guest, why: 'wrong' };
    }
    const it = await store.lockHearing(h, guest.hearing);
    if (!it || whyNot('join', it, h.now)) return { guest, why: 'not-open' };
    await room.usePass(h, guest.id, passHash(pass));
    return { guest };
  });
  if (!entered.why) return { pass };
  await note(a, 'hearing.code-refused', entered.guest?.hearing ?? null, { why: entered.why });
  return { refused: 'join-code-unknown' };
}

/**
 * Her consent to a recording, or that she takes it back, which stops it at once. Without it nothing is recorded: the database says so too.
 * @throws Refusal `session-over`, `not-found`, `not-chosen-yet`, `hearing-over`
 */
export async function consentTo(a: Act, id: string, given: boolean): Promise<void> {
  const mine = await ofHers(a, id);
  refuseIf(whyNot('bring', mine, a.now));
  await asHouse(a, async (h) => {
    await store.lockHearing(h, id);
    const before = await store.consentsOf(h, [id]);
    if ((before.at(-1)?.given ?? false) === given) return;
    await store.addConsent(h, { hearing: id, n: before.length + 1, given, at: h.now });
    if (!given) await room.endRecordings(h, id);
  });
}

/** From when to when a room is open. */
export const roomHours = (starts_at: Temporal.Instant) => ({
  opens_at: starts_at.subtract(OPENS_BEFORE),
  closes_at: starts_at.add(CLOSES_AFTER),
});
