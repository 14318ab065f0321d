// What the page for a confirmation in person says, in English.
import type { staffConfirm as hindi } from '../hi/staff-confirm.ts';
import type { Same } from '../same.ts';

export const staffConfirm: Same<typeof hindi> = {
  title: 'Confirm in person',
  intro: 'She has come herself: she wanted no call, or nobody reached her.',
  how: 'Ask her for two codes',
  rules: [
    'Let her sit where nobody else hears or sees. Do not ask here what happened.',
    'Do not ask for Aadhaar, an identity card or her phone. She may type both codes herself if she likes.',
    'If she has no code to say, she opens her application with the private code and takes a new one from there.',
    'Do not write either code on paper or in your own phone.',
  ],
  receipt: 'Private code, 16 digits',
  receipt_hint: 'She was given it when she sent her application.',
  code: 'Code to say, 8 digits',
  code_hint: 'It came by SMS, or her page showed it. Only the newest one works.',
  confirm: 'Confirm',
  recorded: 'Every try is recorded in the name of your post.',
  tries_left: (n) =>
    `Which of the two is wrong is told to nobody. ${n} ${n === 1 ? 'try' : 'tries'} left for this private code.`,
  used_up:
    'They did not match five times, so the old code to say no longer works. Let her open her application; a new code shows there or comes by SMS.',
  wait: (time) =>
    `Codes from this post did not match 10 times within an hour. The next try is possible after ${time}. Do not send her away: another woman officer of the station can confirm now, from her own post.`,
  who_may:
    'A woman officer confirms, working at the post of a help desk, an investigating officer or an officer in charge, at any station. Ask her to come.',
  done_title: 'Confirmed',
  number: 'Her complaint number',
  done_say:
    'Show her this number, or say it twice, four digits at a time. If she does not want to write it down: “You find it on your page as well.”',
  done_safe: 'Ask at the end: “Are you safe now? Is it safe to go home?” If she is not safe, connect her to 112.',
  done_here: 'The file is ready for the next step.',
  done_elsewhere: 'The file is now with the station or officer she chose; this post does not see it.',
  open_file: 'Open the file',
  next: 'Confirm another',
};
