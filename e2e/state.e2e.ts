// As a state runs it: Debian's PostgreSQL 15, PgBouncer in transaction mode, HAProxy, web processes and a worker, each with rights of its own.
// A complaint goes in at the street and its message comes out at the operator's; a process that ends takes nobody with it.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawPasswords, prepare, startServer, urlOf } from '../ops/stack/database.ts';
import { startPool, startProxy } from '../ops/stack/front.ts';
import { furnishUnits } from '../ops/stack/furnish.ts';
import {
  command,
  drawKey,
  type Gateway,
  ready,
  startGateway,
  startHouseProcess,
  type Ways,
} from '../ops/stack/house.ts';
import { discard, freePorts, ground, missing, type Running, start, until } from '../ops/stack/programs.ts';
import { someComplaint } from './complaint.ts';

const absent = missing(['postgres', 'initdb', 'pgbouncer', 'haproxy']);

describe.skipIf(absent.length > 0 && !process.env.ITSSO_LONG)(
  `a state’s own servers${absent.length > 0 ? ` (needs ${absent.join(', ')})` : ''}`,
  () => {
    const running: Running[] = [];
    let folder: string;
    let ways: Ways;
    let gateway: Gateway;
    let ports: number[];
    const port = (n: number) => ports[n] ?? 0;
    const street = () => `http://127.0.0.1:${ways.street}`;
    const begin = (one: Running) => {
      running.push(one);
      return one;
    };
    const file = (body: Record<string, unknown>, key: string) =>
      fetch(`${street()}/api/v1/complaints`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
      });
    let web: Running[] = [];
    let worker: Running;

    beforeAll(async () => {
      expect(absent, 'install them: apt-get install postgresql-15 pgbouncer haproxy').toEqual([]);
      folder = ground();
      ports = await freePorts(6);
      gateway = await startGateway();
      const passwords = drawPasswords();
      ways = {
        passwords,
        direct: port(0),
        pool: port(1),
        street: port(2),
        sms: gateway.url,
        data: path.join(folder, 'house'),
        key: drawKey(),
      };
      begin(await startServer(path.join(folder, 'pg'), ways.direct, passwords));
      await prepare(ways.direct, passwords);
      begin(startPool(path.join(folder, 'pool'), ways.pool, ways.direct, passwords));
      const two = [
        { name: 'web1', port: port(3) },
        { name: 'web2', port: port(4) },
      ];
      begin(startProxy(path.join(folder, 'proxy'), { web: { port: ways.street, web: two } }));
    }, 120_000);
    afterAll(async () => {
      gateway?.close();
      for (const one of running.reverse()) await one.stop('SIGINT', 10_000);
      if (folder) discard(folder);
    }, 60_000);

    test('a server does not open on a database that has not been migrated, and says what to run', async () => {
      const early = begin(startHouseProcess('web', 'early', port(3), ways));
      await until('it ends', () => !early.isRunning());
      expect(early.said()).toMatch(/this database lacks 0000_roles\.sql and \d+ more: run "npm run itsso -- migrate"/);
    });

    test('migrating is a command of its own, with a dry run, and of two at once the second finds nothing to do', async () => {
      expect(await command(ways, 'migrate', '--dry-run')).toMatch(/\d+ steps would run\. The database is empty/);
      const args = ['cli/itsso.ts', 'migrate'];
      const env = {
        PATH: process.env.PATH,
        ITSSO_MODE: 'production',
        ITSSO_KEY: ways.key,
        DATABASE_OWNER_URL: urlOf('postgres', ways.passwords, ways.direct),
        DATABASE_QUEUE_URL: urlOf('itsso_queue', ways.passwords, ways.direct),
      };
      const root = path.resolve(import.meta.dirname, '..');
      const both = [1, 2].map((n) => begin(start(`migrate ${n}`, process.execPath, args, { cwd: root, env })));
      await until('both have ended', () => both.every((one) => !one.isRunning()));
      const said = both.map((one) => one.said());
      expect(said.filter((text) => /; \d+ ran now/.test(text)).length, said.join('\n')).toBe(1);
      expect(said.every((text) => text.includes('The database is at the latest migration'))).toBe(true);
      expect(await command(ways, 'migrate', '--dry-run')).toContain('Nothing to do');
      await (await furnishUnits(ways))();
    });

    test('a complaint goes in through two proxies and a pool, and the worker sends its message', async () => {
      web = [1, 2].map((n) => begin(startHouseProcess('web', `web${n}`, port(2 + n), ways)));
      worker = begin(startHouseProcess('worker', 'worker', port(5), ways));
      await Promise.all([...web.map((one, n) => ready(one, port(3 + n))), ready(worker, port(5))]);
      await until('HAProxy sends to them', async () => (await fetch(`${street()}/health/ready`)).status === 200);
      const body = someComplaint();
      const answer = await file(body, randomUUID());
      expect(answer.status).toBe(201);
      const { receipt } = (await answer.json()) as { receipt: string };
      const tracked = await fetch(`${street()}/api/v1/track/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ receipt }),
      });
      expect(tracked.status).toBe(201);
      await until(
        'the operator has her message',
        () => gateway.taken.some(({ to }) => to.endsWith(String(body.mobile))),
        20_000,
      );
      // whoever looks after a process asks it past the proxy, which names no caller then
      expect((await fetch(`http://127.0.0.1:${port(3)}/api/v1/openapi.json`)).status).toBe(200);
      // the balancer asks all the time whether they are well: what is written down is what people ask
      expect(web.map((one) => one.said()).join()).toContain('"route":"/api/v1/[...path]"');
      expect(web.map((one) => one.said()).join()).not.toContain('/health/ready","status":200');
      // a worker is nobody's door, and a web process does not go the rounds
      expect((await fetch(`http://127.0.0.1:${port(5)}/`)).status).toBe(404);
      expect((await fetch(`http://127.0.0.1:${port(5)}/health/ready`)).status).toBe(200);
      await until('the web process knows of the worker', async () => {
        const { checks } = (await (await fetch(`${street()}/health/ready`)).json()) as {
          checks: Record<string, string>;
        };
        return checks.worker === 'ok';
      });
    });

    test('the worker’s role is no door: it may act for no citizen and no officer, and no role of theirs may migrate', async () => {
      const as = new pg.Client({ connectionString: urlOf('itsso_worker', ways.passwords, ways.direct) });
      await as.connect();
      for (const role of ['itsso_citizen', 'itsso_officer', 'itsso_owner', 'itsso_app'])
        await expect(as.query(`set role ${role}`), role).rejects.toThrow(/permission denied/);
      await expect(as.query('create table public.t ()')).rejects.toThrow(/permission denied/);
      await as.end();
    });

    test('a web process that is told to end says so, answers what it has begun, and nobody at the street is refused', async () => {
      const stop = { now: false };
      const answers: number[] = [];
      const senders = Array.from({ length: 4 }, async () => {
        while (!stop.now) {
          answers.push((await file(someComplaint(), randomUUID()).catch(() => ({ status: 0 }))).status);
          // hundreds would keep the worker of the next test busy with their codes for a minute
          await pause(40);
        }
      });
      await until('they are being answered', () => answers.length > 5);
      const [first] = web;
      first?.signal('SIGTERM');
      await until('it says that it is closing', async () => {
        const asked = await fetch(`http://127.0.0.1:${port(3)}/health/ready`);
        return asked.status === 503 && ((await asked.json()) as { status: string }).status === 'closing';
      });
      expect((await fetch(`http://127.0.0.1:${port(3)}/health/live`)).status).toBe(200);
      await until('it has ended', () => !first?.isRunning(), 30_000);
      expect(first?.said()).toContain('"msg":"closed"');
      stop.now = true;
      await Promise.all(senders);
      const faults = web.flatMap((one) =>
        one
          .said()
          .split('\n')
          .filter((line) => line.includes('unexpected')),
      );
      expect(
        answers.filter((status) => status !== 201),
        faults.join('\n'),
      ).toEqual([]);
    });

    test('a worker that is told to end finishes what it has in hand; what comes meanwhile waits for the next', async () => {
      await worker.stop('SIGTERM');
      expect(worker.said()).toContain('"msg":"closed"');
      const body = someComplaint();
      expect((await file(body, randomUUID())).status).toBe(201);
      worker = begin(startHouseProcess('worker', 'worker again', port(5), ways));
      await until(
        'the operator has her message',
        () => gateway.taken.some(({ to }) => to.endsWith(String(body.mobile))),
        // behind the codes of all who filed in the test before
        60_000,
      );
    });
  },
);
