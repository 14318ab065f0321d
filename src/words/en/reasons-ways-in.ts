// Why not: further ways to begin a shift, in English; the same keys as the Hindi.
import type { reasonsOfWaysIn as hindi } from '../hi/reasons-ways-in.ts';
import type { Same } from '../same.ts';

export const reasonsOfWaysIn = {
  'webhook-address': 'It takes an address that begins with https and leads to a server out in the world.',
  'track-code-wrong': 'Number, mobile and code do not match. Look again, or get a new code.',
  'another-officer': 'This is not the officer of this shift.',
  'code-for-yourself': 'Nobody gives a code for themselves.',
  'code-not-accepted': 'This code was not accepted. Type the digits the app shows now; the phone’s time must be right.',
  'codes-not-accepted':
    'The two codes were not accepted together. Look again; after five tries or ten minutes ask your superior for a new one.',
  'has-no-code-app': 'This officer has not set up a code app.',
  'hours-shape': 'Write hours from 0 to 168.',
  'journey-over': 'Time ran out, or this way has been used once already. Begin again.',
  'name-taken': 'This name belongs to another already.',
  'not-known-here': 'No officer is known here by this identity. Ask the administrator.',
  'state-not-believed':
    'Your identity could not be confirmed. Begin again; if it does not work, tell the administrator.',
  'state-out-of-reach': 'The state’s identity service cannot be reached now. Use your passkey or two codes.',
} satisfies Same<typeof hindi>;
