// A complaint as another system would send it.
import { newId } from '#foundation';

/** The eighteen points, filled as far as they must be. */
export const complaint = (other: Record<string, unknown> = {}): Record<string, unknown> => ({
  form_id: newId(),
  language: 'hi',
  channel: 'up-cop',
  reporter: { relation: 'self' },
  affected: { woman_or_girl: true, name: 'आशा', age: 24 },
  mobile: '98000 00021',
  mobile_shared: false,
  phone_watched: false,
  safe_contact: { modes: ['call', 'sms'], windows: [{ from: '08:00', to: '20:00' }], voicemail: false },
  address_now: { district: 'in.up.kanpur_nagar' },
  station: 'in.up.kanpur_nagar.west.circle_12.kalyanpur',
  happened: ['stalking'],
  when: { from: '2026-01-04', precision: 'day' },
  where: { place_type: 'public', text: 'बाज़ार के पास' },
  accused: [{ known: false, description: 'अनजान आदमी' }],
  account: { text: 'वह रोज़ पीछा करता है।' },
  needs: { danger_now: false, doctor: false, safe_place: false, protection: false },
  agreed: true,
  notice_version: '2026-01',
  ...other,
});
