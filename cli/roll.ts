// `npm run itsso -- roll load FILE`: units, posts and officers of a State from a table.
import { readFileSync } from 'node:fs';
import { act, house } from '#foundation';
import { loadRoll, type RollFault, type RollLine, rollLine } from '#posts';

const MOST_SHOWN = 20;

/** The rows of a table with commas; what has a comma or a quote in it stands between quotes. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare = '', end] of text
    .replace(/^\uFEFF/, '')
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === '') break;
    if (end !== ',') rows.push([]);
  }
  return rows.filter((row) => row.some((field) => field.trim() !== ''));
}

function linesOf(text: string): { lines: RollLine[]; faults: RollFault[] } {
  const [head = [], ...rows] = rowsOf(text);
  const lines: RollLine[] = [];
  const faults: RollFault[] = [];
  for (const [n, row] of rows.entries()) {
    const parsed = rollLine.safeParse(
      Object.fromEntries(head.map((name, at) => [name.trim(), (row[at] ?? '').trim()])),
    );
    if (parsed.success) lines.push(parsed.data);
    else
      faults.push({
        line: n + 1,
        why: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'columns'}: ${message}`).join('; '),
      });
  }
  return { lines, faults };
}

/** Loads the table and says what came of it. @throws Error with the lines that are wrong; then nothing was kept */
export async function loadRollNow(file: string): Promise<void> {
  const { lines, faults } = linesOf(readFileSync(file, 'utf8'));
  const told = faults.length
    ? { units: 0, posts: 0, seated: 0, vacant: 0, faults }
    : await act(house(), 'posts.load-roll', (h) => loadRoll(h, lines));
  // the line of the head is the first of the file
  for (const { line, why } of told.faults.slice(0, MOST_SHOWN)) console.log(`  line ${line + 1}: ${why}`);
  if (told.faults.length > 0) throw new Error(`${told.faults.length} lines are wrong: nothing was kept.`);
  console.log(
    `${told.units} units and ${told.posts} posts are new, ${told.seated} officers were seated; ${told.vacant} posts are vacant.`,
  );
}
