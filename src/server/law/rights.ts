// What she is entitled to and whom she can call: only what has been verified leaves this file.
import numbers from './helplines.json' with { type: 'json' };
import table from './rights.json' with { type: 'json' };

/** A right in plain words. The words are our summary; `law` names the section they rest on. */
export type Right = {
  id: string;
  text_en: string;
  text_hi: string;
  law: string;
  /** the same in Hindi, where the section is cited with words; names of judgments stay as they are */
  law_hi?: string;
  scope: string;
  verified: true;
  source: string;
};

/** A number she can call. Calls appear in the phone's log: the page that shows it must say so. */
export type Helpline = {
  number: string;
  name_en: string;
  name_hi: string;
  verified: true;
  source: string;
  free?: boolean;
  notes?: string;
};

/**
 * The rights that may be shown to her as law.
 * @param rows for tests; the table of rights by default
 * @returns verified rows only
 */
export function verifiedRights(rows: readonly { verified: boolean }[] = table.rights): readonly Right[] {
  return rows.filter((row) => row.verified === true) as unknown as readonly Right[];
}

/**
 * The helplines that may be shown to her.
 * @param rows for tests; the table of helplines by default
 * @returns verified rows only, emergency number first
 */
export function helplines(rows: readonly { verified: boolean }[] = numbers.helplines): readonly Helpline[] {
  return rows.filter((row) => row.verified === true) as unknown as readonly Helpline[];
}
