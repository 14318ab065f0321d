// Being known to rapid response: a number, a code by SMS, two PINs. Whoever is not known is helped just the same.
import { randomInt } from 'node:crypto';
import { type Act, act, type Actor, house, keys, newId, refuse } from '#foundation';
import { sendSms } from '#notify';
import { openSession } from '#posts';
import { sealNewCase } from '#sealed-identity';
import type { ConfirmForm, RegisterForm } from './forms.ts';
import { tellOf } from './dispatch.ts';
import { isOpen } from './rules.ts';
import * as store from './store.ts';
import { vouchFor } from './vouched.ts';

const CODE_MINUTES = 10;
const TRIES = 5;
const CODES_A_DAY = 5;
const macOf = (mobile: string): Buffer => keys.mac('sos-mobile', mobile);

/** Seals a number, with a name where there is one, under a registration or an alarm. As the house. */
export async function sealNumber(
  h: Act,
  subject: string,
  mobile: string,
  language: 'hi' | 'en',
  name?: string | undefined,
): Promise<void> {
  await sealNewCase(h, subject, {
    person: { name, reporter: { relation: 'self' } },
    contact: {
      mobile,
      mobile_shared: false,
      phone_watched: false,
      modes: ['call', 'sms'],
      windows: [],
      voicemail: false,
      languages: [language],
    },
  });
}

/** Whom she named to be called about her alarm; undefined: nobody. As the house. */
export async function emergencyContact(h: Act, registration: string | null): Promise<string | undefined> {
  const [known] = registration ? await store.findRegistrations(h, [registration]) : [];
  return known?.sealed_emergency
    ? keys.open('sos-words', `${known.id}/emergency`, known.sealed_emergency).toString('utf8')
    : undefined;
}

/**
 * Asks for a registration: a code goes out by SMS. What was written beside the number counts when this very code is confirmed: anybody can
 * ask with a number that he knows, and nobody but whoever reads its messages confirms.
 * @returns which asking this was, to be confirmed with its code; the answer is the same whatever is known of the number
 */
export async function register(form: RegisterForm): Promise<{ asked: string }> {
  const asked = newId();
  await act(house(), 'sos.register', async (h) => {
    const mac = macOf(form.mobile);
    await store.takeTurns(h, [mac]);
    const known = (await store.registrationBy(h, mac, 'confirmed')) ?? (await store.registrationBy(h, mac, 'asked'));
    const id = known?.id ?? newId();
    if (!known) {
      await store.addRegistration(h, {
        id,
        mobile_mac: mac,
        language: form.language,
        state: 'asked',
        made_at: h.now,
        confirmed_at: null,
        pin_mac: null,
        duress_mac: null,
        home: null,
        sealed_emergency: null,
        sound_at: null,
      });
      await sealNumber(h, id, form.mobile, form.language, form.name);
    }
    if ((await store.codesOf(h, id, h.now.subtract({ hours: 24 }))).length >= CODES_A_DAY) return;
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    await store.addCode(h, {
      id: asked,
      registration: id,
      mac: keys.mac('sos-code', asked, code),
      made_at: h.now,
      until: h.now.add({ minutes: CODE_MINUTES }),
      used_at: null,
      language: form.language,
      home: form.home ?? null,
      sealed_emergency: form.emergency_contact
        ? keys.seal('sos-words', `${id}/emergency`, form.emergency_contact)
        : null,
    });
    await sendSms(h, {
      subject: id,
      purpose: 'sos-code',
      template: 'track-code',
      language: form.language,
      params: { code },
    });
  });
  return { asked };
}

/**
 * Confirms with the code and sets both PINs, the language, her home and whom to call, as they were written when this code was asked for;
 * what was left empty then stays as it was confirmed before. The device gets a token of its own; confirming again gives another and the new PINs.
 * @param phone what the device had before: the key of an alarm that goes on, which is hers from now on
 * @throws Refusal `code-wrong` for a code that is wrong, over, used or guessed at too often
 */
export async function confirm(
  form: ConfirmForm,
  phone: Actor | null = null,
): Promise<{ device_token: string; expires_at: Temporal.Instant }> {
  // a wrong try is counted whatever becomes of the act that says no
  const found = await act(house(), 'sos.try-code', async (h) => {
    const mac = macOf(form.mobile);
    // many at once would each find that few have tried
    await store.takeTurns(h, [mac]);
    const known = (await store.registrationBy(h, mac, 'confirmed')) ?? (await store.registrationBy(h, mac, 'asked'));
    const codes = known ? await store.codesOf(h, known.id, h.now.subtract({ minutes: CODE_MINUTES })) : [];
    const code = form.asked ? codes.find(({ id }) => id === form.asked) : codes[0];
    if (!known || !code || code.used_at || code.tries >= TRIES || Temporal.Instant.compare(code.until, h.now) < 0)
      return undefined;
    await store.countTry(h, code.id);
    return keys.mac('sos-code', code.id, form.code).equals(code.mac) ? { known, code } : undefined;
  });
  if (!found) return refuse('code-wrong', 'code');
  const { known, code } = found;
  return act(
    house(),
    'sos.confirm',
    async (h) => {
      if (!(await store.useCode(h, code.id))) return refuse('code-wrong', 'code');
      await store.changeRegistration(h, known.id, {
        state: 'confirmed',
        confirmed_at: known.confirmed_at ?? h.now,
        language: code.language ?? known.language,
        home: code.home ?? known.home,
        sealed_emergency: code.sealed_emergency ?? known.sealed_emergency,
        pin_mac: keys.mac('sos-pin', known.id, form.pin),
        duress_mac: keys.mac('sos-pin', known.id, form.duress_pin),
      });
      if (phone?.kind === 'citizen' && phone.subject) await takeAlarm(h, phone.subject, known.id);
      const { token, expires_at } = await openSession(h, { kind: 'device', subject: known.id });
      return { device_token: token, expires_at };
    },
    { subject: known.id },
  );
}

// a number stands behind the alarm of this phone from now on: she can be called, and what was held back comes
async function takeAlarm(h: Act, id: string, registration: string): Promise<void> {
  const alert = await store.lockAlert(h, id);
  if (!alert || alert.registration !== null || !isOpen(alert)) return;
  await store.changeAlert(h, id, { registration });
  await store.addEvent(h, id, 'number-given');
  await vouchFor(h, alert, 'number');
  await tellOf(h, alert);
}
