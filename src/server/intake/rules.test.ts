import { expect, test } from 'vitest';
import { createSchema } from 'zod-openapi';
import { newNumber } from './codes.ts';
import { hasCheckDigit, withCheckDigit } from './damm.ts';
import { type ComplaintForm, complaintForm, numberCodeForm, receiptForm } from './forms.ts';
import { brake, canonical, childBy, districtOf, faultsAt, inFours, periodOf } from './rules.ts';

const NOW = Temporal.Instant.from('2026-03-05T10:00+05:30');
const body = (change: Record<string, unknown> = {}) => ({
  form_id: '0196f0a0-0000-7000-8000-000000000001',
  language: 'hi',
  channel: 'web',
  reporter: { relation: 'self' },
  affected: { woman_or_girl: true, name: 'आशा देवी', age: 24 },
  mobile: '98765 43210',
  safe_contact: { modes: ['call', 'sms'], windows: [{ from: '10:00', to: '17:00' }] },
  address_now: { district: 'in.up.kanpur_nagar' },
  station: 'any',
  happened: ['stalking'],
  when: { from: '2026-03-01', precision: 'day' },
  where: { place_type: 'public', text: 'बस अड्डे के पास' },
  account: { defer: true },
  agreed: true,
  notice_version: '1',
  ...change,
});
const parse = (change: Record<string, unknown> = {}): ComplaintForm => complaintForm.parse(body(change));
const codes = (change: Record<string, unknown>) =>
  complaintForm.safeParse(body(change)).error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`) ?? [];

test('the least that can be sent is enough, and what is left out has its quiet default', () => {
  expect(parse()).toMatchObject({
    mobile: '+919876543210',
    mobile_shared: false,
    phone_watched: false,
    accused: [],
    evidence: [],
    needs: { danger_now: false, doctor: false, safe_place: false, protection: false },
  });
});

test.each<[Record<string, unknown>, string]>([
  [{ form_id: 'x' }, 'form_id missing'],
  [{ language: 'fr' }, 'language not-an-answer'],
  [{ reporter: undefined }, 'reporter missing'],
  [{ reporter: { relation: 'boss' } }, 'reporter.relation not-an-answer'],
  [{ reporter: {} }, 'reporter.relation missing'],
  [{ affected: { age: 20 } }, 'affected.woman_or_girl for-women-and-girls'],
  [{ affected: { woman_or_girl: false, age: 20 } }, 'affected.woman_or_girl for-women-and-girls'],
  [{ affected: { woman_or_girl: true } }, 'affected.age age-missing'],
  [{ affected: { woman_or_girl: true, age: 121 } }, 'affected.age age-range'],
  [{ affected: { woman_or_girl: true, age: 20, name: 'Asha 7' } }, 'affected.name name-letters'],
  [{ affected: { woman_or_girl: true, age: 20, name: 'A\u0000sha' } }, 'affected.name control-characters'],
  [{ affected: { woman_or_girl: true, age: 20, name: 'क'.repeat(101) } }, 'affected.name too-long'],
  [{ affected: { woman_or_girl: true, born_on: '2001-02-30' } }, 'affected.born_on date-unreal'],
  [{ mobile: '5876543210' }, 'mobile mobile-wrong'],
  [{ mobile: undefined }, 'mobile missing'],
  [{ safe_contact: { modes: [], windows: [] } }, 'safe_contact.modes missing'],
  [{ safe_contact: { modes: ['call'], windows: [] } }, 'safe_contact.windows windows-missing'],
  [{ safe_contact: { modes: ['call', 'no_contact'], windows: [] } }, 'safe_contact.modes contact-either'],
  [
    { safe_contact: { modes: ['call'], windows: [{ from: '25:00', to: '10:00' }] } },
    'safe_contact.windows.0.from time-shape',
  ],
  [
    { safe_contact: { modes: ['call'], windows: [{ from: '10:00', to: '10:00' }] } },
    'safe_contact.windows.0.to time-order',
  ],
  [{ email: 'asha' }, 'email email-shape'],
  [{ safe_contact: { modes: ['email'], windows: [{ from: '10:00', to: '11:00' }] } }, 'email email-missing'],
  [{ address_now: { district: 'in.up.kanpur_nagar', pin: '0208017' } }, 'address_now.pin pin-shape'],
  [{ station: 'x; drop' }, 'station station-unknown'],
  [{ happened: [] }, 'happened missing'],
  [{ happened: ['BNS 64'] }, 'happened.0 not-an-answer'],
  [{ when: { precision: 'day' } }, 'when.from when-missing'],
  [{ when: { from: '2026-03', precision: 'day' } }, 'when.from date-parts'],
  [{ when: { from: '2026-02-30', precision: 'day' } }, 'when.from date-unreal'],
  [{ when: { from: '2026-03-02', to: '2026-03-01', precision: 'day' } }, 'when.to date-order'],
  [{ where: { place_type: 'public' } }, 'where.text where-missing'],
  [{ where: { place_type: 'public', text: 'x', point: { lat: 51, lon: 0 } } }, 'where.point.lat point-outside'],
  [{ accused: Array.from({ length: 21 }, () => ({})) }, 'accused too-many-items'],
  [{ account: {} }, 'account account-missing'],
  [{ account: { text: '  ' } }, 'account.text missing'],
  [{ account: { text: 'क'.repeat(20_001) } }, 'account.text too-long'],
  [{ account: { text: 'a\u0007b' } }, 'account control-characters'],
  [{ account: { text: 'x', defer: true } }, 'account account-missing'],
  [{ earlier: { number: '123456' } }, 'earlier.number number-shape'],
  [{ earlier: { number: '12/3' } }, 'earlier.number number-shape'],
  [{ earlier: { number: '12-3' } }, 'earlier.number number-shape'],
  [{ agreed: false }, 'agreed agree-missing'],
])('%j is answered with "%s"', (change, code) => {
  expect(codes(change)).toContain(code);
});

test('digits of either script, spaces and hyphens are the same digits', () => {
  expect(parse({ mobile: '+९१ ९८७६५-४३२१०' }).mobile).toBe('+919876543210');
  expect(receiptForm.parse({ receipt: '१२३४ 5678-9012 ३४५६' })).toEqual({ receipt: '1234567890123456' });
  expect(numberCodeForm.parse({ number: '1234-5678-9012', mobile: '०९८७६५४३२१०', code: '१२३ ४५६' })).toEqual({
    number: '123456789012',
    mobile: '+919876543210',
    code: '123456',
  });
});

test('marks that turn the reading direction are taken out of names, joiners stay', () => {
  expect(parse({ affected: { woman_or_girl: true, age: 24, name: ' \u202eAsha\u202c ' } }).affected.name).toBe('Asha');
  expect(parse({ affected: { woman_or_girl: true, age: 24, name: 'क्\u200dषमा' } }).affected.name).toBe('क्\u200dषमा');
});

test('what she wrote stays as she wrote it, line by line', () => {
  expect(parse({ account: { text: 'पहली\r\n\tदूसरी' } }).account).toEqual({ text: 'पहली\n\tदूसरी' });
});

test('empty texts and nulls count as left out', () => {
  const form = parse({ email: '', earlier: null, affected: { woman_or_girl: true, age: 24, name: '', born_on: null } });
  expect(form.email).toBeUndefined();
  expect(form.affected.name).toBeUndefined();
});

test('no contact needs no hours, and a district may be named by its last part', () => {
  expect(
    parse({ safe_contact: { modes: ['no_contact'] }, address_now: { district: 'Kanpur Nagar' } }).address_now.district,
  ).toBe('in.up.kanpur_nagar');
});

test('the form can be drawn as an OpenAPI schema with its lists of words', () => {
  const { schema, components } = createSchema(complaintForm, { io: 'input' });
  const text = JSON.stringify({ schema, components });
  for (const word of ['ReporterRelation', 'Happened', 'PlaceType', 'domestic_cruelty', 'no_contact'])
    expect(text).toContain(word);
});

test('a period is as long as she remembers', () => {
  expect(periodOf('2026')?.end.toString()).toBe('2026-12-31T18:29:59.999Z');
  expect(periodOf('2026-02')?.start.toString()).toBe('2026-01-31T18:30:00Z');
  expect(periodOf('2026-03-05')?.day.toString()).toBe('2026-03-05');
  expect(periodOf('2026-03-05T00:10')?.start.toString()).toBe('2026-03-04T18:40:00Z');
  expect(periodOf('2026-03-05T00:10:00+05:30')?.day.toString()).toBe('2026-03-05');
  for (const wrong of ['2026-13', '2026-02-30', 'yesterday', '2026-03-05T25:00', ''])
    expect(periodOf(wrong)).toBeUndefined();
});

test.each<[Record<string, unknown>, { path: string; code: string }[]]>([
  [{}, []],
  [{ when: { from: '2026-03', precision: 'month' } }, []],
  [{ when: { from: '2026-03-06', precision: 'day' } }, [{ path: 'when.from', code: 'date-future' }]],
  [{ when: { from: '2026-03-05T10:01+05:30', precision: 'exact' } }, [{ path: 'when.from', code: 'date-future' }]],
  [{ when: { from: '2026-03-01', to: '2026-04', precision: 'unknown' } }, [{ path: 'when.to', code: 'date-future' }]],
  [{ affected: { woman_or_girl: true, born_on: '2026-03-06' } }, [{ path: 'affected.born_on', code: 'date-future' }]],
  [{ affected: { woman_or_girl: true, born_on: '1890-01-01' } }, [{ path: 'affected.born_on', code: 'age-range' }]],
  [{ affected: { woman_or_girl: true, born_on: '2026-03-04' } }, [{ path: 'when.from', code: 'before-birth' }]],
  [{ earlier: { on: '2026-04-01' } }, [{ path: 'earlier.on', code: 'date-future' }]],
])('%j on 5 March 2026 has the faults %j', (change, faults) => {
  expect(faultsAt(parse(change), NOW)).toEqual(faults);
});

test.each<[Record<string, unknown>, Record<string, unknown>, boolean]>([
  [{ age: 17 }, { from: '2026-03-01', precision: 'day' }, true],
  [{ age: 18 }, { precision: 'unknown' }, false],
  [{ born_on: '2008-03-02' }, { from: '2026-03-01', precision: 'day' }, true],
  [{ born_on: '2008-03-02' }, { from: '2026-03-02', precision: 'day' }, false],
  [{ born_on: '2008-03-02' }, { from: '2026-03', precision: 'month' }, true],
  [{ born_on: '2025-06-02' }, { from: '2025', precision: 'year' }, true],
  [{ age: 40 }, { from: '1999', precision: 'year' }, true],
  [{ age: 40 }, { from: '2020-01-01', precision: 'day' }, false],
])('%j with %j: a child then is %s', (her, when, child) => {
  expect(childBy(parse({ affected: { woman_or_girl: true, ...her }, when }), NOW)).toBe(child);
});

test('the district of the chosen station calls her, else her own', () => {
  expect(districtOf(parse())).toBe('in.up.kanpur_nagar');
  expect(districtOf(parse({ station: 'in.up.lucknow.z.c.s' }))).toBe('in.up.lucknow');
});

test('equal forms have one spelling, whatever the order of their keys', () => {
  expect(canonical({ b: [1, { d: null, c: 'x' }], a: undefined, e: true })).toBe(
    '{"b":[1,{"c":"x","d":null}],"e":true}',
  );
  expect(canonical(parse())).toBe(canonical(complaintForm.parse(Object.fromEntries(Object.entries(body()).reverse()))));
});

test('the Damm digit is the published one and finds every single wrong digit and every exchange of neighbours', () => {
  expect(withCheckDigit('572')).toBe('5724');
  for (let i = 0; i < 200; i++) {
    const number = newNumber();
    expect(number).toMatch(/^[1-9]\d{11}$/);
    expect(hasCheckDigit(number)).toBe(true);
    for (let at = 0; at < 12; at++) {
      for (let digit = 0; digit < 10; digit++) {
        if (number[at] === String(digit)) continue;
        expect(hasCheckDigit(number.slice(0, at) + digit + number.slice(at + 1))).toBe(false);
      }
      const [a, b] = [number[at], number[at + 1]];
      if (b !== undefined && a !== b)
        expect(hasCheckDigit(number.slice(0, at) + b + a + number.slice(at + 2))).toBe(false);
    }
  }
});

test('the brake begins with the tenth failure, lasts a minute at most, and lets go by itself', () => {
  const last = NOW;
  expect(brake({ n: 9, last }, NOW)).toBe(0);
  expect(brake({ n: 10, last }, NOW)).toBe(60);
  expect(brake({ n: 500, last }, NOW.add({ seconds: 59, milliseconds: 500 }))).toBe(1);
  expect(brake({ n: 500, last }, NOW.add({ seconds: 60 }))).toBe(0);
});

test('a receipt is read in fours', () => {
  expect(inFours('1234567890123456')).toBe('1234 5678 9012 3456');
});
