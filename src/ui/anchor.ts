// Where an error leads to. A fragment stands in the address bar, and in what a phone remembers: it must not tell that there is a form.
import { words } from '#words';

// what the pages behind her gate ask
const BEHIND = [
  'text',
  'time',
  'by_phone',
  'woman',
  'desk',
  'reason',
  'answer',
  'respect',
  'called',
  'pressed',
  'again',
];
const KNOWN = [...Object.keys(words('hi').fields), 'people', 'resend', 'files', 'file', ...BEHIND];

/**
 * The id of an input on her pages: `f7`, with a letter for a part of a date (`f9d`); `c7` for the button that changes its answer.
 * @param name the input's name, or `change-` and the name of a field
 * @returns the id; `main` for what is no input of ours
 */
export function anchor(name: string): string {
  const [, change, field = '', part = ''] = /^(change-)?(.+?)(?:_([dmy]))?$/.exec(name) ?? [];
  const nth = KNOWN.indexOf(field);
  return nth < 0 ? 'main' : `${change ? 'c' : 'f'}${nth + 1}${part}`;
}
