// Sound with an alarm: only where she has agreed to it beforehand. Her phone sends it in pieces of a few seconds, each whole by itself, so that
// a phone that breaks loses one at most. The control room hears it while the alarm is open; it goes with her places; of an alarm that becomes
// a complaint the pieces become exhibits.
import {
  type Act,
  act,
  type Actor,
  asHouse,
  house,
  keys,
  note,
  read,
  type Reading,
  refuse,
  refuseIf,
} from '#foundation';
import { attachAlarmSound, expectApart, keepApart, type Media, readApart, settleApart } from '#evidence';
import { mine, surely } from './alarms.ts';
import { officerOf } from './board.ts';
import { tellOf } from './dispatch.ts';
import type { SoundForm } from './forms.ts';
import { subjectOf } from './her-view.ts';
import { SOUND, whyNotSound } from './rules.ts';
import * as store from './store.ts';
import * as table from './store-sound.ts';

const KEY = 'sos-sound';
const keyOf = ({ id, alert, sealed_key }: table.Sound): Buffer =>
  keys.open(KEY, `${alert}/${id}`, sealed_key ?? refuse('not-found'));

const registrationOf = async (r: Reading, actor: Actor | null): Promise<store.Registration | undefined> => {
  const subject = subjectOf(actor);
  const [known] = subject ? await store.findRegistrations(r, [subject]) : [];
  return known?.state === 'confirmed' ? known : undefined;
};

/**
 * Whether the woman of this phone has agreed that it sends sound with an alarm. Off unless she has switched it on.
 * @returns undefined where the phone is not registered: then the phone itself keeps what she chose
 */
export const agreesToSound = (actor: Actor | null): Promise<boolean | undefined> =>
  subjectOf(actor)
    ? read(house(), 'sos.show', async (r) => {
        const known = await registrationOf(r, actor);
        return known && known.sound_at !== null;
      })
    : Promise.resolve(undefined);

/** She switches sound on or off for the alarms to come. @returns false where the phone is not registered */
export const agreeToSound = (actor: Actor | null, agrees: boolean): Promise<boolean> =>
  act(house(), 'sos.agree-sound', async (h) => {
    const known = await registrationOf(h, actor);
    if (!known) return false;
    await store.changeRegistration(h, known.id, { sound_at: agrees ? (known.sound_at ?? h.now) : null });
    return true;
  });

/**
 * A piece of sound from her phone: on the shelf when this returns, its SHA-256 in the ledger. The same piece again changes nothing.
 * @param actor her device, or the key of the alarm: whoever merely knows its name sends no sound
 * @param form `agreed`: what an unregistered phone keeps of her choice; of a registered one her registration says it
 * @throws Refusal `not-found`; `sound-not-agreed`, `sound-over`, `sound-full`, `not-in-the-future`, `no-room-left`; `not-this-type`,
 *   `kind-does-not-fit`, `file-cut-off` and what else an upload is refused for; `store-out-of-reach`
 */
export async function addSound(actor: Actor | null, id: string, form: SoundForm): Promise<{ pieces: number }> {
  const before = await read(house(), 'sos.show', (r) => weigh(r, actor, id, form));
  if (before.known) return { pieces: before.pieces };
  // should this process die with bytes on the shelf and no row, they are found
  const expected = await expectApart();
  return act(
    house(),
    'sos.add-sound',
    async (h) => {
      const { alert, known, pieces } = await weigh(h, actor, id, form);
      if (known) return { pieces };
      await keep(h, expected, alert, form, pieces === 0);
      return { pieces: pieces + 1 };
    },
    { subject: id },
  );
}
// the alarm is not locked: whoever answers it does not wait for a shelf
async function weigh(h: Reading, actor: Actor | null, id: string, form: SoundForm) {
  const alert = mine(await store.findAlert(h, id), actor);
  if (!surely(actor, alert)) return refuse('not-found');
  const there = await table.soundThere(h, id, form.piece);
  if (!there.known) {
    const registered = alert.registration ? await store.findRegistration(h, alert.registration) : undefined;
    const agreed = registered ? registered.sound_at !== null : form.agreed;
    refuseIf(whyNotSound(alert, { agreed, at: form.at, pieces: there.n, now: h.now }));
    if (there.bytes + form.sound.length > SOUND.all_bytes) return refuse('no-room-left');
  }
  return { alert, known: there.known, pieces: there.n };
}

async function keep(h: Act, expected: string, alert: store.Alert, form: SoundForm, first: boolean): Promise<void> {
  const { key, ...kept } = await keepApart(expected, form.sound, 'audio');
  const row = { ...kept, alert: alert.id, piece: form.piece, at: form.at, heard_at: h.now };
  // the same piece has come by another way: these bytes have no row, and their hour comes
  if (!(await table.addSound(h, { ...row, sealed_key: keys.seal(KEY, `${alert.id}/${kept.id}`, key) }))) return;
  await settleApart(h, kept.id);
  await note(h, 'sos.sound', alert.id, { sha256: kept.sha256.toString('hex') });
  // one line of its story, not one for each piece
  if (first) {
    await store.addEvent(h, alert.id, 'sound');
    await tellOf(h, alert);
  }
}

/**
 * Hands a piece out to whoever has the open alarm in sight. Who listened stands in the alarm's story and, for each piece, in the ledger,
 * before a byte goes out.
 * @throws Refusal `not-found` out of sight and once the alarm is over; `not-your-power`; `store-out-of-reach`
 */
export async function listen(
  actor: Actor,
  piece: string,
  request_id?: string,
): Promise<{ bytes: Buffer; media: Media }> {
  const found = await act(
    actor,
    'sos.listen',
    async (a) => {
      const { post, officer } = officerOf(a);
      const row = (await table.findSound(a, piece)) ?? refuse('not-found');
      await note(a, 'sos.listened', row.alert, { sha256: row.sha256.toString('hex') });
      await asHouse(a, async (h) => {
        if (!(await table.hasListened(h, row.alert, post)))
          await store.addEvent(h, row.alert, 'listened', { post, officer });
      });
      return row;
    },
    request_id ? { request_id } : {},
  );
  return { bytes: await readApart({ id: found.id, key: keyOf(found), size: found.size }), media: found.media };
}

/** Makes exhibits of an alarm's sound. As the house, in the act that files the complaint. */
export async function giveSound(
  h: Act,
  alert: store.Alert,
  file: string,
  called: (nth: number) => string,
): Promise<void> {
  const pieces = (await table.soundsOf(h, alert.id)).filter(({ sealed_key }) => sealed_key !== null);
  for (const [n, piece] of pieces.entries())
    await attachAlarmSound(
      h,
      file,
      { ...piece, key: keyOf(piece) },
      { description: called(n + 1), at: piece.at, heard_at: piece.heard_at },
    );
  if (pieces.length > 0) await table.soundGiven(h, alert.id);
}
