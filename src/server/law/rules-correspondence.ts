// The clock of the thread between her and the desk: a promise of the police, in no law.
import { BASE, EVERY, type RuleRow } from './rule-row.ts';

export const CORRESPONDENCE = {
  message_answer: {
    ...BASE,
    starts_on: 'message-waiting',
    stops_on: ['message-answered'],
    responsible: 'police',
    applies: EVERY,
    versions: [{ from: null, to: null, authority: null }],
    ladder: 'two-days',
    hers: true,
  },
} as const satisfies Record<string, RuleRow>;
