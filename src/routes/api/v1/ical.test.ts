// A calendar that any program can read: folded by octets, escaped, and read back by a parser that knows nothing of who wrote it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FedClock } from '#casework';
import { RULE_IDS, RULES } from '#law';
import { escapeText, fold, icalOf } from './ical.ts';

// RFC 5545: unfold, then split into lines; a value of type TEXT is read from left to right
const unfold = (text: string): string[] =>
  text
    .replace(/\r\n[ \t]/g, '')
    .split('\r\n')
    .filter((line) => line !== '');
const plain = (text: string): string =>
  text.replace(/\\(.)/gs, (_, one: string) => (one === 'n' || one === 'N' ? '\n' : one));
const octets = (line: string): number => Buffer.byteLength(line, 'utf8');
const parse = (text: string): Map<string, string>[] => {
  const events: Map<string, string>[] = [];
  for (const line of unfold(text)) {
    const colon = line.indexOf(':');
    const [name, value] = [line.slice(0, colon), line.slice(colon + 1)];
    if (line === 'BEGIN:VEVENT') events.push(new Map());
    else events.at(-1)?.set(name, value);
  }
  return events;
};

const hindi = fc.array(
  fc.constantFrom(...'कखगघजांचपूरीकरनादोमहीनेनियमश्रीज्ञक्षत्र ।,;:\\"\n\r\t–·abcXYZ0123', '😀', '\u200d', '\u0007', '\ud800'),
  { maxLength: 300 },
);
const texts = fc.oneof(
  hindi.map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 300 }),
);
// what cannot be written in a calendar at all
const writable = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are left out
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');

test('whatever is written is read back, whatever letters it has', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const [line] = unfold(fold(`SUMMARY:${escapeText(text)}`));
      expect(plain(line?.slice('SUMMARY:'.length) ?? '')).toBe(writable(text));
    }),
    { numRuns: 1000 },
  );
});

test('no line has more than 75 octets, none is cut within a letter, and every line but the first begins with a blank', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const folded = fold(`SUMMARY:${escapeText(text)}`);
      expect(folded.endsWith('\r\n')).toBe(true);
      const lines = folded.slice(0, -2).split('\r\n');
      lines.forEach((line, n) => {
        expect(octets(line)).toBeLessThanOrEqual(75);
        expect(line.isWellFormed()).toBe(true);
        if (n > 0) expect(line.startsWith(' ')).toBe(true);
        // no line is shorter than it must be: another letter would not have fitted
        if (n < lines.length - 1) expect(octets(line)).toBeGreaterThan(75 - 4);
      });
    }),
    { numRuns: 1000 },
  );
});

const clock = (change: Partial<FedClock> = {}): FedClock => ({
  uid: 'ab12',
  rule: 'investigation_two_months',
  kind: 'law',
  due_at: Temporal.Instant.from('2026-03-05T23:59:59.999+05:30'),
  due_on: Temporal.PlainDate.from('2026-03-05'),
  register: { serial: 14, year: 2026 },
  ...change,
});
const at = Temporal.Instant.from('2026-01-05T10:00:00.123+05:30');

test('a limit of days is an all-day event, an hour of the clock is an instant in UTC', () => {
  const hours = { rule: 'pocso_report_24h', due_at: Temporal.Instant.from('2026-01-06T04:10:30.5+05:30') };
  const [two, one] = parse(icalOf({ language: 'hi', at, clocks: [clock(), clock(hours)] }));
  expect(two?.get('DTSTART;VALUE=DATE')).toBe('20260305');
  expect(two?.get('DTEND;VALUE=DATE')).toBe('20260306');
  expect(two?.get('DTSTAMP')).toBe('20260105T043000Z');
  expect(one?.get('DTSTART')).toBe('20260105T224030Z');
  expect(one?.has('DTEND')).toBe(false);
});

test('a summary is a duty that every case has, and the register number; nothing else is told', () => {
  const told = icalOf({ language: 'hi', at, clocks: [clock(), clock({ kind: 'police-target', register: null })] });
  const [law, target] = parse(told);
  expect(law?.get('SUMMARY')).toBe(escapeText('जांच पूरी करना, दो महीने · 14/2026'));
  expect(target?.get('SUMMARY')).toBe(escapeText('जांच पूरी करना, दो महीने'));
  expect([...(law?.keys() ?? [])].sort()).toEqual(
    ['CLASS', 'DTEND;VALUE=DATE', 'DTSTAMP', 'DTSTART;VALUE=DATE', 'END', 'SUMMARY', 'TRANSP', 'UID'].sort(),
  );
  expect(told).not.toMatch(/VALARM|URL|LOCATION|DESCRIPTION|ATTENDEE|ORGANIZER|http/);
});

test.each(
  RULE_IDS.filter(
    (rule) => RULES[rule].applies.to !== 'every-case' && !['investigation_two_months', 'default_bail'].includes(rule),
  ),
)('a duty of some cases only is not named: %s', (rule) => {
  const [event] = parse(icalOf({ language: 'hi', at, clocks: [clock({ rule })] }));
  expect(event?.get('SUMMARY')).toBe('काम · 14/2026');
});

test('the calendar says what it is and how often it is worth asking', () => {
  const lines = unfold(icalOf({ language: 'en', at, clocks: [] }));
  expect(lines[0]).toBe('BEGIN:VCALENDAR');
  expect(lines.at(-1)).toBe('END:VCALENDAR');
  expect(lines).toContain('VERSION:2.0');
  expect(lines).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT1H');
  expect(lines.some((line) => line.startsWith('PRODID:'))).toBe(true);
  expect(lines).toContain('X-WR-CALNAME:ITSSO: limits and targets');
});
