// Why not, of alarms and the programme: one sentence for each refusal code. Keys sorted.
import type { reasonsOfAlarms as hi } from '../hi/reasons-alarms.ts';
import type { Same } from '../same.ts';

export const reasonsOfAlarms = {
  'answers-itself': 'The post in charge does not change this itself. The post above it does.',
  'area-not-yours': 'This area does not lie below your post.',
  'lead-reports': 'The leading vehicle reports.',
  'least-range': 'Write a number from 0 to 50.',
  'match-code-wrong': 'The match number is not right. Look at her phone.',
  'minimum-is-one': 'There is only one of this part; it can only be 1 here.',
  'minimum-range': 'This number is too small or too large. Vehicles 1 to 200, people 1 to 20.',
  'needs-crew-report': 'The leading vehicle has not reported yet.',
  'needs-her-yes': 'It takes her yes, or an officer’s decision with a reason.',
  'nothing-above': 'There is no area above this one; it needs a number of its own.',
  'owner-elsewhere':
    'This post cannot answer for this part. Choose one of the same unit or above it, and not above your own.',
  'pins-alike': 'Choose two different PINs.',
  'point-outside': 'This point is not on the map of India.',
  'reserve-range': 'Write a number from 0 to 30.',
  'share-range': 'Write a number from 0 to 100.',
  'sos-pin-shape': 'A PIN has 4 to 6 digits.',
  'sound-full': 'No more sound of this alarm can be taken.',
  'sound-not-agreed': 'Sound has not been turned on.',
  'sound-over': 'The alarm is over.',
  'sound-too-large': 'This piece of sound is too large.',
  'vehicle-not-free': 'That vehicle is not free now.',
  'vehicles-range': 'Write a number from 2 to 10. A vehicle alone cannot be decided.',
  'whole-number': 'Write a number only, for example 3.',
} satisfies Same<typeof hi>;
