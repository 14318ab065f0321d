// Why not, of summonses and of the end of a case: one sentence for each refusal code. Keys sorted.
import type { reasonsOfTheEnd as hi } from '../hi/reasons-end.ts';
import type { Same } from '../same.ts';

export const reasonsOfTheEnd = {
  'already-said': 'You have said what you think at this stage.',
  'answer-one': 'Answer at least one of the questions.',
  'choose-who': 'Choose whose it is.',
  'confirm-yourself': 'First show with your passkey that it is you who sits here.',
  'court-first': "The report is in court: the file opens only on a protest petition or the court's order.",
  'file-held': 'The case is held: nothing is destroyed until the hold is lifted.',
  'needs-closure': 'This notice is only for a report that closes the case.',
  'no-first-charge-sheet': 'No charge sheet of this case has gone to court yet; there is none to supplement.',
  'no-such-summon': 'There is no such open summons.',
  'not-forwarded-yet': 'The report has to be forwarded to the court first.',
  'not-on-record-yet': 'Your case is not on record yet. After that you can say what you think.',
  'not-yet-over': 'The time for which it is kept is not over.',
  'nothing-to-object': 'No report that closes the case has gone to court; there is nothing to object to now.',
  'objection-open': 'Your objection is with the officer above. You may write again once it is answered.',
  'say-if-she-agreed': 'Say whether she agrees to come.',
  'say-what-for': 'Say plainly what she has to come for.',
  'say-why-not-at-home': 'Say why it cannot be done at her home or online.',
  'second-post-needed': 'The case lies with another post: a second post has to agree before you open the identity.',
  'seals-destroyed': 'The seals of this case were destroyed when its time was over; nobody can open it any more.',
  'summon-over': 'This summons is settled; it needs no answer any more.',
  'supplementary-now': 'The original charge sheet has gone to court; this one is supplementary.',
} satisfies Same<typeof hi>;
