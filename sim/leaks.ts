// I10: her name, her words and her number stand nowhere in the clear: in no table, however written, in no piece of PostgreSQL's own log, in no
// line that the process says, in nothing that is told on the live stream, in no SMS.
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import { hear, log, startListening, stopListening } from '#foundation';
import type { TestHouse } from '../test/house.ts';
import { CANARY } from './case.ts';
import type { Broken } from './invariants.ts';

/** How a text may be written down: as it is, as the digits of its bytes, in base 64 wherever it begins. */
function writings(text: string): string[] {
  const bytes = Buffer.from(text);
  // of the signs of base 64 only those count that no neighbour has a part in
  const base64 = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6)),
  );
  return [text, bytes.toString('hex'), ...base64];
}

// her number in the practice outbox stands for the operator's network, which must have it
const SENT = ['notify.sandbox_sent'];

/**
 * @param numbers of those who filed
 * @param word that stands in all they told
 * @param secrets codes and receipts, which stand nowhere but in her hand
 * @returns every table in which something of theirs stands in the clear
 */
export async function leaked(
  h: TestHouse,
  numbers: readonly string[],
  word = CANARY,
  secrets: readonly string[] = [],
): Promise<Broken[]> {
  const tables = await h.sql<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`,
  );
  const words = [...writings(word), ...numbers.flatMap((number) => [number, Buffer.from(number).toString('hex')])];
  return h.sql<Broken>(
    tables
      .filter(({ name }) => !SENT.includes(name))
      .map(
        ({ name }) =>
          `select 'I10 in the clear' as invariant, '${name}' as what where exists (select from ${name} t where t::text ~* $1)`,
      )
      .join(' union all '),
    [
      [
        ...words.map((one) => one.replaceAll(/[+/]/g, '\\$&')),
        // digits of a hash or of an instant are none of a code: by themselves, or in groups of four
        ...secrets.map((one) => `\\m${one.replaceAll(/\d{4}(?=\d)/g, '$& ?')}\\M`),
      ].join('|'),
    ],
  );
}

const SEGMENT = 16n * 1024n * 1024n;

const MOST_OVERLAP = 64n;

/**
 * Looks at what PostgreSQL writes to its own log from now on. It keeps that for some time only: ask now and then.
 * @returns asks what was written since it was asked last; `all`: also what still waits to be written
 */
export async function watchTheDisk(h: TestHouse, word = CANARY): Promise<(all?: boolean) => Promise<Broken[]>> {
  const words = writings(word).map((one) => Buffer.from(one));
  const [server] = await h.sql<{ folder: string; timeline: string; at: string }>(
    `select current_setting('data_directory') as folder, lpad(to_hex(timeline_id), 8, '0') as timeline,
       (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::text as at from pg_control_checkpoint()`,
  );
  const nameOf = (n: bigint): string =>
    [server?.timeline ?? '', (n / 256n).toString(16).padStart(8, '0'), (n % 256n).toString(16).padStart(8, '0')]
      .join('')
      .toUpperCase();
  let from = BigInt(server?.at ?? 0);
  return async (all = false) => {
    if (all) await h.sql('select pg_switch_wal()');
    const [now] = await h.sql<{ at: string }>(`select (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::text as at`);
    const to = BigInt(now?.at ?? 0);
    const found: Broken[] = [];
    for (let at = from; at < to; ) {
      const n = at / SEGMENT;
      const end = to < (n + 1n) * SEGMENT ? to : (n + 1n) * SEGMENT;
      const file = path.join(server?.folder ?? '', 'pg_wal', nameOf(n));
      // what the server has let go of since is not there to be looked at
      if (existsSync(file)) {
        const bytes = Buffer.alloc(Number(end - at));
        const open = openSync(file, 'r');
        readSync(open, bytes, 0, bytes.length, Number(at % SEGMENT));
        closeSync(open);
        if (words.some((one) => bytes.includes(one)))
          found.push({ invariant: 'I10 in the log of PostgreSQL', what: nameOf(n) });
      }
      at = end;
    }
    // a word that was cut in two is whole with the next look
    if (to > from + MOST_OVERLAP) from = to - MOST_OVERLAP;
    return found;
  };
}

/** What a run says beside its answers, and whether it says something of hers. */
export type Ears = {
  /** @param digits codes, receipts and numbers of telephones that were given until now: no line since the last time may hold one */
  found: (digits?: ReadonlySet<string>) => Broken[];
  heard: () => number;
  close: () => Promise<void>;
};

/** Whether a text tells of her. */
export const saysHers = (text: string): boolean => writings(CANARY).some((word) => text.includes(word));

/** How long what is secret and consists of digits is: a code, a telephone, a receipt. */
const LENGTHS = [8, 10, 16];
/** Whether a text holds one of these digits, also in groups. */
export function holdsOneOf(text: string, digits: ReadonlySet<string>): boolean {
  for (const [run] of text.matchAll(/\d[\d -]{6,}\d/g)) {
    const plain = run.replaceAll(/[ -]/g, '');
    for (const length of LENGTHS)
      for (let at = 0; at + length <= plain.length; at++) if (digits.has(plain.slice(at, at + length))) return true;
  }
  return false;
}

const WRITES = pino.symbols.streamSym as unknown as keyof typeof log;

/**
 * Listens to the live stream of a house, and to every line of the process's log, also those that it would not write at its level; and to
 * whatever else goes to the output.
 */
export async function openEars(h: TestHouse): Promise<Ears> {
  const found: Broken[] = [];
  const lines: string[] = [];
  let heard = 0;
  await startListening(h.elsewhere);
  const deaf = hear((topic, id) => {
    heard++;
    if (saysHers(`${topic} ${id}`)) found.push({ invariant: 'I10 on the live stream', what: topic });
    // a topic and an id, or the name of what is meant: no sentence
    if (!/^[\w:.-]+$/.test(id)) found.push({ invariant: 'I10 more than an id on the live stream', what: topic });
  });
  const { level, levelVal } = log;
  const stream = log[WRITES] as unknown as { write: (line: string) => unknown };
  const write = stream.write.bind(stream);
  log.level = 'trace';
  stream.write = (line) => {
    if (saysHers(line)) found.push({ invariant: 'I10 in a line of the log', what: 'a line' });
    lines.push(line);
    return (JSON.parse(line) as { level: number }).level < levelVal || write(line);
  };
  const outputs = [process.stdout, process.stderr].map((output) => ({ output, said: output.write.bind(output) }));
  for (const { output, said } of outputs)
    output.write = ((...words: Parameters<typeof said>) => {
      lines.push(String(words[0]));
      if (saysHers(String(words[0]))) found.push({ invariant: 'I10 said on the output', what: 'a line' });
      return said(...words);
    }) as typeof output.write;
  return {
    found(digits = new Set()) {
      for (const line of lines.splice(0))
        if (holdsOneOf(line, digits))
          found.push({ invariant: 'I10 a code or a number in a line of the log', what: 'a line' });
      return found.splice(0);
    },
    heard: () => heard,
    async close() {
      for (const { output, said } of outputs) output.write = said;
      stream.write = write;
      log.level = level;
      deaf();
      await stopListening();
    },
  };
}
