import { expect, test } from 'vitest';
import { PURPOSES } from './forms.ts';
import { classOf, fieldsFor, IDENTITY_FIELDS, maskMobile, NARRATIVE_FIELDS, placeOf, toE164 } from './rules.ts';

test.each([
  ['9876543210', '+919876543210'],
  ['09876543210', '+919876543210'],
  ['+91 98765 43210', '+919876543210'],
  ['91-9876-543210', '+919876543210'],
  ['९८७६५ ४३२१०', '+919876543210'],
  ['(987) 654.3210', '+919876543210'],
])('%s is the mobile number %s', (typed, e164) => {
  expect(toE164(typed)).toBe(e164);
});

test.each(['5876543210', '987654321', '98765432100', '+1 9876543210', '', 'नौ आठ', '9876543210; drop'])(
  '"%s" is no Indian mobile number',
  (typed) => {
    expect(toE164(typed)).toBeUndefined();
  },
);

test('a mask shows the last four digits and no other', () => {
  expect(maskMobile('+919876543210')).toBe('••••••3210');
});

test('each field lies under one key, and its place names class, field and case', () => {
  for (const field of IDENTITY_FIELDS) expect(classOf(field)).toBe('identity');
  for (const field of NARRATIVE_FIELDS) expect(classOf(field)).toBe('narrative');
  expect(placeOf('identity', 'person', 'x')).not.toBe(placeOf('narrative', 'person', 'x'));
});

test('calling her back opens the contact alone; every purpose opens the contact', () => {
  expect(fieldsFor('call-back')).toEqual(['contact']);
  for (const purpose of PURPOSES) expect(fieldsFor(purpose)).toContain('contact');
});
