// A relay as production has one: Debian's coturn, on loopback only, with keys that live for minutes.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import dgram from 'node:dgram';
import os from 'node:os';
import path from 'node:path';

const TURNSERVER = '/usr/bin/turnserver';

export type Relay = {
  env: Record<string, string>;
  log: () => string;
  /** the net goes, and comes back */
  hold: () => void;
  release: () => void;
  stop: () => Promise<void>;
};

const freePort = (): Promise<number> =>
  new Promise((found) => {
    const socket = dgram.createSocket('udp4').bind(0, '127.0.0.1', () => {
      const { port } = socket.address();
      socket.close(() => found(port));
    });
  });

/** Starts the relay. @throws Error when coturn is missing: a hearing that was not tried out is not shown to work */
export async function startRelay(): Promise<Relay> {
  // npm test installs it as root; elsewhere its absence is a failure, never a silent skip
  if (!existsSync(TURNSERVER))
    throw new Error(
      'no coturn here: install Debian’s "coturn" package (as root: apt-get install coturn) and run again',
    );
  const port = await freePort();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'itsso-relay-'));
  const log = path.join(folder, 'log');
  const secret = 'of-this-test-only';
  const child: ChildProcess = spawn(
    TURNSERVER,
    [
      '-n',
      `--listening-port=${port}`,
      '--listening-ip=127.0.0.1',
      '--relay-ip=127.0.0.1',
      '--use-auth-secret',
      `--static-auth-secret=${secret}`,
      '--realm=itsso.test',
      '--fingerprint',
      '--no-cli',
      '--no-tls',
      '--no-dtls',
      // both ends of every talk stand on this machine
      '--allow-loopback-peers',
      '--min-port=49200',
      '--max-port=49999',
      '--verbose',
      `--log-file=${log}`,
      '--simple-log',
      `--pidfile=${path.join(folder, 'pid')}`,
      `--userdb=${path.join(folder, 'db')}`,
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const heard = () => (existsSync(log) ? readFileSync(log, 'utf8') : '');
  for (let tries = 0; !heard().includes('UDP listener opened'); tries++) {
    if (child.exitCode !== null || tries > 200) throw new Error(`the relay did not start:\n${heard()}`);
    await new Promise((go) => setTimeout(go, 50));
  }
  return {
    env: { TURN_URL: `turn:127.0.0.1:${port}?transport=udp`, TURN_SECRET: secret },
    log: heard,
    hold: () => void child.kill('SIGSTOP'),
    release: () => void child.kill('SIGCONT'),
    stop: async () => {
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
