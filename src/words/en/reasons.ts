// English beside src/words/hi/reasons.ts: same keys, same truth.
import type { reasons as hi } from '../hi/reasons.ts';
import type { Same } from '../same.ts';

export const reasons = {
  'draft-not-found': 'This code was not found. Look at the digits again; a half-written application is erased after 7 days.',
  'form-changed': 'This application has already been sent.',
  invalid: 'Some things need putting right.',
  'not-found': 'This was not found.',
  'receipt-not-found': 'This code was not found. Look at the digits again.',
  'session-over': 'Reading is closed. Open it again.',
  'too-many': 'Please wait a moment and try again.',
  'track-code-wrong': 'Number, mobile and code do not match. Look again, or get a new code.',
} satisfies Same<typeof hi>;
