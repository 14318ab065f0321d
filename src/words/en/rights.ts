// English beside src/words/hi/rights.ts: same keys, same truth.
import type { rights as hi } from '../hi/rights.ts';
import type { Same } from '../same.ts';

export const rights = {
  bySituation: 'What is happening to you now?',
  byStage: 'How far has your application come?',
  stageLead: 'At each stage of an application these rights help you.',
  all: 'All rights',
  others: 'Some more rights',
  doNow: 'What you can do now',
  call: 'Whom to call',
  callNote: 'Pressing a number calls it. The number will show in the call list.',
  law: 'What the law says',
  near: 'Help in your district',
  print: 'This page can be printed. Think first where you will keep the paper.',
  situations: {
    now: {
      title: 'Something happened just now',
      line: 'What to do first',
      steps: [
        'Go to a safe place first. If there is danger now, call 112.',
        'If you are hurt or want a doctor, go to any hospital. You need not go to a police station before.',
        'You can report at any police station, or send it from here. Also when time has passed.',
      ],
    },
    doctor: {
      title: 'Doctor and treatment',
      line: 'Your rights in a hospital',
      steps: [
        'Every hospital must treat you at once and free. If they ask for money or a paper of the police, show this page.',
        'A medical examination needs your yes. If you say no, you are treated all the same.',
      ],
    },
    refused: {
      title: 'The station refused to write it down',
      line: 'Where to go now',
      steps: [
        'You can send the same from here; day and hour are recorded by themselves.',
        'Write down which station, which day, who refused. The application has room for it.',
        'Send it in writing to the DCP or SP. Which one it is in your district stands under “Help in your district”.',
      ],
    },
    child: {
      title: 'It is about a child',
      line: 'Under 18 years',
      steps: [
        'Anybody may report: parents, a teacher, a doctor, a neighbour, or the child.',
        'Do not ask the child the same thing again and again. Listen to what it tells by itself.',
      ],
    },
    threat: {
      title: 'Somebody threatens or follows you',
      line: 'Threats, pressure, following',
      steps: [
        'If there is danger now, call 112.',
        'Do not delete messages, calls and pictures. If you must, send them to somebody you trust first.',
        'If you have an application already, say there or at the station that you are put under pressure.',
      ],
    },
    home: {
      title: 'At home',
      line: 'When the fear is inside the house',
      steps: [
        'If there is danger now, call 112. For a place to stay ask 181.',
        'If people at home look at this phone, choose the “safe hours” and “how to reach you” of an application with care.',
      ],
    },
    images: {
      title: 'Photos, videos or the internet',
      line: 'Pictures, videos, false accounts',
      steps: [
        'Take screenshots that show the address (link), the day and the name of the account. Do not delete the original all the same.',
        'Call 1930. If money is asked for, do not pay.',
      ],
    },
    work: {
      title: 'At work',
      line: 'Office, shop, field, work in a home',
      steps: ['A complaint to the committee and a report to the police can both be made.'],
    },
    official: {
      title: 'The other person is in the police or an official',
      line: 'When you fear the very person you would have to go to',
      steps: [
        'You can report at any other police station.',
        'The application has room to say that the other person is in the police or an official.',
      ],
    },
    access: {
      title: 'You have a disability, or speaking and writing is hard',
      line: 'An interpreter, a statement at home',
      steps: ['Say in the application what help you need: an interpreter, sign language, a meeting at home.'],
    },
    caste: {
      title: 'You belong to a Scheduled Caste or Tribe',
      line: 'Rights beyond the others',
      steps: ['Have your caste or tribe written down when you report; it decides who investigates.'],
    },
  },
  places: {
    title: 'Help in your district',
    lead: 'Look for your district in this list. Which one you look at is not sent to us and is not in the address of the page.',
    honest:
      'We have no checked list of addresses and numbers of centres, so we write none. Ask 181: that is the surest way.',
    osc: 'One Stop Centre (Sakhi)',
    oscText: 'Here a doctor, advice, a lawyer and a place to stay for some days are in one place. Call 181 and say:',
    oscSay:
      '“I need the address and number of the One Stop Centre of my district.” Then tell the district. You need not tell your name.',
    desk: 'Women help desk',
    deskText:
      'Ask for the women help desk in a police station. Say: “I want to speak with a woman officer.” You may go to any station.',
    legal: 'A free lawyer',
    legalText: 'Call 15100, or ask in the court compound of the district for the “District Legal Services Authority”.',
    refusedTitle: 'If a station does not write it down: whom to write to in your district',
    refusedText: 'Give it in writing, by post or by hand. Keep the receipt or the slip of the post. (BNSS 173(4))',
    heads: {
      commissionerate: 'DCP (Deputy Commissioner of Police)',
      district: 'SP or SSP (Superintendent of Police of the district)',
    },
    headsNote: {
      commissionerate: 'These districts have a Commissioner of Police; write to the DCP of your area:',
      district: 'In all other districts:',
    },
  },
} satisfies Same<typeof hi>;
