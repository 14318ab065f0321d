// The form as data: eighteen points in five steps, one matter on a screen. Codes and names only; the words live in #words.
import type { Words } from '#words';

/** Name of a field; the same key in the words. */
export type FieldName = keyof Words['fields'];
/** Name of a screen; the same key in the words. */
export type ScreenId = keyof Words['form']['screens'];
/** How a field looks and reads. `list`: a text with suggestions. `date`: day, month, year as three short texts. */
export type FieldKind = 'text' | 'digits' | 'long' | 'radios' | 'checkboxes' | 'date' | 'list';

/** One question. `max`: characters. `width`: size of the box in characters. */
export type Field = { name: FieldName; kind: FieldKind; required?: boolean; max?: number; width?: 4 | 5 | 10 | 20 };
/** One screen of the form and the step it belongs to. */
export type Screen = { id: ScreenId; step: 1 | 2 | 3 | 4 | 5; fields: readonly Field[] };

const text = (name: FieldName, max: number, more: Partial<Field> = {}): Field => ({ name, kind: 'text', max, ...more });
const digits = (name: FieldName, max: number, width: 4 | 5 | 10 | 20): Field => ({ name, kind: 'digits', max, width });
const radios = (name: FieldName, required = true): Field => ({ name, kind: 'radios', required });
const boxes = (name: FieldName, required = false): Field => ({ name, kind: 'checkboxes', required });
const date = (name: FieldName): Field => ({ name, kind: 'date' });
const long = (name: FieldName, max: number): Field => ({ name, kind: 'long', max });

/** Every screen, in the order of the form. Which of them she meets is decided in journey.ts. */
export const SCREENS: readonly Screen[] = [
  { id: 'danger', step: 1, fields: [radios('danger_now')] },
  { id: 'who', step: 1, fields: [radios('relation'), boxes('woman_or_girl', true)] },
  { id: 'reporter', step: 1, fields: [text('reporter_name', 100), digits('reporter_mobile', 20, 20)] },
  { id: 'name', step: 1, fields: [text('name', 100), text('guardian_name', 100), radios('guardian_relation', false)] },
  { id: 'age', step: 1, fields: [digits('age', 3, 4), date('born_on')] },
  { id: 'child', step: 1, fields: [radios('guardian_safe')] },
  { id: 'phone', step: 2, fields: [{ ...digits('mobile', 20, 20), required: true }, radios('seen_by')] },
  {
    id: 'contact',
    step: 2,
    fields: [
      boxes('modes', true),
      boxes('windows'),
      text('window_from', 5, { width: 5 }),
      text('window_to', 5, { width: 5 }),
    ],
  },
  {
    id: 'careful',
    step: 2,
    fields: [radios('voicemail', false), radios('decoy_subject', false), text('code_word', 20, { width: 20 })],
  },
  { id: 'language', step: 2, fields: [boxes('languages', true), boxes('access'), text('email', 254)] },
  {
    id: 'address',
    step: 3,
    fields: [
      { name: 'district', kind: 'list', required: true, max: 80 },
      digits('pin', 7, 10),
      long('address', 500),
      boxes('accused_lives_here'),
    ],
  },
  { id: 'station', step: 3, fields: [radios('station_choice'), { name: 'station', kind: 'list', max: 80 }] },
  { id: 'what', step: 4, fields: [boxes('happened', true)] },
  { id: 'when', step: 4, fields: [radios('precision'), date('when_from'), date('when_to')] },
  { id: 'where', step: 4, fields: [radios('place_type'), text('place', 300, { required: true }), text('url', 500)] },
  { id: 'accused', step: 4, fields: [] },
  {
    id: 'person',
    step: 4,
    fields: [
      radios('known'),
      text('accused_name', 100),
      radios('accused_relation', false),
      long('accused_description', 1000),
      text('accused_address', 300),
      boxes('accused_flags'),
    ],
  },
  { id: 'account', step: 4, fields: [radios('account_choice'), long('account', 20_000)] },
  { id: 'evidence', step: 4, fields: [] },
  {
    id: 'earlier',
    step: 4,
    fields: [
      radios('earlier_made'),
      text('earlier_station', 120),
      digits('earlier_number', 5, 5),
      digits('earlier_year', 4, 4),
      date('earlier_on'),
      text('earlier_officer', 120),
    ],
  },
  { id: 'needs', step: 5, fields: [boxes('needs')] },
  { id: 'check', step: 5, fields: [boxes('agreed', true)] },
];

/**
 * A screen by its name.
 * @param id a screen's name, perhaps from a stored draft
 * @returns the first screen for a name that is not known
 */
export const screenOf = (id: string): Screen => SCREENS.find((screen) => screen.id === id) ?? (SCREENS[0] as Screen);

/** The names of the inputs a field is made of. */
export const inputsOf = ({ name, kind }: Field): string[] =>
  kind === 'date' ? [`${name}_d`, `${name}_m`, `${name}_y`] : [name];
