// The processes of the house itself, as the units of systemd start them, and the operator's SMS gateway they speak to.
import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type Passwords, urlOf } from './database.ts';
import { type Running, start, until } from './programs.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

export type Ways = {
  passwords: Passwords;
  /** where the application asks: PgBouncer */
  pool: number;
  /** past it: the server itself, or what stands before whichever node leads */
  direct: number;
  street: number;
  sms: string;
  data: string;
  key: string;
};

export const drawKey = (): string => randomBytes(32).toString('base64');

const common = (ways: Ways): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  NODE_ENV: 'production',
  HOST: '127.0.0.1',
  ITSSO_MODE: 'production',
  ITSSO_LOG: 'info',
  ITSSO_DATA: ways.data,
  ITSSO_KEY: ways.key,
  ITSSO_SMS_URL: ways.sms,
  ITSSO_SMS_TOKEN: 'gateway-of-the-test',
  ITSSO_EVIDENCE: 'disk',
  ITSSO_ORIGIN: `http://localhost:${ways.street}`,
  ITSSO_FIRST_ADMINISTRATOR: 'A. Kumari, Inspector',
  TRUST_PROXY: '1',
});
const queueUrl = ({ passwords, direct }: Ways) => urlOf('itsso_queue', passwords, direct);

/** Starts one process of the house. It is not waited for. */
export function startHouseProcess(
  role: 'web' | 'worker',
  name: string,
  port: number,
  ways: Ways,
  more: NodeJS.ProcessEnv = {},
): Running {
  const as = role === 'web' ? 'itsso_app' : 'itsso_worker';
  return start(name, process.execPath, ['server/main.ts'], {
    cwd: ROOT,
    env: {
      ...common(ways),
      PORT: String(port),
      ITSSO_ROLE: role,
      ITSSO_DRAIN_MS: '1500',
      DATABASE_URL: urlOf(as, ways.passwords, ways.pool),
      DATABASE_DIRECT_URL: urlOf(as, ways.passwords, ways.direct),
      ...(role === 'worker' ? { DATABASE_QUEUE_URL: queueUrl(ways) } : {}),
      ...more,
    },
  });
}

/** Waits until it says that it is ready. @throws Error with what the process said */
export async function ready(process: Running, port: number, most = 180_000): Promise<void> {
  const asked = async () => {
    if (!process.isRunning()) throw new Error('ended');
    return (await fetch(`http://127.0.0.1:${port}/health/ready`)).status === 200;
  };
  await until(`${process.name} is ready`, asked, most).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${process.said()}`);
  });
}

/** The command line, as the owner of the database. @returns what it said @throws Error with it when it fails */
export async function command(ways: Ways, ...args: string[]): Promise<string> {
  const one = start('itsso', process.execPath, ['cli/itsso.ts', ...args], {
    cwd: ROOT,
    env: {
      ...common(ways),
      DATABASE_OWNER_URL: urlOf('postgres', ways.passwords, ways.direct),
      DATABASE_QUEUE_URL: queueUrl(ways),
      DATABASE_URL: urlOf('itsso_app', ways.passwords, ways.direct),
    },
  });
  if ((await one.ended) !== 0) throw new Error(one.said());
  return one.said();
}

export type Gateway = { url: string; taken: { id: string; to: string; text: string }[]; close: () => void };
/** A gateway that can be made to answer nobody. Each process asks at a path of its own: whose messages it has in hand is known. */
export type SlowGateway = Gateway & { hold: () => void; letGo: () => void; inHandOf: (name: string) => number };
/** An operator that takes every message and keeps it. */
export async function startGateway(): Promise<SlowGateway> {
  const taken: Gateway['taken'] = [];
  const inHand = new Map<string, (() => void)[]>();
  let holds = false;
  const server = http.createServer((request, response) => {
    let body = '';
    const of = (request.url ?? '').slice(1);
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      const { id, to, text } = JSON.parse(body) as Gateway['taken'][number];
      taken.push({ id, to, text });
      const answer = () => void response.end('{}');
      if (holds) inHand.set(of, [...(inHand.get(of) ?? []), answer]);
      else answer();
    });
  });
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    taken,
    close: () => server.close(),
    hold: () => {
      holds = true;
    },
    letGo: () => {
      holds = false;
      for (const answers of inHand.values()) for (const answer of answers) answer();
      inHand.clear();
    },
    inHandOf: (name) => inHand.get(name)?.length ?? 0,
  };
}
