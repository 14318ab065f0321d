// What this process counts and times, as Prometheus reads it. Labels are names written in this program: routes, deeds, codes. Nothing that
// came in is ever a label; whoever wants to count something else adds it to the table.
import { monitorEventLoopDelay } from 'node:perf_hooks';

type Kind = 'histogram' | 'counter';
const TABLE = {
  request_seconds: {
    kind: 'histogram',
    says: 'Requests answered, by route, method and status',
    labels: ['route', 'method', 'status'],
  },
  act_seconds: { kind: 'histogram', says: 'Acts and readings, by deed and how they ended', labels: ['deed', 'ended'] },
  job_seconds: { kind: 'histogram', says: 'Jobs done, by name and how they ended', labels: ['job', 'ended'] },
  sweep_seconds: {
    kind: 'histogram',
    says: 'Rounds by the clock, by room and how they ended',
    labels: ['room', 'ended'],
  },
} as const satisfies Record<string, { kind: Kind; says: string; labels: readonly string[] }>;
type Name = keyof typeof TABLE;

/** Upper ends in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
type Series = { labels: string; counts: number[]; sum: number; count: number };
const kept = new Map<Name, Map<string, Series>>();
const MOST_SERIES = 3000;

const shown = new Map<string, { says: string; value: () => number }>();
/** Shows one more number of this process, as it stands when it is asked for. @param name `process_…` */
export const showOwn = (name: string, says: string, value: () => number): void => {
  shown.set(name, { says, value });
};

const delay = monitorEventLoopDelay({ resolution: 20 });
delay.enable();

const quoted = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', ' ');

/**
 * Counts one and how long it took.
 * @param values in the order of the table's labels
 * @param seconds how long
 */
export function measure(name: Name, values: readonly string[], seconds: number): void {
  const all = kept.get(name) ?? new Map<string, Series>();
  kept.set(name, all);
  const labels = TABLE[name].labels.map((label, n) => `${label}="${quoted(values[n] ?? '')}"`).join(',');
  let one = all.get(labels);
  if (!one) {
    // names of this program are few; should something else get in here, it does not fill the memory
    if (all.size >= MOST_SERIES) return;
    one = { labels, counts: BUCKETS.map(() => 0), sum: 0, count: 0 };
    all.set(labels, one);
  }
  one.sum += seconds;
  one.count += 1;
  const n = BUCKETS.findIndex((end) => seconds <= end);
  if (n >= 0) one.counts[n] = (one.counts[n] ?? 0) + 1;
}

/** Times some work and counts how it ended: `done`, a refusal's code as the work's error names it, or `fault`. */
export async function timed<T>(name: Name, first: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  let ended = 'fault';
  try {
    const result = await work();
    ended = 'done';
    return result;
  } catch (error) {
    if (error instanceof Error && error.name === 'Refusal') ended = 'refused';
    throw error;
  } finally {
    measure(name, [first, ended], (performance.now() - started) / 1000);
  }
}

/** All of it, in the text format 0.0.4, with what the process uses. */
export function measuresText(): string {
  const lines: string[] = [];
  for (const [name, all] of kept) {
    lines.push(`# HELP itsso_${name} ${TABLE[name].says}`, `# TYPE itsso_${name} ${TABLE[name].kind}`);
    for (const { labels, counts, sum, count } of all.values()) {
      let below = 0;
      for (const [n, end] of BUCKETS.entries()) {
        below += counts[n] ?? 0;
        lines.push(`itsso_${name}_bucket{${labels},le="${end}"} ${below}`);
      }
      lines.push(
        `itsso_${name}_bucket{${labels},le="+Inf"} ${count}`,
        `itsso_${name}_sum{${labels}} ${sum}`,
        `itsso_${name}_count{${labels}} ${count}`,
      );
    }
  }
  const memory = process.memoryUsage();
  const own: [string, string, number][] = [
    ['process_resident_bytes', 'Memory of this process', memory.rss],
    ['process_heap_bytes', 'Of this its heap', memory.heapUsed],
    ['process_up_seconds', 'Since this process began', process.uptime()],
    ['process_loop_delay_seconds', 'How late the event loop was, 99th percentile', delay.percentile(99) / 1e9],
    ...[...shown].map(([name, { says, value }]): [string, string, number] => [name, says, value()]),
  ];
  for (const [name, says, value] of own)
    lines.push(`# HELP itsso_${name} ${says}`, `# TYPE itsso_${name} gauge`, `itsso_${name} ${value}`);
  return `${lines.join('\n')}\n`;
}
/** The names told, for whoever writes rules and dashboards. */
export const MEASURE_NAMES: readonly string[] = Object.keys(TABLE).flatMap((name) =>
  ['_bucket', '_sum', '_count'].map((end) => `itsso_${name}${end}`),
);
