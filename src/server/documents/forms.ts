// What may come in: which paper, in which language, and for what her identity is opened where the paper names her.
import { z } from 'zod';
import { PURPOSES } from '#sealed-identity';
import { PAPER_KINDS } from './rules.ts';

/** The purposes for which a paper may name her: a call-back opens her number, not her name. */
export const PAPER_PURPOSES = PURPOSES.filter((purpose) => purpose !== 'call-back');

const blankIsAbsent = (value: unknown) => (value === '' ? undefined : value);

/** `POST /files/{number}/documents`. */
export const issueForm = z
  .object({
    kind: z.enum(PAPER_KINDS, 'paper-unknown'),
    language: z.enum(['hi', 'en'], 'choose-one'),
    purpose: z.preprocess(blankIsAbsent, z.enum(PAPER_PURPOSES, 'purpose-unknown').optional()),
  })
  .meta({ id: 'IssueDocument' });
export type IssueForm = z.output<typeof issueForm>;

/** `/verify`: the code as it stands on a paper. What is no code is not found, like one that nobody was given. */
export const verifyForm = z.object({
  code: z.string('code-missing').trim().min(1, 'code-missing').max(100, 'no-such-paper'),
});
