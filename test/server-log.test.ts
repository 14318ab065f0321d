// What a state's PostgreSQL writes down with ops/postgresql.conf: that a rule was broken, and not by which values.
import { rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawPasswords, startServer, urlOf } from '../ops/stack/database.ts';
import { freePorts, ground, missing, type Running } from '../ops/stack/programs.ts';

const absent = missing(['postgres', 'initdb']);
const CANARY = 'canary-9812345670';

describe.skipIf(absent.length > 0)('Debian’s PostgreSQL (needs postgres)', () => {
  let folder: string;
  let server: Running;
  let owner: pg.Client;

  beforeAll(async () => {
    folder = ground();
    const [port = 0] = await freePorts(1);
    const passwords = drawPasswords();
    server = await startServer(path.join(folder, 'pg'), port, passwords);
    owner = new pg.Client({ connectionString: urlOf('postgres', passwords, port, 'postgres') });
    await owner.connect();
    await owner.query('create table told (what text primary key, n int constraint small check (n < 10))');
  }, 60_000);
  afterAll(async () => {
    await owner?.end();
    await server?.stop('SIGINT', 10_000);
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  test('writes down which rule was broken, and no value of the row', async () => {
    const tell = (n: number) => owner.query('insert into told values ($1, $2)', [CANARY, n]);
    await expect(tell(11)).rejects.toMatchObject({ constraint: 'small', detail: expect.stringContaining(CANARY) });
    await tell(1);
    await expect(tell(1)).rejects.toMatchObject({ detail: expect.stringContaining(CANARY) });
    for (let tries = 0; tries < 100 && !server.said().includes('told_pkey'); tries++)
      await new Promise((go) => setTimeout(go, 50));
    expect(server.said()).toContain('violates check constraint "small"');
    expect(server.said()).toContain('violates unique constraint "told_pkey"');
    expect(server.said()).not.toContain(CANARY);
  });

  test('finds a page out that the disk has changed', async () => {
    expect((await owner.query('show data_checksums')).rows).toEqual([{ data_checksums: 'on' }]);
  });
});
