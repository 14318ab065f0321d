// A relay as production has one: Debian's coturn, on loopback only, with keys that live for minutes.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import dgram from 'node:dgram';
import os from 'node:os';
import path from 'node:path';
import { freePorts } from '../ops/stack/programs.ts';

const TURNSERVER = '/usr/bin/turnserver';

export type Relay = {
  env: Record<string, string>;
  log: () => string;
  /** from now on this share of all packets, 0 to 1, is lost, on the way there and on the way back */
  lose: (share: number) => void;
  /** the net goes, and comes back */
  hold: () => void;
  release: () => void;
  stop: () => Promise<void>;
};

/** A net before the relay that loses packets: each phone behind it is one port to the relay, as behind a household's router. */
function poorNet(relayPort: number): Promise<{ port: number; lose: (share: number) => void; close: () => void }> {
  const phones = new Map<string, dgram.Socket>();
  let lost = 0;
  // one packet in so many, evenly: a run is like every other
  let due = 0;
  const passes = (): boolean => {
    due += lost;
    if (due < 1) return true;
    due -= 1;
    return false;
  };
  const net = dgram.createSocket('udp4');
  net.on('message', (packet, { address, port }) => {
    let phone = phones.get(`${address}:${port}`);
    if (!phone) {
      phone = dgram.createSocket('udp4');
      phone.on('message', (back) => void (passes() && net.send(back, port, address)));
      phones.set(`${address}:${port}`, phone);
    }
    if (passes()) phone.send(packet, relayPort, '127.0.0.1');
  });
  return new Promise((ready) =>
    net.bind(0, '127.0.0.1', () =>
      ready({
        port: net.address().port,
        lose: (share) => {
          lost = share;
        },
        close: () => {
          for (const phone of phones.values()) phone.close();
          net.close();
        },
      }),
    ),
  );
}

/** Starts the relay. @throws Error when coturn is missing: a hearing that was not tried out is not shown to work */
export async function startRelay(): Promise<Relay> {
  // npm test installs it as root; elsewhere its absence is a failure, never a silent skip
  if (!existsSync(TURNSERVER))
    throw new Error(
      'no coturn here: install Debian’s "coturn" package (as root: apt-get install coturn) and run again',
    );
  const [port = 0] = await freePorts(1);
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
    if (child.exitCode !== null || tries > 1200) throw new Error(`the relay did not start:\n${heard()}`);
    await new Promise((go) => setTimeout(go, 50));
  }
  const net = await poorNet(port);
  return {
    env: { TURN_URL: `turn:127.0.0.1:${net.port}?transport=udp`, TURN_SECRET: secret },
    log: heard,
    lose: net.lose,
    hold: () => void child.kill('SIGSTOP'),
    release: () => void child.kill('SIGCONT'),
    stop: async () => {
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      await ended;
      net.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
