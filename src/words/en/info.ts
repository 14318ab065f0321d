// English beside src/words/hi/info.ts: same keys, same truth.
import type { info as hi } from '../hi/info.ts';
import type { Same } from '../same.ts';

export const info = {
  rights: {
    title: 'Your rights',
    intro: 'You can read all this without giving a name. Under each line stands the section it rests on.',
    ours: 'These are our plain words, not the official text of the law. For your own case ask a free lawyer: 15100.',
    law: 'Law',
    scopes: 'Applies to',
    scopeNames: {
      all: 'every case',
      'cognizable offence': 'offences the police may investigate on their own',
      cognizable: 'offences the police may investigate on their own',
      rape: 'rape',
      'rape or attempt': 'rape or an attempt at it',
      'police-report cases': 'cases in which a police report goes to court',
      'all women': 'every woman',
      victims: 'whoever the offence was done to',
      'under 18': 'under 18 years',
      'domestic violence': 'domestic violence',
      workplace: 'at work',
      women: 'women',
      'SC/ST': 'Scheduled Castes and Tribes',
      'BNS 64-71, 74-79, 124': 'sexual offences, stalking, harassment, acid attack (BNS 64-71, 74-79, 124)',
      'BNS 64-68, 70, 71, 124(1); POCSO 4, 6, 8, 10':
        'rape, acid attack, sexual assault on a child (BNS 64-68, 70, 71, 124(1); POCSO 4, 6, 8, 10)',
      'BNS 64-68, 70, 71; POCSO 4, 6, 8, 10': 'rape, sexual assault on a child (BNS 64-68, 70, 71; POCSO 4, 6, 8, 10)',
      'BNS 65, 70(2)': 'rape of a girl (BNS 65, 70(2))',
      'BNS 64-71; all children': 'BNS 64-71; all children',
    },
    groups: {
      report: 'When you report',
      inquiry: 'During the investigation',
      health: 'Doctor and treatment',
      court: 'In court',
      name: 'Your name and what you told',
      some: 'In some cases',
    },
  },
  help: {
    title: 'Help',
    callTitle: 'Numbers to call',
    callText: 'Pressing a number calls it. The number will show in the call list.',
    dataTitle: 'What happens to what you tell us',
    data: {
      sealed:
        'Name, mobile, address and your words are sealed. Only named officers can see them, and each time they must write why.',
      shown: 'Who looked, when and what for, you see on the page of your application.',
      draft: 'A half-written application is erased by itself after 7 days. One that was sent is never erased.',
      phone:
        'We keep nothing on your phone but small marks (cookies) that go when you press “Leave page”. Nothing you wrote can be read from them.',
      ask: 'You can ask what we hold about you and have it corrected. The law makes some exceptions for records of a police investigation.',
    },
    eraseTitle: 'How to erase traces from the phone',
    eraseText:
      '“Leave page” closes this page and opens a weather page. It does not erase what follows; you can, if you wish:',
    erase: {
      history:
        'Visited pages: delete the line “Citizen service” from the browser’s history. Deleting all of it may look suspicious.',
      sms: 'SMS: after writing down the code delete that SMS, from “recently deleted” too.',
      calls: 'Calls: delete that number from the call list.',
      private: 'Next time: open it in a private window (Incognito). Then nothing is added to the history.',
      spy: 'If someone put a spying app on your phone, all this is not enough. Use the phone of somebody you trust, or go straight to a police station.',
    },
    exitTitle: 'To get away quickly',
    exitText:
      '“Leave page” is at the top of every page. With a keyboard, pressing Shift three times quickly does the same. Going back does not open this page again and does not show what you wrote.',
  },
  status: {
    title: 'Is the service running?',
    open: 'this page is open to everyone',
    ok: 'The service is running',
    notOk: 'A part of the service has stopped',
    notOkText: '112, 1090 and 181 run as always. You can also go straight to any police station.',
    running: '✓ running',
    stopped: '▲ stopped',
    parts: {
      database: 'Keeping and showing applications',
      worker: 'Clocks and reminders',
      sms: 'Sending SMS',
      keys: 'The keys of the seals',
      evidence: 'Keeping and showing files of evidence',
    },
  },
} satisfies Same<typeof hi>;
