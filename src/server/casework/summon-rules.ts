// A woman is not called to the station: what a summons may be for, which of them the law itself names, and what became of each.
import type { SUMMON_ANSWERS, SUMMON_REASONS, SUMMON_RESULTS } from './form-codes.ts';

export type SummonReason = (typeof SUMMON_REASONS)[number];
export type SummonResult = (typeof SUMMON_RESULTS)[number];
export type SummonAnswer = (typeof SUMMON_ANSWERS)[number];

/** Where the law itself speaks of the occasion, and where. That it names it does not mean that she must come to a station for it. */
export const NAMED_BY_LAW: Partial<Record<string, string>> = {
  signing: 'BNSS 173(1)(ii)',
  'magistrate-statement': 'BNSS 183(6)',
  medical: 'BNSS 184',
} satisfies Partial<Record<SummonReason, string>>;

/** The one visit the house promises: the charge sheet or the final report. */
export const PROMISED: SummonReason = 'report';

/** Beyond what the law names and what was promised: it takes words, a reason why not at her home or online, and whether she agreed. */
export const isBeyond = (why: string): boolean => !(why in NAMED_BY_LAW) && why !== PROMISED;

type Step = { id: string; step: string; at: Temporal.Instant; form: Readonly<Record<string, unknown>> };
/** A summons in codes: what became of it, as its own step says. */
export type Summons = {
  id: string;
  why: string;
  /** the section that names the occasion; null where none does */
  law: string | null;
  beyond: boolean;
  asked_at: Temporal.Instant;
  at: Temporal.Instant;
  cannot: string | null;
  agreed: boolean | null;
  result: { result: string; at: Temporal.Instant } | null;
};

/**
 * The summonses among the steps of a file, in order. An older one, written freely, has neither reasons nor an agreement.
 * @param steps of one file, in order of time
 */
export const summonsesIn = (steps: readonly Step[]): Summons[] =>
  steps
    .filter(({ step }) => step === 'summon')
    .map(({ id, at, form }) => {
      const why = String(form.why);
      const came = steps.findLast((one) => one.step === 'summon-result' && one.form.summon === id);
      return {
        id,
        why,
        law: NAMED_BY_LAW[why] ?? null,
        beyond: isBeyond(why),
        asked_at: at,
        at: Temporal.Instant.from(String(form.at)),
        cannot: typeof form.cannot === 'string' ? form.cannot : null,
        agreed: typeof form.agreed === 'boolean' ? form.agreed : null,
        result: came ? { result: String(came.form.result), at: Temporal.Instant.from(String(came.form.at)) } : null,
      };
    });

/** What was counted of one officer at one post. */
export type Counted = { why: string; agreed: boolean | null; result: string | null; n: number };
/** How often she was asked to come: in all, as the law names it, as promised, beyond; of those beyond, how often she agreed, how many came. */
export type SummonTally = {
  all: number;
  by_law: number;
  promised: number;
  beyond: number;
  agreed: number;
  came: number;
};

/** Adds up what was counted. */
export function tallyOf(rows: readonly Counted[]): SummonTally {
  const sum = (which: (row: Counted) => boolean): number => rows.filter(which).reduce((total, { n }) => total + n, 0);
  return {
    all: sum(() => true),
    by_law: sum(({ why }) => why in NAMED_BY_LAW),
    promised: sum(({ why }) => why === PROMISED),
    beyond: sum(({ why }) => isBeyond(why)),
    agreed: sum(({ why, agreed }) => isBeyond(why) && agreed === true),
    came: sum(({ why, result }) => isBeyond(why) && result === 'attended'),
  };
}
