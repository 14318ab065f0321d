// English beside src/words/hi/reasons.ts: same keys, same truth.
import type { reasons as hi } from '../hi/reasons.ts';
import type { Same } from '../same.ts';

export const reasons = {
  'already-claimed': 'Another operator has this call now.',
  'code-has-eight-digits': 'The code has 8 digits. Listen again and write it down.',
  'draft-not-found':
    'This code was not found. Look at the digits again; a half-written application is erased after 7 days.',
  'form-changed': 'This application has already been sent.',
  invalid: 'Some things need putting right.',
  'later-than-now': 'Give a time still to come.',
  'no-call-open': 'Press “connected” first. A code is checked only while the call is open.',
  'no-contact': 'She asked not to be contacted: no call, no SMS.',
  'not-an-instant': 'Check the date and the time.',
  'not-callable-now': 'Do not call now: it is outside her safe hours, or the next try is not due yet.',
  'not-found': 'This was not found.',
  'not-your-claim': 'This call is no longer yours. Take it from the queue again.',
  'not-your-power': 'Your post may not do this.',
  'receipt-not-found': 'This code was not found. Look at the digits again.',
  'say-when': 'Say when to call.',
  'say-why': 'Give the reason.',
  'session-over': 'Reading is closed. Open it again.',
  'time-order': 'The end must be later than the beginning.',
  'time-shape': 'Write the time like this: 10:30',
  'too-far-ahead': 'That is too far ahead. Choose a time within 14 days.',
  'too-long': 'This is too long. Shorten it.',
  'too-many': 'Please wait a moment and try again.',
  'track-code-wrong': 'Number, mobile and code do not match. Look again, or get a new code.',
  'women-only': 'Only women officers speak with her.',
  'wrong-state': 'This has been done already, or cannot be done yet. Open the page again.',
} satisfies Same<typeof hi>;
