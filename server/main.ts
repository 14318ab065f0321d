// The server: opens the house, seeds the practice state on the first start, serves pages and API, closes in order.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { beginClosing, endHearing, faultOf, log, startTracing, stopTracing } from '#foundation';
import { enrolAdministrator, lacksAdministrator } from '#signin';
import { mayBeHers, openAtOnce } from './at-once.ts';
import { answerStreamed, isStreamed } from './streamed.ts';
import { nameCaller } from './caller.ts';
import { compress } from './compress.ts';
import { ensureBuilt } from './build.ts';
import { openMetrics } from './metrics.ts';
import { knock } from './knock.ts';
import { openHouse } from './open-house.ts';
import { readSettings, type Settings } from './settings.ts';
import { answerUpload, isUpload, limitTime } from './uploads.ts';
import { answerUrgent, isUrgent } from './urgent.ts';

// adapter-node takes https for granted; on a plain address every form would be refused as foreign
const PROTOCOL = 'x-itsso-proto';
// above every answer, pages, files and refusals alike
const HEADERS: Readonly<Record<string, string>> = {
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  // no-referrer would make browsers send "Origin: null" with her forms, and they would be refused
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  // the pages that hear say so themselves (hooks.server.ts)
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(self), interest-cohort=()',
  'x-frame-options': 'DENY',
};
const MACHINE_DOORS = /^\/(?:api|sandbox|health)\//;
/** A worker answers whoever looks after it, and nobody else. */
const WORKER_DOORS = /^\/health\/(?:live|ready)$/;
const ANSWER_MS = 25_000;

/** Where files are shown no cookie is read: what is looked at there can take nobody's shift or session with it. */
const SHOWN = /^\/shown\//;
/** Takes cookies away where files are shown; with a host of their own says of what does not belong to it, or to the other, that it is not there. */
function elsewhere({ url = '', headers }: http.IncomingMessage, files: string | undefined): boolean {
  const shown = SHOWN.test(url);
  if (shown) delete headers.cookie;
  return files !== undefined && shown !== (headers.host === new URL(files).host);
}

async function serve(settings: Settings): Promise<http.Server> {
  process.env.PROTOCOL_HEADER = PROTOCOL;
  process.env.BODY_SIZE_LIMIT = '256K';
  process.env.NODE_ENV ??= 'production';
  const trusted = process.env.TRUST_PROXY === '1';
  // behind a proxy every caller has the proxy's address: guesses are counted by the one that the nearest proxy writes
  if (trusted) process.env.ADDRESS_HEADER ??= 'X-Forwarded-For';
  const { handler } = (await import(new URL('../build/handler.js', import.meta.url).href)) as {
    handler: (req: http.IncomingMessage, res: http.ServerResponse, next: () => void) => void;
  };
  const atOnce = await openAtOnce();
  // in production the public address is known: what a request says of host and scheme counts for nothing
  const known = settings.mode === 'production' ? new URL(settings.origin) : undefined;
  const server = http.createServer(
    // how long a body may take is said for each request: a file may take longer than a form
    { requestTimeout: 0, headersTimeout: 10_000, maxHeaderSize: 16_384 },
    (request, response) => {
      limitTime(request);
      if (trusted) nameCaller(request);
      if (settings.role === 'worker' && !WORKER_DOORS.test(request.url ?? '')) {
        response.statusCode = 404;
        response.end();
        return;
      }
      const forwarded = request.headers['x-forwarded-proto'];
      request.headers[PROTOCOL] =
        known?.protocol.slice(0, -1) ??
        (trusted && (forwarded === 'https' || forwarded === 'http') ? forwarded : 'http');
      if (elsewhere(request, settings.files)) {
        response.statusCode = 404;
        response.end();
        return;
      }
      if (known) request.headers.host = known.host;
      // A browser names its origin with every POST; who names none is no browser and carries no cookie of ours. Without this the
      // pages' framework would refuse a machine's POST without a body as a foreign form.
      if (MACHINE_DOORS.test(request.url ?? '') && request.headers.origin === undefined)
        request.headers.origin = `${request.headers[PROTOCOL]}://${request.headers.host}`;
      for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
      // what answers a form is nobody's to keep, also where the framework refuses before any page is asked
      if (request.method !== 'GET' && request.method !== 'HEAD') response.setHeader('cache-control', 'no-store');
      if (isUpload(request.url)) {
        void answerUpload(request, response);
        return;
      }
      if (isStreamed(request)) {
        void answerStreamed(request, response);
        return;
      }
      if (isUrgent(request)) {
        void answerUrgent(request, response);
        return;
      }
      compress(request, response);
      const framework = () =>
        handler(request, response, () => {
          response.statusCode = 404;
          response.end();
        });
      if (mayBeHers(request)) void atOnce(request, response).then((done) => done || framework());
      else framework();
    },
  );
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(settings.port, settings.host, listening);
  });
  return server;
}

function greet(settings: Settings, server: http.Server, database: string | undefined): void {
  const { port } = server.address() as AddressInfo;
  if (settings.mode === 'production') {
    log.info({ port }, 'open');
    return;
  }
  const at = `http://localhost:${port}`;
  const elsewhere =
    database && !database.startsWith(settings.data)
      ? `\n  The database lies in ${database}, because its own user cannot reach the folder above.`
      : '';
  console.log(`
ITSSO practice system: do not enter a real complaint.

  Her side            ${at}/
  Officers sign in    ${at}/signin     choose anyone of the cast, no password
  Practice desk       ${at}/sandbox    messages sent, the clock, sample receipts
  API                 ${at}/api/v1/openapi.json

  Data lies in ${settings.data}. Stop with Ctrl-C.${elsewhere}
`);
}

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  process.env.ITSSO_DATA = settings.data;
  ensureBuilt();
  const open = await openHouse(settings, { work: true });
  if (settings.mode === 'sandbox' && open.owner) {
    const { seedSandbox } = await import('../seed/sandbox.ts');
    await seedSandbox(open.owner, settings.data, process.env.ITSSO_SEED === 'units' ? 'units' : 'story');
  }
  const server = await serve(settings);
  const stopKnocking = settings.role === 'worker' ? undefined : knock(server);
  const metrics = settings.metrics && (await openMetrics(settings.metrics, settings.role !== 'web', settings.data));
  startTracing(process.env);
  // of several processes each would make a link, and each the one before it useless: there the command line makes it
  if (settings.administrator && settings.role === 'all' && (await lacksAdministrator())) {
    const { link } = await enrolAdministrator(settings.administrator);
    // to whoever starts the server, not into the log: with this link the first administrator makes a passkey
    console.log(`\nThe first administrator's enrolment link. It works once, within 24 hours:\n\n  ${link}\n`);
  }
  greet(settings, server, open.postgres?.folder);

  let closing = false;
  const close = async () => {
    if (closing) return;
    closing = true;
    log.info({ role: settings.role }, 'closing');
    // first the balancer is told, and has time to look; until then everybody is answered as before
    beginClosing();
    stopKnocking?.();
    await pause(settings.drain_ms ?? 0);
    server.close();
    endHearing();
    server.closeIdleConnections();
    // whoever is being answered gets the answer, and no further one on the same connection; whoever hangs on is let go
    const idle = setInterval(() => server.closeIdleConnections(), 100);
    setTimeout(() => server.closeAllConnections(), settings.role === 'all' ? 3000 : ANSWER_MS).unref();
    await new Promise<void>((done) => server.once('close', done));
    clearInterval(idle);
    metrics?.close();
    await stopTracing();
    await open.close();
    log.info({ role: settings.role }, 'closed');
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void close());
}

// What nobody caught would end the process with its message on the console, and a message may quote a row.
process.on('unhandledRejection', (reason) => log.error(faultOf(reason), 'unhandled'));
process.on('uncaughtException', (error) => {
  log.fatal(faultOf(error), 'unhandled');
  process.exit(1);
});

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
