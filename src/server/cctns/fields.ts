// What a row says in each field, wherever it stands: in a column of a table or under a key of an object.
import { FIELDS, type Field, type Layout } from './mapping.ts';

export type Got = Record<Field, string>;

/** The fields of a row of a table. */
export function csvFields(layout: Layout): (fields: readonly string[]) => Got {
  const places = FIELDS.map(
    (field) => [field, layout.at[field], layout.fixed[field] ?? '', layout.values[field]] as const,
  );
  return (fields) => {
    const got = {} as Got;
    for (const [field, at, fixed, values] of places) {
      const said = typeof at === 'number' ? (fields[at] ?? '') : fixed;
      got[field] = values?.[said.trim()] ?? said;
    }
    return got;
  };
}

/** The fields of a line that is one object; undefined where it is none. */
export function jsonFields(layout: Layout): (fields: readonly string[]) => Got | undefined {
  return ([line = '']) => {
    let row: unknown;
    try {
      row = JSON.parse(line);
    } catch {
      return undefined;
    }
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return undefined;
    const got = {} as Got;
    for (const field of FIELDS) {
      const at = layout.at[field];
      const said = at === undefined ? (layout.fixed[field] ?? '') : asText(reach(row, String(at)));
      got[field] = layout.values[field]?.[said.trim()] ?? said;
    }
    return got;
  };
}

// "fir.number" is the key of that name, or the key `number` of the object `fir`
function reach(row: object, key: string): unknown {
  if (Object.hasOwn(row, key)) return (row as Record<string, unknown>)[key];
  let at: unknown = row;
  for (const part of key.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}

// sections may come as a list of {act, section}, or of texts
function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(asText).join('; ');
  if (typeof value !== 'object') return String(value);
  const { act, section, acts, sections } = value as Record<string, unknown>;
  return [act ?? acts, section ?? sections].map(asText).filter(Boolean).join(' ');
}
