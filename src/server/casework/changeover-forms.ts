// What may come in for a change of law that lies ahead, and for its withdrawal.
import { z } from 'zod';
import { asciiDigits, KNOWN_ACTS, normaliseAct, normaliseSection, offencesUnder } from '#law';

/** Codes of procedure that can go out: they concern every file investigated under them, whatever it cites. */
const PROCEDURES = ['CrPC', 'BNSS'] as const;
/** What can go out as a whole. */
export const OUTGOING_ACTS: readonly string[] = [...Object.keys(KNOWN_ACTS), ...PROCEDURES];

const NAME = 200;
const TEXT = 1000;
const MOST_SECTIONS = 40;
const text = (missing: string, max: number) => z.string(missing).trim().min(1, missing).max(max, 'too-long');

const bare = (said: string): string => said.replace(/[^A-Za-z]/g, '').toUpperCase();
const outgoing = (said: string): string | undefined =>
  PROCEDURES.find((code) => code.toUpperCase() === bare(said)) ?? normaliseAct(said);

const act = text('say-which-act', 100).transform((said, context) => {
  const known = outgoing(said);
  if (known) return known;
  context.addIssue({ code: 'custom', message: 'unknown-act' });
  return z.NEVER;
});
const section = z
  .object({ act: text('say-which-act', 100), section: text('say-which-section', 60) })
  .transform((cited, context) => {
    const known = normaliseAct(cited.act);
    const one = normaliseSection(cited.act, cited.section);
    if (known && one && offencesUnder(known, one).length > 0) return { act: known as string, section: one };
    const path = [known ? 'section' : 'act'];
    context.addIssue({ code: 'custom', message: known ? 'unknown-section' : 'unknown-act', path });
    return z.NEVER;
  });
const day = z
  .string('say-which-day')
  .trim()
  .transform((said, context) => {
    try {
      return Temporal.PlainDate.from(asciiDigits(said));
    } catch {
      context.addIssue({ code: 'custom', message: said === '' ? 'say-which-day' : 'not-a-day' });
      return z.NEVER;
    }
  })
  .meta({ type: 'string', format: 'date', examples: ['2024-07-01'] });

const once = <T>(rows: readonly T[], key: (row: T) => string): T[] =>
  [...new Map(rows.map((row) => [key(row), row])).values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));

/** A change of law: its name in both languages, its day, which codes or sections go out, and what should be finished before. */
export const changeForm = z
  .object({
    name_hi: text('change-needs-name', NAME),
    name_en: text('change-needs-name', NAME),
    in_force_from: day,
    acts: z.array(act, 'not-understood').max(OUTGOING_ACTS.length, 'too-many-items').default([]),
    sections: z.array(section, 'not-understood').max(MOST_SECTIONS, 'too-many-sections').default([]),
    goal: text('change-needs-goal', TEXT),
  })
  .transform((form) => ({
    ...form,
    acts: once(form.acts, (one) => one),
    sections: once(form.sections, (one) => `${one.act} ${one.section}`),
  }))
  .refine(({ acts, sections }) => acts.length + sections.length > 0, { message: 'say-which-act', path: ['acts'] })
  .meta({ id: 'LawChangeForm' });
export type ChangeForm = z.output<typeof changeForm>;

/** Why a plan is taken back. */
export const withdrawForm = z.object({ reason: text('say-why', TEXT) }).meta({ id: 'LawChangeWithdrawal' });
