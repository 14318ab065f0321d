// The fixed words of the form, each list once. Pages translate them, the OpenAPI document names them.

/** Who is reporting (point 1; POCSO 19: any person may). */
export const RELATIONS = [
  'self',
  'parent_guardian',
  'relative',
  'friend',
  'ngo_worker',
  'hospital',
  'witness',
  'other',
] as const;
/** Whose name stands beside hers (point 3). */
export const GUARDIAN_RELATIONS = ['mother', 'father', 'husband', 'guardian', 'other'] as const;
/** Whether her elders may be told, asked when she was under 18. */
export const GUARDIAN_SAFE = ['safe', 'unsafe', 'accused', 'unsure'] as const;
/** How she may be reached (point 6). `email`: only that something is new. `whatsapp_none`: never by WhatsApp. */
export const MODES = ['call', 'sms', 'email', 'whatsapp_none', 'in_person', 'no_contact'] as const;
/** What a call is about if somebody else answers. */
export const DECOY_SUBJECTS = ['survey', 'bank', 'school', 'health', 'parcel', 'none'] as const;
/** Languages by ISO 639: those of Uttar Pradesh, those of the Eighth Schedule, Indian Sign Language (ins). */
export const LANGUAGES = [
  'hi',
  'en',
  'ur',
  'awa',
  'bho',
  'bra',
  'bns',
  'as',
  'bn',
  'brx',
  'doi',
  'gu',
  'kn',
  'kok',
  'ks',
  'mai',
  'ml',
  'mni',
  'mr',
  'ne',
  'or',
  'pa',
  'sa',
  'sat',
  'sd',
  'ta',
  'te',
  'ins',
  'other',
] as const;
/** What she needs to be heard (point 7; BNSS 173(1) second proviso, 183(6) provisos). */
export const ACCESS_NEEDS = ['interpreter', 'sign_language', 'disability', 'cannot_read', 'special_educator'] as const;
/** What happened, in plain words: the categories of the catalogue of offences, and "not sure" (point 11). Never sections. */
export const CATEGORIES = [
  'rape',
  'molestation',
  'stalking',
  'voyeurism',
  'cyber',
  'domestic_cruelty',
  'dowry',
  'marriage',
  'acid',
  'trafficking',
  'kidnapping',
  'child',
  'miscarriage',
  'workplace',
  'atrocity',
  'identity_disclosure',
  'police_duty',
  'ancillary',
  'other',
] as const;
/** How well she remembers when (point 12). */
export const PRECISIONS = ['exact', 'day', 'month', 'year', 'unknown'] as const;
/** What kind of place (point 13). */
export const PLACE_TYPES = [
  'home',
  'public',
  'workplace',
  'school',
  'transport',
  'online',
  'custody',
  'other',
] as const;
/** What the accused is to her (point 14). */
export const ACCUSED_RELATIONS = [
  'husband',
  'in_laws',
  'family',
  'partner',
  'friend',
  'neighbour',
  'workplace',
  'teacher',
  'online',
  'stranger',
  'other',
] as const;
/** By which door it came. */
export const CHANNELS = ['web', 'up-cop', 'district-app', 'station-desk', 'call-centre', 'hospital', 'sos'] as const;

export type Category = (typeof CATEGORIES)[number];
export type Precision = (typeof PRECISIONS)[number];
