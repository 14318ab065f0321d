// What is kept and until when, in English: the same keys as the Hindi.
import type { retention as hindi } from '../hi/retention.ts';
import type { Same } from '../same.ts';

export const retention = {
  keep: {
    title: 'What is kept, and until when',
    intro: (years) =>
      `The seals of a case can be destroyed ${years} years after it is closed, when two posts agree. While a hold is open nothing is destroyed.`,
    holds: 'Holds',
    none: 'There is no hold.',
    since: (when) => `since ${when}`,
    lifted: (when) => `lifted ${when}`,
    lift: 'Lift the hold',
    why: 'Reason',
    hold: 'Hold the case',
    reasons: {
      court: 'order of a court',
      inquiry: 'an inquiry is open',
      appeal: 'appeal',
      commission: 'asked for by a commission',
    },
    shred_title: 'Destroying the seals',
    shred_how: (years) =>
      `Afterwards nobody can open name, address, statements or papers. The rows stay as proof. ${years} years after closing, when a second post agrees.`,
    shredded: (when) => `The seals were destroyed ${when}.`,
    not_closed: 'The case is not closed.',
    not_before: (when) => `Not before ${when}.`,
    is_held: 'There is a hold; it has to be lifted first.',
    not_yours: 'The head of the station and posts above decide about this.',
    ask: 'Ask a second post to agree to destroying them',
    done: {
      held: 'The case is held.',
      lifted: 'The hold is lifted.',
      asked: 'The second post is asked. It decides on its page “Second approval”.',
    },
  },
  schedule: {
    title: 'What is kept, and until when',
    intro:
      'What is to go by itself goes each night. No complaint and no line of the ledger goes because time has passed.',
    kind: 'Kind of record',
    keeps: 'Kept',
    because: 'Why',
    erased: 'Erased in 30 days',
    days: (n) => `${n} days`,
    how_long: { case: 'with the case', always: 'always', minutes: 'minutes to days, by its own rule' },
    basis: {
      'case-law': 'the record of a case stays as the law has it',
      'two-posts': 'by two posts, 10 years after closing',
      hers: 'it is the complainant’s; it goes when its purpose is over',
      'logs-a-year': 'who opened what and when, for a year',
      proof: 'proof: that nothing was changed shows only in the whole',
      'no-longer-needed': 'its purpose is over',
      office: 'record of the office',
      derived: 'can be made again from other records',
      public: 'public counts, nobody’s identity',
      practice: 'in practice only',
    },
    kinds: {
      case: 'Complaint, file, diary, evidence, papers, messages',
      identity: 'Name, number, address, account; who opened them',
      unsent: 'Forms not sent, and files with them',
      'track-codes': 'Codes that open her page',
      moments: 'What lives between two steps of signing in',
      brakes: 'Counts of wrong tries, things of a hearing room',
      repeats: 'Marks of requests that were sent twice',
      'sms-parts': 'Numbers of parts of SMS',
      'access-logs': 'Shifts, links, keys, what apps were told',
      running: 'Backups, drills, spending on SMS',
      ledger: 'The ledger and its signed log',
      office: 'Units, posts, officers, passkeys, settings',
      'rapid-response': 'Alarms and what was done',
      registrations: 'Phones registered for rapid response',
      places: 'Places and sound during an alarm',
      firs: 'FIRs from CCTNS',
      derived: 'Lists that are made again and again',
      figures: 'Figures',
      practice: 'Clock and messages of practice',
    },
  },
  notice: {
    title: 'What you tell us: what, why, how long',
    intro: 'You can read this before you send anything. Reading it records nothing.',
    parts: {
      who: {
        title: 'Who takes it',
        text: ['The police of your state. They answer for it. No company may use it for purposes of its own.'],
      },
      what: {
        title: 'What is taken, and why',
        text: [
          'Name, mobile, address and what you say: so that you can be called and your complaint can be worked on.',
          'The mobile and the hours for calls are for contact only. Your place is taken only when you press the alarm or write it yourself.',
          'It is used for nothing else, not for advertising and not for sale.',
        ],
      },
      sees: {
        title: 'Who sees it',
        text: [
          'Everything is sealed. The officer who holds the file and those above can open it, and have to say why.',
          'Who opened it, when and why is shown to you on your page.',
          'Those who run the system cannot read your file.',
        ],
      },
      long: {
        title: 'How long it is kept',
        text: [
          'A form that was not sent is erased after 7 days; you can erase it before.',
          'A complaint that was sent is not erased: it is the record of the case. Ten years after the case is closed, name and account can be closed for ever.',
          'Places of an alarm are erased after the alarm is over.',
        ],
      },
      ask: {
        title: 'What you may ask for',
        text: [
          'You may ask what we hold about you, ask to have wrong things put right, and name somebody who may ask in your place after you.',
          'Consent to a form you have not sent can be taken back at any time: choose “I will finish later” and then “Erase what I wrote”. If you do nothing, it is erased by itself after 7 days.',
          'Ask at the women’s help desk of the station, or by a message from your page. If there is no answer, raise a concern to the officer above from your page. After that you can complain to the Data Protection Board of India.',
        ],
      },
      child: {
        title: 'Under 18',
        text: [
          'A complaint is taken without the consent of parents or guardians too. If it is against them, they are not told.',
        ],
      },
    },
    law: 'The law: Digital Personal Data Protection Act, 2023. Section 17 has some exemptions for the investigation of offences; the duty to keep it safe holds in any case.',
    help: 'Numbers for help',
  },
} satisfies Same<typeof hindi>;
