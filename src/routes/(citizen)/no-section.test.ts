// She is never asked for a section of law: not by a field of her form, not by a word of her pages.
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { complaintForm } from '#intake';
import { words } from '#words';

/** Every text of a catalogue; what takes parameters is said with harmless ones. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return textsIn((value as (...told: unknown[]) => unknown)('1', '1', '1'));
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The name of every field in a schema, however deep. */
function fieldsIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as { properties?: object };
  return [...Object.keys(properties ?? {}), ...Object.values(schema).flatMap(fieldsIn)];
}

describe('her form', () => {
  const names = fieldsIn(z.toJSONSchema(complaintForm, { io: 'input', unrepresentable: 'any' }));

  test('has fields to look at', () => expect(names).toEqual(expect.arrayContaining(['happened', 'account', 'text'])));

  test('has no field for a section, an act or a code of law: only what happened, in plain words', () => {
    expect(names.filter((name) => /section|^acts?$|law|^code$|offence|ipc|bns|pocso/i.test(name))).toEqual([]);
    const happened = Object.keys(words('hi').fields.happened.options);
    expect(happened).toContain('stalking');
    expect(happened.filter((code) => /\d|section|ipc|bns|pocso/i.test(code))).toEqual([]);
  });
});

describe.each(['hi', 'en'] as const)('the words of her form in %s', (lang) => {
  const { form, fields, citizen } = words(lang);
  const texts = [form, fields, citizen].flatMap(textsIn);

  test('there are many', () => expect(texts.length).toBeGreaterThan(150));

  test('none of them names a section or asks for one; one says that she need not', () => {
    const names_law = /धारा|\b(IPC|BNS|BNSS|POCSO)\b|which (section|law|act)\b|sections? (of|\d)/i;
    const relieves = /आपको नहीं लिखनी|not you|need not|do not have to/;
    expect(texts.filter((text) => names_law.test(text) && !relieves.test(text))).toEqual([]);
    expect(
      texts.filter((text) => /कानून की धारा पुलिस लिखेगी|police .*section|section.* police/i.test(text)),
    ).toHaveLength(1);
  });
});
