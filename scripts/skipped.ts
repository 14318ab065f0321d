// What a run of tests has left out, and why, and what failed in it: nobody may take for shown what was skipped, nor search for what broke.
import path from 'node:path';

/** The part of vitest's report that is read here. */
export type Skips = {
  testResults: {
    name: string;
    status?: string;
    assertionResults: { status: string; ancestorTitles: string[]; title: string }[];
  }[];
};

/**
 * One line of everything that was skipped. Why stands in the title, as `(needs …)`: of the group, or of the test.
 * @param root what file names are told from
 * @returns nothing where nothing was skipped
 */
export function skippedLine(root: string, reports: readonly Skips[]): string | undefined {
  const found = new Map<string, number>();
  for (const { name, assertionResults } of reports.flatMap(({ testResults }) => testResults))
    for (const { status, ancestorTitles, title } of assertionResults) {
      if (!['skipped', 'pending', 'todo', 'disabled'].includes(status)) continue;
      const titles = [...ancestorTitles, title];
      const said = titles.find((one) => one.includes('(needs ')) ?? `${titles[0]} (nobody says why)`;
      const key = `${path.relative(root, name)}: ${said}`;
      found.set(key, (found.get(key) ?? 0) + 1);
    }
  if (found.size === 0) return undefined;
  const all = [...found.values()].reduce((sum, n) => sum + n, 0);
  return `▲ ${all} not run: ${[...found].map(([what, n]) => (n > 1 ? `${what}, ${n} tests` : what)).join(' · ')}`;
}

/**
 * A line for each test that failed and each file that did not load, for the end of a run: whoever keeps only the last lines sees which.
 * @param root what file names are told from
 */
export const failedLines = (root: string, reports: readonly Skips[]): string[] =>
  reports
    .flatMap(({ testResults }) => testResults)
    .flatMap(({ name, status, assertionResults }) => {
      const failed = assertionResults.filter((one) => one.status === 'failed');
      const file = path.relative(root, name);
      if (failed.length === 0) return status === 'failed' ? [`✗ ${file}: did not load`] : [];
      return failed.map(({ ancestorTitles, title }) => `✗ ${file}: ${[...ancestorTitles, title].join(' > ')}`);
    });
