// Every text that may leave as an SMS. Whoever else holds the phone must learn nothing from it: no word of what it is about, no
// number of the case, no link, and for the call's code no validity either. A test reads each of them.

/** What may stand in a blank: a code in digits, a day and hour, a small number. Nothing else is ever put into a text. */
const BLANKS = {
  code: /^\d{4} ?\d{4}$|^\d{6}$/,
  few: /^\d{1,3}$/,
  minutes: /^\d{1,3}$/,
  when: /^[\p{L}\p{M}\d .,:-]{1,30}$/u,
} as const;
export type Blank = keyof typeof BLANKS;

type Template = {
  hi: string;
  en: string;
  blanks: readonly Blank[];
  /** She asked for it just now, or stands at the phone: sent at once. Others wait for her hours. */
  at_once: boolean;
  /** Minutes after which it is no use to send it any more. */
  keeps: number;
  /** When nobody can say whether it went: sent once more by itself. A second code of the same digits harms nobody, a second word that
   * something has happened may be one too many on her phone. */
  again_if_unsure: boolean;
  /** Of several that waited through an outage only the newest says anything. */
  newest_only: boolean;
  /** It answers somebody in danger: it goes whatever the day has cost already. */
  whatever_it_costs?: true;
};

export const TEMPLATES = {
  'call-code': {
    hi: 'आपका कोड {code} है। पहले तय शब्द सुनें, फिर बताएं।',
    en: 'Your code is {code}. Hear the agreed words first, then tell it.',
    blanks: ['code'],
    at_once: true,
    keeps: 26 * 60,
    again_if_unsure: true,
    newest_only: true,
  },
  'track-code': {
    hi: 'आपका कोड {code} है। 10 मिनट चलेगा। किसी को न बताएं।',
    en: 'Your code is {code}. Valid 10 minutes. Do not share.',
    blanks: ['code'],
    at_once: true,
    keeps: 10,
    again_if_unsure: true,
    newest_only: true,
  },
  update: {
    hi: 'आपके अनुरोध में नई जानकारी है। समय मिलने पर देखें।',
    en: 'Your request has an update. See it when convenient.',
    blanks: [],
    at_once: false,
    keeps: 7 * 24 * 60,
    again_if_unsure: false,
    newest_only: true,
  },
  appointment: {
    hi: 'आपका अपॉइंटमेंट {when} के लिए तय है।',
    en: 'Your appointment is set for {when}.',
    blanks: ['when'],
    at_once: false,
    keeps: 7 * 24 * 60,
    again_if_unsure: false,
    newest_only: false,
  },
  // answers an SMS that asked for help: how many were called, how far the first is; nobody has said yes yet
  'on-the-way': {
    hi: 'मिल गया। {few} को बुलाया है, पहला करीब {minutes} मिनट दूर।',
    en: 'Got it. {few} called, the first about {minutes} min away.',
    blanks: ['few', 'minutes'],
    at_once: true,
    keeps: 15,
    again_if_unsure: false,
    newest_only: true,
    whatever_it_costs: true,
  },
  'will-call': {
    hi: 'मिल गया। हम आपको फोन करेंगे।',
    en: 'Got it. We will call you.',
    blanks: [],
    at_once: true,
    keeps: 15,
    again_if_unsure: false,
    newest_only: true,
    whatever_it_costs: true,
  },
  // where nobody is sent: rapid response is switched off there
  'call-112': {
    hi: 'मिल गया। यहां से कोई नहीं आ पाएगा, 112 पर फोन करें।',
    en: 'Got it. Nobody can come from here, please call 112.',
    blanks: [],
    at_once: true,
    keeps: 15,
    again_if_unsure: false,
    newest_only: true,
    whatever_it_costs: true,
  },
} as const satisfies Record<string, Template>;
export type TemplateId = keyof typeof TEMPLATES;
export type Language = 'hi' | 'en';
export type Params = Partial<Record<Blank, string>>;

/** The row of a template, with its plain type. */
export const templateOf = (id: TemplateId): Template => TEMPLATES[id];

/**
 * The text as it goes out.
 * @throws Error when a blank is missing, is not one of the template's, or is not a code or an hour: then a caller is wrong
 */
export function fill(id: TemplateId, language: Language, params: Params): string {
  const template = templateOf(id);
  let text: string = template[language];
  for (const name of Object.keys(params) as Blank[]) {
    if (!template.blanks.includes(name)) throw new Error(`the template ${id} has no blank ${name}`);
  }
  for (const name of template.blanks) {
    const value = params[name];
    if (value === undefined || !BLANKS[name].test(value)) throw new Error(`the template ${id} needs a ${name}`);
    // eight digits are read and spoken as four and four
    text = text.replace(`{${name}}`, value.replace(/^(\d{4})(\d{4})$/, '$1 $2'));
  }
  return text;
}

/** The line above an e-mail: what she said a caller should pretend, else a word that says nothing. */
const SUBJECTS: Readonly<Record<string, Record<Language, string>>> = {
  survey: { hi: 'सर्वे', en: 'Survey' },
  bank: { hi: 'बैंक', en: 'Bank' },
  school: { hi: 'स्कूल', en: 'School' },
  health: { hi: 'टीकाकरण', en: 'Vaccination' },
  parcel: { hi: 'पार्सल', en: 'Parcel' },
};
const PLAIN_SUBJECT: Record<Language, string> = { hi: 'सूचना', en: 'Update' };

/**
 * The subject of an e-mail to her.
 * @param decoy what a call is said to be about if somebody else answers; she chose it
 */
export const subjectLine = (decoy: string | undefined, language: Language): string =>
  (SUBJECTS[decoy ?? ''] ?? PLAIN_SUBJECT)[language];
