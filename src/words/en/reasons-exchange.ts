// Why not, between States, in English.
import type { reasonsOfTheExchange as hindi } from '../hi/reasons-exchange.ts';
import type { Same } from '../same.ts';

export const reasonsOfTheExchange: Same<typeof hindi> = {
  'already-arriving': 'This very file is arriving now; wait a little and look again.',
  'already-listed': 'This key is listed already.',
  'fingerprint-differs': 'The fingerprint differs. Listen again; if it stays different, the key is not theirs.',
  'from-another-state':
    'This file came from another State; there is no station here to return it to. Choose the right one with “send on”.',
  'key-not-understood': 'This is no line of a key. Enter the whole line, as it came.',
  'last-key': 'The last key cannot be ended. Make the next one first.',
  'letter-not-understood': 'The letter in the parcel was not understood.',
  'parcel-differs': 'A parcel of this number has come before, with something else in it.',
  'parcel-malformed': 'This is no parcel.',
  'parcel-not-ours': 'This parcel is not for this State.',
  'parcel-replayed': 'This envelope was opened before.',
  'parcel-stale': 'This envelope is old, or the clocks of the two systems differ.',
  'parcel-unknown': 'No parcel of this number has come.',
  'part-differs': 'The file is not the one that the letter announced.',
  'part-unknown': 'The letter announced no such file.',
  'peer-address': 'The address begins with https:// and names the system alone.',
  'peer-key-unknown': 'Two posts here have not confirmed this key.',
  'peer-unknown': 'This State is not listed here.',
  'seal-wrong': 'The seal of the parcel did not open: something was changed or broken off.',
  'sealed-to-an-old-key': 'The parcel was sealed to a key that counts no more.',
  'signature-wrong': 'The signature is not by this State’s key.',
  'that-is-us': 'This is a key of this very State.',
  'two-keys-already': 'Two keys are good already. End the older one first.',
  'with-another-state': 'The file was given to another State.',
};
