// The watcher at another site: two bad answers reach the owner once, and so does that it is well again.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

test('a house that is away, or whose workers are, is told of once; and once that it is well', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'itsso-watch-'));
  const [told, say] = [path.join(folder, 'told'), path.join(folder, 'say.sh')];
  writeFileSync(told, '');
  writeFileSync(say, `echo "$1" >> ${told}\n`);
  let answer = '{"status":"ok","checks":{"worker":"ok"}}';
  let asked = 0;
  const server = http.createServer((_, response) => {
    asked += 1;
    response.statusCode = answer ? 200 : 503;
    response.end(answer);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/health/ready`;
  const watcher = spawn(path.resolve('ops/outside-watch.sh'), [address, 'sh', say], {
    env: { ...process.env, EVERY: '0.1' },
    stdio: 'ignore',
  });
  const lines = () => readFileSync(told, 'utf8').trim().split('\n').filter(Boolean);
  const asks = async (more: number) => {
    const until = asked + more;
    await expect.poll(() => asked, { timeout: 20_000 }).toBeGreaterThanOrEqual(until);
  };
  try {
    await asks(3);
    expect(lines()).toEqual([]);
    answer = '{"status":"ok","checks":{"worker":"not-ready"}}';
    await asks(5);
    expect(lines()).toEqual([`ITSSO: ${address} does not answer as it should`]);
    answer = '{"status":"ok","checks":{"worker":"ok"}}';
    await asks(4);
    expect(lines().at(-1)).toBe(`ITSSO: ${address} is well again`);
    answer = '';
    await asks(5);
    expect(lines().length).toBe(3);
  } finally {
    watcher.kill();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
