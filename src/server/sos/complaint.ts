// One press turns an alarm into a complaint whose first entries are the alarm's own: she tells nothing twice.
import { createHash } from 'node:crypto';
import { type Act, act, type Actor, asHouse, Refusal, refuse } from '#foundation';
import { fileComplaint, type Filed } from '#casework';
import { complaintForm } from '#intake';
import { contactOf } from '#sealed-identity';
import { openPoint } from './dispatch.ts';
import type { ComplainForm } from './forms.ts';
import { openPlace } from './her-view.ts';
import { districtOf } from './rules.ts';
import { giveSound } from './sound.ts';
import * as store from './store.ts';
import { soundsOf } from './store-sound.ts';
import { waysOf } from './ways.ts';

const NOTICE = 'sos-1';
const hourOf = (at: Temporal.Instant): string =>
  at.toZonedDateTimeISO('Asia/Kolkata').toPlainTime().toString({ smallestUnit: 'second' });

const SAID: Record<string, string> = {
  raised: 'अलार्म दबाया',
  ordered: 'गाड़ी बुलाई गई',
  'crew-accept': 'गाड़ी ने माना',
  'crew-en-route': 'गाड़ी रास्ते में',
  'crew-arrived': 'गाड़ी पहुंची',
  arrived: 'गाड़ी पहुंची (उन्होंने बताया)',
  'crew-settled': 'गाड़ी की रिपोर्ट आई',
  'crew-need-help': 'गाड़ी ने और मदद मांगी',
  declined: 'गाड़ी ने मना किया',
  silent: 'गाड़ी ने जवाब नहीं दिया',
  'handed-to-112': '112 को दिया गया',
  sound: 'आवाज आने लगी',
  listened: 'नियंत्रण कक्ष ने आवाज सुनी',
  'she-says-here': 'उन्होंने बताया: गाड़ी पहुंच गई',
  'she-says-safe': 'उन्होंने बताया: ठीक हूं',
  closed: 'अलार्म बंद हुआ',
};

/** So long an account may be, and so many lines of the story are enough. */
const ROOM = 20_000;
const STORY = 150;
/**
 * The alarm's own record, line by line, with its hashes: what happened when, which vehicles, her sound, where she and they were.
 * What is not for her file (codes of the machinery) is left out.
 */
async function record(h: Act, alert: store.Alert): Promise<string> {
  const all = await store.eventsOf(h, alert.id);
  // pressed a second time it is the same complaint: what came after the first is not in it
  const filed = all.find(({ kind }) => kind === 'complaint');
  const before = (at: Temporal.Instant) => !filed || Temporal.Instant.compare(at, filed.at) <= 0;
  const events = all.slice(0, filed ? all.indexOf(filed) : undefined);
  const names = await store.callSigns(
    h,
    events.flatMap(({ vehicle }) => vehicle ?? []),
  );
  const lines = events.flatMap((e) => {
    const words = SAID[e.kind];
    return words ? [`${hourOf(e.at)} ${words}${e.vehicle ? ` · ${names.get(e.vehicle) ?? ''}` : ''}`] : [];
  });
  const sounds = await soundsOf(h, alert.id);
  const first = [
    `अलार्म A-${alert.n} का अपना लेखा। आगे की बात उनसे आगे पूछी जाएगी, यह दोबारा नहीं।`,
    ...lines.slice(0, STORY),
    ...sounds.map(
      ({ at, sha256 }, n) => `${soundName(alert, n + 1)}: ${hourOf(at)}, SHA-256 ${sha256.toString('hex')}`,
    ),
  ].join('\n');
  return [first, ...(await waysOf(h, alert, before, ROOM - first.length - 1))].join('\n');
}

const soundName = (alert: store.Alert, nth: number): string => `अलार्म A-${alert.n} की आवाज ${nth}`;

// the same alarm always makes the same form: pressing twice files once
function formIdOf(alert: string): string {
  const hex = createHash('sha256').update(`sos-complaint ${alert}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * Files the complaint. Only she can: by the device that raised the alarm, or by the key it got.
 * @throws Refusal `not-found`; `missing` (mobile) where she is not registered and gives none; what #intake finds in the form
 */
export async function complain(actor: Actor | null, id: string, form: ComplainForm): Promise<Filed> {
  const subject = actor?.kind === 'citizen' ? actor.subject : null;
  if (!actor || !subject) throw new Refusal('not-found');
  return act(
    actor,
    'sos.complain',
    (a) =>
      asHouse(a, async (h) => {
        const alert = (await store.lockAlert(h, id)) ?? refuse('not-found');
        if ((subject !== alert.registration && subject !== alert.id) || alert.drill) return refuse('not-found');
        const known = alert.registration ? await contactOf(h, alert.registration) : undefined;
        const mobile = known?.mobile ?? form.mobile ?? refuse('missing', 'mobile');
        const point = openPoint(alert.id, alert.sealed_point);
        const district = alert.unit.split('.').length > 2 ? districtOf(alert.unit) : 'in.up.kanpur_nagar';
        const complaint = complaintForm.parse({
          form_id: formIdOf(id),
          language: 'hi',
          channel: 'sos',
          reporter: { relation: 'self' },
          affected: { woman_or_girl: true, age: form.age, ...(form.name ? { name: form.name } : {}) },
          mobile,
          mobile_shared: false,
          phone_watched: false,
          safe_contact: { modes: ['call', 'sms'], windows: [{ from: '09:00', to: '20:00' }], voicemail: false },
          address_now: { district },
          station: 'any',
          happened: ['other'],
          when: {
            from: alert.pressed_at.toString({ timeZone: 'Asia/Kolkata', smallestUnit: 'second' }).replace(/\[.*/, ''),
            precision: 'exact',
          },
          where: {
            place_type: 'other',
            text: openPlace(alert) ?? `अलार्म A-${alert.n} की जगह`,
            ...(point && point.lat > 6 && point.lat < 38 && point.lon > 68 && point.lon < 98
              ? { point: { lat: point.lat, lon: point.lon } }
              : {}),
          },
          account: { text: await record(h, alert) },
          agreed: form.agreed,
          notice_version: NOTICE,
        });
        const filed = await fileComplaint(h, complaint, {
          attach: (file) => giveSound(h, alert, file, (nth) => soundName(alert, nth)),
        });
        if (!alert.complaint) {
          await store.changeAlert(h, id, { complaint: complaint.form_id });
          await store.addEvent(h, id, 'complaint');
        }
        return filed;
      }),
    { subject: id },
  );
}
