// How a bench says what it measured: a table to read, and with ITSSO_BENCH_JSON a file to compare with the next.
import { appendFileSync } from 'node:fs';

/** One figure. `beside`: the bound measured in the same run; `target`: what part of it is asked for (or how many times it may be). */
export type Figure = { value: number; unit: string; beside?: number; of?: string; target?: number };

/** Prints the figures of a bench; their ratios to the bounds of the same run, which machines change less than the figures. */
export function report(bench: string, figures: Record<string, Figure>): void {
  const rounded = (n: number): number => Number(n >= 100 ? n.toFixed(0) : n.toPrecision(3));
  console.table(
    Object.fromEntries(
      Object.entries(figures).map(([name, { value, unit, beside, of, target }]) => [
        name,
        {
          measured: `${rounded(value)} ${unit}`,
          ...(beside === undefined ? {} : { beside: `${rounded(beside)} ${of}`, ratio: rounded(value / beside) }),
          ...(target === undefined ? {} : { asked: target }),
        },
      ]),
    ),
  );
  const to = process.env.ITSSO_BENCH_JSON;
  if (to) appendFileSync(to, `${JSON.stringify({ bench, figures })}\n`);
}
