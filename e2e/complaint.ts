// A complaint as the API takes it, with a mobile number of its own.
import { randomInt, randomUUID } from 'node:crypto';

// each of another thousand than the one before, and of ten thousand in a row no two with the same last four digits: those tell calls apart
const STEP = 1001;
let nth = randomInt(1e9);
/** A mobile number that belongs to nobody here. */
export const someMobile = (): string => {
  nth = (nth + STEP) % 1e9;
  return `9${String(nth).padStart(9, '0')}`;
};
/** Every hour of the day, and the minute before midnight too. */
export const ALL_DAY = [
  { from: '00:00', to: '12:00' },
  { from: '12:00', to: '00:00' },
];

/** The 18 points, all that must be said and some that may be. */
export function someComplaint(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    form_id: randomUUID(),
    language: 'hi',
    channel: 'web',
    reporter: { relation: 'self' },
    affected: { name: 'आशा नमूना', age: 24, woman_or_girl: true },
    mobile: someMobile(),
    mobile_shared: false,
    phone_watched: false,
    safe_contact: { modes: ['call', 'sms'], windows: ALL_DAY, voicemail: false },
    access: { languages: ['hi'], needs: [] },
    address_now: { district: 'in.up.kanpur_nagar', pin: '208017' },
    station: 'in.up.kanpur_nagar.west.circle_12.kalyanpur',
    happened: ['stalking'],
    when: { precision: 'unknown' },
    where: { place_type: 'public', text: 'बस अड्डे के पास' },
    accused: [{ known: false, description: 'लाल मोटरसाइकिल' }],
    account: { text: 'वह रोज मेरे पीछे आता है।' },
    needs: { danger_now: false, doctor: false, safe_place: false, protection: false },
    agreed: true,
    notice_version: '2026-11',
    ...over,
  };
}
