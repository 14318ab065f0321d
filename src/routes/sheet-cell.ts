// One value of a table of comma-separated values, as a spreadsheet may open it.

// What may stand before the sign and is not seen or stripped on the way in: separators, control and format characters, marks of nothing.
const UNSEEN = /^[\p{Z}\p{C}\s\u115f\u1160\u3164\uffa0]*/u;
// the signs with which a sheet begins a formula, as they are typed and in full width
const FORMULA = /^[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]/;
const BREAKS = /^[\t\r\n\0]/;

/**
 * A cell that no spreadsheet takes for a formula, quoted where it has to be (RFC 4180). A mark is set before what begins with a sign of
 * formulas, also behind spaces and letters that nobody sees.
 * @param value the text; nothing is an empty cell, a number is itself
 */
export function sheetCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = BREAKS.test(value) || FORMULA.test(value.replace(UNSEEN, '')) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
