// `npm run itsso -- roll load FILE`: units, posts and officers of a State from a table.
import { readFileSync } from 'node:fs';
import { rowsOfTable } from '#cctns';
import { act, house } from '#foundation';
import { loadRoll, type RollFault, type RollLine, rollLine } from '#posts';

const MOST_SHOWN = 20;

/** The lines of the table as the roll takes them, where each stands in the file, and what cannot be read. */
function linesOf(text: string): { lines: RollLine[]; at: number[]; faults: RollFault[] } {
  const [head, ...rows] = rowsOfTable(text.replace(/^\uFEFF/, ''), 0, ',', true).rows;
  const names = head?.fields?.map((name) => name.trim()) ?? [];
  const lines: RollLine[] = [];
  const at: number[] = [];
  const faults: RollFault[] = [];
  for (const { line, fields } of rows) {
    const parsed = rollLine.safeParse(Object.fromEntries(names.map((name, n) => [name, (fields?.[n] ?? '').trim()])));
    const more = fields?.slice(names.length).join().trim();
    if (!fields) faults.push({ line, why: 'a quote is not closed' });
    else if (fields.every((field) => field.trim() === '')) continue;
    else if (more) faults.push({ line, why: `more fields than columns: ${more}` });
    else if (parsed.success) {
      lines.push(parsed.data);
      at.push(line);
    } else
      faults.push({
        line,
        why: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'columns'}: ${message}`).join('; '),
      });
  }
  return { lines, at, faults };
}

/** Loads the table and says what came of it. @throws Error with the lines that are wrong; then nothing was kept */
export async function loadRollNow(file: string): Promise<void> {
  const { lines, at, faults } = linesOf(readFileSync(file, 'utf8'));
  const told = faults.length
    ? { units: 0, posts: 0, seated: 0, vacant: 0, faults }
    : await act(house(), 'posts.load-roll', (h) => loadRoll(h, lines));
  for (const { line, why } of told.faults.slice(0, MOST_SHOWN))
    console.log(`  line ${faults.length ? line : at[line - 1]}: ${why}`);
  if (told.faults.length > 0) throw new Error(`${told.faults.length} lines are wrong: nothing was kept.`);
  console.log(
    `${told.units} units and ${told.posts} posts are new, ${told.seated} officers were seated; ${told.vacant} posts are vacant.`,
  );
}
