// A trace held against the one of a run before ends at the first line that is another, and shows it with those before it.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openTrace } from '../../sim/trace.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'itsso-trace-'));
const file = path.join(folder, 'before');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (lines: readonly string[], where: { to?: string; against?: string }) => {
  const trace = openTrace(where);
  for (const line of lines) trace.line(line);
  trace.close();
};
const LINES = ['she files', '  insert into\n   "casework"."file"', 'she looks'];

test('it is written line by line, and the same lines are no difference', () => {
  write(LINES, { to: file });
  expect(readFileSync(file, 'utf8')).toBe('she files\n insert into "casework"."file"\nshe looks\n');
  write(LINES, { against: file });
});

test('the first line that differs is named with what came before it', () => {
  write(LINES, { to: file });
  const [one = '', two = ''] = LINES;
  expect(() => write([one, two, 'she waits'], { against: file })).toThrow(
    / {4}she files\n.*"casework"."file"\n {2}- she looks\n {2}\+ she waits$/,
  );
});

test('whoever goes on all the same is told of the first difference again', () => {
  write(LINES, { to: file });
  const trace = openTrace({ against: file });
  expect(() => trace.line('she waits')).toThrow('+ she waits');
  expect(() => trace.line('she files')).toThrow('+ she waits');
  expect(() => trace.close()).toThrow('+ she waits');
});

test('a run that ends earlier, or goes on, differs too', () => {
  write(LINES, { to: file });
  expect(() => write(LINES.slice(0, 2), { against: file })).toThrow('- she looks\n  + nothing more');
  expect(() => write([...LINES, 'she looks'], { against: file })).toThrow('- nothing more\n  + she looks');
});
