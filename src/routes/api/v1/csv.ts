// Tables as text: quoted where it has to be, and nothing in them that a sheet would take for a formula.
import { rejectionsOf } from '#cctns';
import type { Actor } from '#foundation';
import { type Lang, pick, words } from '#words';
import { sheetCell } from '../../sheet-cell.ts';

/** One line of a table. */
export const csvLine = (fields: readonly string[]): string => `${fields.map(sheetCell).join(',')}\r\n`;

/** What was refused of a batch, part by part: line, column, value, code, and the reason in words. */
export async function* rejectionLines(who: Actor, batch: string, lang: Lang): AsyncGenerator<string> {
  const { faults } = words(lang).imports;
  yield csvLine(['line', 'column', 'value', 'code', 'message']);
  for await (const part of rejectionsOf(who, batch))
    yield part
      .map((row) => csvLine([String(row.line), row.field, row.value, row.code, pick(faults, row.code, row.code)]))
      .join('');
}
