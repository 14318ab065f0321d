// Why not, of alarms and the programme: one sentence for each refusal code. Keys sorted.
import type { reasonsOfAlarms as hi } from '../hi/reasons-alarms.ts';
import type { Same } from '../same.ts';

export const reasonsOfAlarms = {
  'lead-reports': 'The leading vehicle reports.',
  'match-code-wrong': 'The match number is not right. Look at her phone.',
  'needs-crew-report': 'The leading vehicle has not reported yet.',
  'needs-her-yes': 'It takes her yes, or an officer’s decision with a reason.',
  'pins-alike': 'Choose two different PINs.',
  'point-outside': 'This point is not on the map of India.',
  'sos-pin-shape': 'A PIN has 4 to 6 digits.',
  'sound-full': 'No more sound of this alarm can be taken.',
  'sound-not-agreed': 'Sound has not been turned on.',
  'sound-over': 'The alarm is over.',
  'sound-too-large': 'This piece of sound is too large.',
  'vehicle-not-free': 'That vehicle is not free now.',
} satisfies Same<typeof hi>;
