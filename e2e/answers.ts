// What she answers in the journeys: every field of the form has something in it, in her language.
import { someMobile } from './complaint.ts';

export type Lang = 'hi' | 'en';
/** Input name → what is typed, or the values that are ticked. */
export type Answers = Record<string, string | string[]>;
/** The screens of the form in their order, each with its answers. */
export type Told = { screen: string; answers: Answers }[];

const TEXTS = {
  hi: {
    name: 'आशा नमूना',
    guardian: 'सीता देवी',
    word: 'कमल',
    district: 'कानपुर नगर',
    address: '117/12, पुराना मोहल्ला',
    station: 'कल्याणपुर',
    place: 'बस अड्डे के पास',
    accused: 'नमूना सिंह',
    looks: 'लाल मोटरसाइकिल, ऊंचा कद',
    lives: 'गली नंबर 3',
    account: 'वह रोज मेरे पीछे आता है।\nमना करने पर धमकी देता है।',
    office: 'कोतवाली',
    officer: 'दीवान जी',
  },
  en: {
    name: 'Asha Sample',
    guardian: 'Sita Devi',
    word: 'lotus',
    district: 'Kanpur Nagar',
    address: '117/12, Old Quarter',
    station: 'Kalyanpur',
    place: 'Near the bus stand',
    accused: 'Sample Singh',
    looks: 'Red motorcycle, tall',
    lives: 'Lane 3',
    account: 'He follows me every day.\nWhen I say no, he threatens me.',
    office: 'Kotwali',
    officer: 'The head constable',
  },
};

/**
 * A whole filing, screen by screen. What is given instead stands for the answer of the same name.
 * @param lang the language she writes in
 * @param instead input name → another answer
 */
export function wholeFiling(lang: Lang, instead: Answers = {}): Told {
  const t = TEXTS[lang];
  const told: [screen: string, answers: Answers][] = [
    ['danger', { danger_now: 'no' }],
    ['who', { relation: 'self', woman_or_girl: ['yes'] }],
    ['name', { name: t.name, guardian_name: t.guardian, guardian_relation: 'mother' }],
    ['age', { age: '24', born_on_d: '', born_on_m: '', born_on_y: '' }],
    ['phone', { mobile: someMobile(), seen_by: 'nobody' }],
    ['contact', { modes: ['call', 'sms'], windows: [], window_from: '00:00', window_to: '23:59' }],
    ['careful', { voicemail: 'no', decoy_subject: 'survey', code_word: t.word }],
    ['language', { languages: [lang], access: ['cannot_read'], email: 'someone@example.in' }],
    ['address', { district: t.district, pin: '208017', address: t.address, accused_lives_here: [] }],
    ['station', { station_choice: 'choose', station: t.station }],
    ['what', { happened: ['stalking', 'ancillary'] }],
    ['when', { precision: 'day', when_from_d: '26', when_from_m: '9', when_from_y: '2026' }],
    ['where', { place_type: 'public', place: t.place, url: '' }],
    [
      'person',
      {
        known: 'yes',
        accused_name: t.accused,
        accused_relation: 'neighbour',
        accused_description: t.looks,
        accused_address: t.lives,
        accused_flags: [],
      },
    ],
    ['account', { account_choice: 'write', account: t.account }],
    ['evidence', {}],
    [
      'earlier',
      {
        earlier_made: 'refused',
        earlier_station: t.office,
        earlier_number: '77',
        earlier_year: '2026',
        earlier_on_d: '1',
        earlier_on_m: '10',
        earlier_on_y: '2026',
        earlier_officer: t.officer,
      },
    ],
    ['needs', { needs: ['protection'] }],
    ['check', { agreed: ['yes'] }],
  ];
  return told.map(([screen, answers]) => ({
    screen,
    answers: Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, instead[name] ?? answer])),
  }));
}

/**
 * The answers of one screen.
 * @throws Error if there is no such screen
 */
export function answersOf(told: Told, screen: string): Answers {
  const found = told.find((one) => one.screen === screen);
  if (!found) throw new Error(`no screen ${screen}`);
  return found.answers;
}

/** Answers as a form sends them. */
export const asForm = (answers: Answers): [string, string][] =>
  Object.entries(answers).flatMap(([name, answer]) => [answer].flat().map((value): [string, string] => [name, value]));
