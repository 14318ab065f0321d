// What a run has found, as the table of docs/reliability.md and as JSON, and what of it fails the run.
import type { Silence } from './silence.ts';
import type { Tally } from './tally.ts';

/** The limits. */
export const LIMITS_MS = { writes: 30_000, reads: 10_000 } as const;
export type Row = {
  fault: string;
  /** what shows that it happened; null: it did not */
  proof: string | null;
  /** acknowledged while it lasted */
  acknowledged: number;
  tally: Tally;
  /** what it said beside agreeing; null: it does not agree */
  verifies: string | null;
  silence: Silence;
  /** it had to be mended before anybody could go on */
  mended_first: boolean;
  leads: 'the same' | 'another';
  /** whether clocks were wrong while it lasted */
  clocks: boolean;
  /** sent while it lasted, and promised by a wrong clock */
  wrongly_promised: number;
};

const seconds = (ms: number): string => (ms / 1000).toFixed(1);
const doubledOf = ({ doubled }: Tally): number => Object.values(doubled).reduce((sum, n) => sum + n, 0);
const ratio = (ms: number, limit: number): string =>
  ms > limit ? ` (**${(ms / limit).toFixed(1)} times the limit**)` : '';

/** What fails a run, in words; nothing where all holds. */
export function failures(row: Row): string[] {
  const { tally, silence } = row;
  return [
    row.proof === null && 'did not happen',
    ...(['complaint', 'step', 'alarm'] as const).map(
      (kind) => tally.lost[kind] > 0 && `${tally.lost[kind]} ${kind}s lost`,
    ),
    tally.messages_lost > 0 && `${tally.messages_lost} messages lost`,
    ...Object.entries(tally.doubled).map(([what, n]) => n > 0 && `${n} ${what} doubled`),
    row.verifies === null && 'the ledger does not verify',
    tally.early > 0 && `${tally.early} rungs raised before they were due`,
    tally.moved > 0 && `${tally.moved} dates moved`,
    !row.clocks && row.wrongly_promised > 0 && `${row.wrongly_promised} promised by a wrong clock`,
    row.acknowledged === 0 && 'nothing was acknowledged',
    silence.writes > LIMITS_MS.writes && `nobody could write for ${seconds(silence.writes)} s`,
    silence.reads > LIMITS_MS.reads && `nobody could read for ${seconds(silence.reads)} s`,
    row.mended_first && 'it went on only when it was mended',
  ].filter((one) => one !== false);
}

const HEAD = [
  'fault',
  'complaints lost',
  'steps lost',
  'alarms lost',
  'messages lost',
  'doubled',
  'ledger verifies',
  'deadlines unmoved',
  'writes back',
  'reads back',
  'shown by',
];
const line = (cells: readonly unknown[]): string => `| ${cells.join(' | ')} |`;
/** The head of the table. */
export const head = (): string => `${line(HEAD)}\n${line(HEAD.map(() => '---'))}`;
/** One fault in the table. */
export function lineOf(row: Row): string {
  const { tally, silence } = row;
  return line([
    row.fault,
    tally.lost.complaint,
    tally.lost.step,
    tally.lost.alarm,
    tally.messages_lost,
    doubledOf(tally),
    row.verifies === null ? '**no**' : ['yes', row.verifies].filter(Boolean).join('; '),
    tally.moved + tally.early === 0 ? 'yes' : `**${tally.moved} moved, ${tally.early} raised early**`,
    `${seconds(silence.writes)} s${ratio(silence.writes, LIMITS_MS.writes)}${row.mended_first ? ' (**mended first**)' : ''}`,
    `${seconds(silence.reads)} s${ratio(silence.reads, LIMITS_MS.reads)}`,
    row.proof ?? '**did not happen**',
  ]);
}
