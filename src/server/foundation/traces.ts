// Traces for whoever collects them by OpenTelemetry's protocol (OTLP over HTTP, JSON): which request led to which acts, and how long each took.
// Names and codes of this program only. Without OTEL_EXPORTER_OTLP_ENDPOINT nothing is gathered and nothing is sent.
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { faultOf, log } from './log.ts';

const EVERY_MS = 2000;
const MOST = 5000;
const FAILED = 2;
/** OpenTelemetry's numbers for what a span is. */
const KINDS = { internal: 1, server: 2 } as const;

type Within = { trace: string; span: string };
type Span = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: { stringValue: string } }[];
  status?: { code: number };
};

const here = new AsyncLocalStorage<Within>();
let endpoint: string | undefined;
let waiting: Span[] = [];
let timer: NodeJS.Timeout | undefined;
// the wall's clock once; after that the one that only goes forward
const origin = BigInt(Math.round(performance.timeOrigin * 1e6));
const nano = (at: number): string => (origin + BigInt(Math.round(at * 1e6))).toString();

/** Begins to send, where the environment names a collector. */
export function startTracing(env: NodeJS.ProcessEnv): void {
  endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/$/, '');
  if (!endpoint) return;
  timer = setInterval(() => void send(), EVERY_MS);
  timer.unref();
}
/** Sends what is left and ends. */
export async function stopTracing(): Promise<void> {
  clearInterval(timer);
  await send();
  endpoint = undefined;
}

async function send(): Promise<void> {
  const spans = waiting;
  waiting = [];
  if (!endpoint || spans.length === 0) return;
  const resource = {
    attributes: [{ key: 'service.name', value: { stringValue: `itsso-${process.env.ITSSO_ROLE ?? 'all'}` } }],
  };
  const taken = await fetch(`${endpoint}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'itsso' }, spans }] }] }),
    signal: AbortSignal.timeout(5000),
  }).catch((error: unknown) => log.warn(faultOf(error), 'traces were not taken'));
  // a collector that answers and takes nothing is as good as none
  if (taken && !taken.ok) log.warn({ status: taken.status }, 'traces were not taken');
}

const PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;
/**
 * Does some work as a span of the trace it belongs to.
 * @param traceparent what the request says of the trace it belongs to (W3C); else it begins one
 * @param told attributes to add when the work is done: codes and names of this program
 */
export async function traced<T>(
  name: string,
  kind: keyof typeof KINDS,
  work: () => Promise<T>,
  told: (result: T | undefined) => Record<string, string> = () => ({}),
  traceparent?: string | null,
): Promise<T> {
  if (!endpoint) return work();
  const [, trace, parent] = PARENT.exec(traceparent ?? '') ?? [];
  const outer = here.getStore() ?? (trace && parent ? { trace, span: parent } : undefined);
  const own = { trace: outer?.trace ?? randomBytes(16).toString('hex'), span: randomBytes(8).toString('hex') };
  const started = performance.now();
  let result: T | undefined;
  let ok = false;
  try {
    result = await here.run(own, work);
    ok = true;
    return result;
  } finally {
    if (waiting.length < MOST)
      waiting.push({
        traceId: own.trace,
        spanId: own.span,
        ...(outer ? { parentSpanId: outer.span } : {}),
        name,
        kind: KINDS[kind],
        startTimeUnixNano: nano(started),
        endTimeUnixNano: nano(performance.now()),
        attributes: Object.entries(told(result)).map(([key, stringValue]) => ({ key, value: { stringValue } })),
        ...(ok ? {} : { status: { code: FAILED } }),
      });
  }
}
