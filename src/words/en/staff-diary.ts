// What the case diary on the page of a file says, in English.
import type { staffDiary as hindi } from '../hi/staff-diary.ts';
import type { Same } from '../same.ts';

export const staffDiary: Same<typeof hindi> = {
  voice: {
    what: 'You can also speak: the voice stays here, sealed in this file. It is not turned into text, because that would mean sending it to somebody else.',
    spoken: 'This entry is spoken.',
    record: 'Start speaking',
    stop: 'Stop',
    drop: 'Remove and start again',
    before: 'What you have just said: listen to it',
    states: {
      recording: 'Recording.',
      recorded: 'Listen to it. It goes with the entry when you write it.',
      sending: 'Sending the voice…',
      failed: 'The voice could not be sent. Press again, or remove it and write.',
      'no-microphone': 'The microphone did not open. Allow it in the browser, or write.',
    },
    of: (entry: number, seconds: number | null) =>
      `Voice of entry ${entry}${seconds === null ? '' : `, ${seconds} seconds`}`,
    exhibit: (n: number) => `exhibit ${n}`,
    seconds: (n: number) => (n === 1 ? '1 second' : `${n} seconds`),
    no_length: 'length not said by the file',
    add_to: (entry: number) => `A voice with entry ${entry}`,
    file_hint: 'The file of a phone or a recorder: webm, mp3, m4a, amr, 3gp, mp4; up to 50 MB.',
    add_file: 'Add a file of sound',
  },
  title: 'Case diary',
  entry: 'New entry',
  hint: 'Number and time are set by the system. What is written cannot be changed; correct it by a new entry.',
  corrected: (when) => `Correction, ${when}:`,
  add: 'Write in the diary',
  empty: 'Nothing in the diary yet.',
  older: (n) => `${n} earlier entries`,
};
