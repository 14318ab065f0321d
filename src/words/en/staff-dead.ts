// English beside src/words/hi/staff-dead.ts: same keys.
import type { staffDead as hi } from '../hi/staff-dead.ts';
import type { Same } from '../same.ts';

export const staffDead = {
  title: 'Messages that could not go',
  intro:
    'These messages could not go, or did not arrive. Whose they were does not show here; number and text stay sealed.',
  empty: 'No message is stuck at the moment.',
  done: 'Recorded.',
  waiting: (span: string) => `stuck for ${span}`,
  made: (when: string) => `written ${when}`,
  tries: (n: number) => (n === 1 ? '1 try' : `${n} tries`),
  channels: { sms: 'SMS', email: 'E-mail' },
  templates: {
    'call-code': 'code for the call-back',
    'track-code': 'code to open the application',
    update: 'word that something is new',
    appointment: 'word of a set hour',
  },
  reasons: {
    'not-connected': 'the gateway could not be reached',
    throttled: 'the gateway said: too many at the moment',
    'sign-in-refused': 'the gateway did not accept who we are',
    'no-answer': 'the gateway did not answer; nobody knows whether it went',
    'link-lost': 'the line broke while sending; nobody knows whether it went',
    partly: 'only a part of it went',
    'stopped-midway': 'the system stopped while sending; nobody knows whether it went',
    refused: 'the gateway refused it (number or template)',
    undelivered: 'taken by the network, not delivered to the phone',
    'number-block': 'many numbers of one block, it goes later',
    'over-budget': 'the day’s money was used up',
    'too-late': 'its time is over; sending it would say nothing',
  },
  again: 'Send again',
  again_hint:
    'A new message is made: a code goes at once, others in her safe hours. If the first one arrived after all, she gets two.',
  give_up: 'Give up',
  give_up_go: 'Give up for this reason',
  give_up_why: 'Why it is given up',
  give_up_reasons: {
    'number-wrong': 'the number or address is wrong',
    'reached-otherwise': 'she was reached in another way',
    'no-use-any-more': 'it is no use any more',
  },
} satisfies Same<typeof hi>;
