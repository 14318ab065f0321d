// Between States, in English: the same keys as the Hindi.
import type { exchange as hindi } from '../hi/exchange.ts';
import type { Same } from '../same.ts';

export const exchange: Same<typeof hindi> = {
  title: 'Other States',
  intro:
    'States whose systems send and take Zero FIRs. A key counts only when a second post has compared its fingerprint over the telephone and agreed.',
  own: {
    title: 'Keys of this State',
    none: 'No key was made yet.',
    generation: (n: string) => `Key ${n}`,
    fingerprint: 'Fingerprint, to be read out over the telephone',
    text: 'To be sent to the other State’s administrator',
    made: (when: string) => `made ${when}`,
    ended: (when: string) => `ended ${when}`,
    make: 'Make the next key',
    make_hint: 'The key before stays good until you end it. Have the new one confirmed in every State first.',
    end: 'End this key',
  },
  peers: {
    title: 'States',
    none: 'No State is listed yet.',
    stations: (n: string) => `${n} stations`,
    listed: (when: string) => `list of stations from ${when}`,
    not_listed: 'the list of stations has not come yet',
    trouble: (code: string) => `⚠ the list did not come: ${code}`,
    waiting: (n: string, since: string) => `⚠ ${n} parcels wait for a receipt, the oldest since ${since}`,
    ended: (when: string) => `ended ${when}`,
    end: 'End this State',
  },
  keys: {
    proposed: 'waits for a second post',
    confirmed: (when: string) => `confirmed ${when}`,
    ended: (when: string) => `ended ${when}`,
    own: 'You entered it; an officer of another post confirms it.',
    typed: 'Fingerprint as heard over the telephone',
    typed_hint: 'Call the other State’s administrator at the number of their office, and write down the 30 digits.',
    confirm: 'Confirm',
    end: 'End this key',
  },
  add: {
    title: 'List a State, or a new key of one',
    key: 'The line of their key',
    key_hint: 'The line that the other State’s administrator has sent, whole.',
    address: 'Address of their system',
    save: 'List',
  },
  done: {
    make: 'The new key is made.',
    'end-own': 'The key is ended.',
    add: 'Listed. Now a second post has to confirm it.',
    confirm: 'The key is confirmed.',
    'end-key': 'The key is ended.',
    'end-peer': 'The State is ended.',
  },
  file: {
    title: 'To another State',
    asked: (station: string, state: string, when: string) =>
      `Sent to ${station}, ${state} on ${when}; their receipt is awaited. Until then doctor and diary are this station’s.`,
    received: (station: string, state: string, when: string, number: string) =>
      `Taken by ${station}, ${state} on ${when}. Complaint number there: ${number}.`,
    refused: (state: string, why: string) =>
      `The system of ${state} could not take it (${why}). Choose the right station and send it again.`,
    news: (office: string, unit: string, state: string, when: string) =>
      `Now with ${office}, ${unit}: ${state} (as of ${when})`,
    fir: (number: string) => `FIR ${number} there`,
    what_not:
      'Papers and files go with it. Things in the malkhana, voice notes, messages and the sealed part for the court do not.',
  },
  arrival: {
    title: 'Came from another State',
    from: (station: string, state: string, number: string) =>
      `From ${station}, ${state}; complaint number there ${number}`,
    came: (handed: string, came: string) => `Sent on ${handed}, here since ${came}. Time is counted from there.`,
    desks: 'Where it lay there',
    steps: 'What was done there',
    diary: 'Diary from there',
  },
  track: {
    asked: (state: string, station: string) =>
      `Your case belongs to ${station}, ${state}. It was sent there; their receipt is awaited.`,
    received: (state: string, station: string, when: string, number: string) =>
      `Your case was given to ${station}, ${state}. They took it on ${when}. Your complaint number there is ${number}; on their page enter it with your mobile number.`,
    news: (office: string, unit: string, when: string) => `As of ${when}: with ${office}, ${unit}`,
    fir: (number: string) => `FIR ${number} there`,
    goes_on: (state: string) => `Your case is not closed. The police of ${state} go on with it.`,
    there: (when: string) => `there since ${when}`,
    clock: 'Your days are counted from the beginning; they did not start anew there.',
    from: (state: string, station: string, when: string) =>
      `This case came from ${station}, ${state} on ${when}. Days are counted from there.`,
  },
};
