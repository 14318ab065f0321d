// What a run does, line by line, into a file: every statement, what came of every turn, what stands in the database then. Held against the trace of
// another run of the same seed, it ends at the first line that differs, which is where something decided that was not the seed.
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

/** So many lines before the first that differs are shown with it. */
const BEFORE = 12;
const LONGEST = 160;

export type Trace = {
  line: (text: string) => void;
  close: () => void;
};

// thrown where a run leaves the way of the one before
const differs = (before: readonly string[], was: string | undefined, is: string): Error =>
  new Error(
    ['the run differs from the one before it:', ...before.map((line) => `    ${line}`), `  - ${was}`, `  + ${is}`].join(
      '\n',
    ),
  );

/**
 * Opens a trace.
 * @param where.to a file that it is written to
 * @param where.against a file of a run before, which it is held against
 */
export function openTrace({ to, against }: { to?: string | undefined; against?: string | undefined }): Trace {
  const file = to === undefined ? undefined : openSync(to, 'w');
  const known = against === undefined ? undefined : readFileSync(against, 'utf8').trimEnd().split('\n');
  const before: string[] = [];
  let n = 0;
  let other: Error | undefined;
  // whoever tries again what threw – a job, whoever had no answer – is told the same once more
  const leave = (was: string | undefined, is: string): never => {
    other ??= differs(before, was, is);
    throw other;
  };
  return {
    line(text) {
      if (other) throw other;
      const short = text.replaceAll(/\s+/g, ' ').slice(0, LONGEST);
      if (file !== undefined) writeSync(file, `${short}\n`);
      if (known && known[n] !== short) leave(known[n] ?? 'nothing more', short);
      n++;
      before.push(short);
      if (before.length > BEFORE) before.shift();
    },
    close() {
      if (file !== undefined) closeSync(file);
      if (known && n < known.length) leave(known[n], 'nothing more');
    },
  };
}
