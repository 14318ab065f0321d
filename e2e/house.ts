// The built server as a newcomer starts it: own data folder, own port, own database; and a browser to look at it.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { freePorts } from '../ops/stack/programs.ts';
import { groundFor } from '../test/ground.ts';
import { scriptless } from './judge.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

export type RunningHouse = {
  url: string;
  data: string;
  pid: number;
  log: () => string;
  api: (
    method: string,
    at: string,
    body?: unknown,
    options?: { token?: string | undefined; key?: string; lang?: string },
  ) => Promise<{ status: number; json: Json; headers: Headers }>;
  signIn: (id: string) => Promise<string>;
  messagesTo: (mobile: string) => Promise<{ template: string; text: string }[]>;
  advance: (duration: string) => Promise<string>;
  /** SIGTERM and wait: an orderly end */
  stop: () => Promise<void>;
  /** stop, and the data goes too */
  discard: () => Promise<void>;
};
// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by tests, which say what they expect
export type Json = any;

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((done) => child.once('exit', () => done()));

/** A folder for a house's data that the database's own user can reach. */
export const dataFolder = (): string => groundFor('itsso-house-');

// What a first start left behind, with its owners: the database's user is another than this process's.
function begunFolder(): string {
  const folder = dataFolder();
  const begun = process.env.ITSSO_E2E_BEGUN;
  if (begun) {
    const { status, stderr } = spawnSync('cp', ['-a', `${begun}/.`, folder], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the folder of the first start could not be copied: ${stderr}`);
  }
  return folder;
}

/** Starts the server and waits until it is ready. @param options.data a folder of one's own: where it is empty, a first start */
export async function startHouse(options: { data?: string; env?: Record<string, string> } = {}): Promise<RunningHouse> {
  const data = options.data ?? begunFolder();
  const [port = 0] = await freePorts(1);
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      ITSSO_DATA: data,
      ITSSO_LOG: 'info',
      ITSSO_SEED: 'units',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let heard = '';
  child.stdout?.on('data', (text) => (heard += text));
  child.stderr?.on('data', (text) => (heard += text));
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${heard}`);
    if (tries > 3600) throw new Error(`the server did not get ready:\n${heard}`);
    const ready = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (ready?.status === 200) break;
    await new Promise((go) => setTimeout(go, 50));
  }
  const api: RunningHouse['api'] = async (method, at, body, given = {}) => {
    const response = await fetch(
      at.startsWith('/sandbox') || at.startsWith('/health') ? url + at : `${url}/api/v1${at}`,
      {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(given.token ? { authorization: `Bearer ${given.token}` } : {}),
          ...(given.key ? { 'idempotency-key': given.key } : {}),
          ...(given.lang ? { 'accept-language': given.lang } : {}),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
    );
    const text = await response.text();
    return { status: response.status, json: text ? (JSON.parse(text) as Json) : null, headers: response.headers };
  };
  const stop = async () => {
    child.kill('SIGTERM');
    await ended(child);
  };
  return {
    url,
    data,
    pid: child.pid ?? 0,
    log: () => heard,
    api,
    signIn: async (id) => (await api('POST', '/sandbox/sign-in', { id })).json.token,
    messagesTo: async (mobile) => (await api('GET', `/sandbox/messages?to=${mobile}`)).json,
    advance: async (duration) => (await api('POST', '/sandbox/clock', { advance: duration })).json.now,
    stop,
    discard: async () => {
      await stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

type Talents = { pagesKept?: boolean; microphone?: boolean; talks?: boolean };
const launched = new Map<string, Promise<Browser>>();

/**
 * A browser without a network of its own: names other than this machine's lead nowhere, so that nothing can leave it. Journeys that are
 * walked in one process share a browser of a kind: they have phones of their own in it, and closing it takes away the phones.
 */
export async function openBrowser(talents: Talents = {}): Promise<Browser> {
  const kind = JSON.stringify(talents);
  const before = await launched.get(kind)?.catch(() => undefined);
  if (!before?.isConnected()) launched.set(kind, launch(talents));
  const browser = await (launched.get(kind) as Promise<Browser>);
  const close = async () => {
    for (const phone of browser.contexts()) await phone.close();
  };
  return new Proxy(browser, {
    get: (it, name) => {
      if (name === 'close') return close;
      const part: unknown = Reflect.get(it, name);
      return typeof part === 'function' ? part.bind(it) : part;
    },
  });
}

const launch = (talents: Talents): Promise<Browser> =>
  chromium.launch({
    // tests are usually run without the browser's memory of whole pages; where it matters it is given back, and only a whole browser has one
    executablePath:
      (talents.pagesKept && process.env.ITSSO_CHROMIUM_WHOLE) || (process.env.ITSSO_CHROMIUM ?? '/usr/bin/chromium'),
    ...(talents.pagesKept && { ignoreDefaultArgs: ['--disable-back-forward-cache'] }),
    args: [
      // a microphone that hums and a camera that turns, allowed without asking
      ...(talents.microphone ? ['--use-fake-device-for-media-stream=fps=5', '--use-fake-ui-for-media-stream'] : []),
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // talks between two pages of this machine, heard without a press
      ...(talents.talks ? ['--autoplay-policy=no-user-gesture-required', '--allow-loopback-in-peer-connection'] : []),
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
    ],
  });

/** The ways in which a journey is walked: the first of them, and all in the long run and where pictures are taken. */
export const waysToWalk = <Way>(...all: Way[]): Way[] =>
  process.env.ITSSO_LONG || process.env.ITSSO_PICTURES ? all : all.slice(0, 1);

/** A phone of a given width, with or without script. */
export async function openPhone(
  browser: Browser,
  options: { script: boolean; width?: number },
): Promise<BrowserContext> {
  const phone = await browser.newContext({
    javaScriptEnabled: options.script,
    viewport: { width: options.width ?? 360, height: 740 },
    locale: 'hi-IN',
  });
  if (!options.script) scriptless.add(phone);
  return phone;
}
