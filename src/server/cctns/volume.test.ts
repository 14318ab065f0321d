// A million FIRs by the command line: all of them in, none of them twice, and memory that does not grow with the file. Only in test:long.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { exportLines } from '../../../bench/cctns-export.ts';
import scripts from '../../../package.json' with { type: 'json' };

const MANY = 1_000_000;
const MOST_MB = 300;

async function run(data: string, file: string): Promise<{ said: string; most: number }> {
  // as `npm run itsso` runs it
  const [, ...flags] = scripts.scripts.itsso.split(' ');
  const child = spawn(process.execPath, [...flags, 'cctns', 'import', file], {
    env: { ...process.env, ITSSO_DATA: data, ITSSO_MODE: 'sandbox' },
  });
  let said = '';
  let most = 0;
  child.stdout.on('data', (text) => (said += text));
  child.stderr.on('data', (text) => (said += text));
  const looking = setInterval(() => {
    try {
      const rss = Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
      most = Math.max(most, rss);
    } catch {
      // it has just ended
    }
  }, 50);
  await once(child, 'exit');
  clearInterval(looking);
  return { said, most };
}

test.runIf(process.env.ITSSO_LONG === '1')(
  'a million rows go in with less than 300 MB, and come again without a change (needs ITSSO_LONG: npm run test:long)',
  async () => {
    const folder = mkdtempSync('/tmp/itsso-volume-');
    try {
      const file = path.join(folder, 'export.csv');
      const to = createWriteStream(file);
      for (const part of exportLines(MANY)) if (!to.write(part)) await once(to, 'drain');
      to.end();
      await once(to, 'close');
      const first = await run(path.join(folder, 'house'), file);
      expect(first.said).toContain(
        `${MANY} rows read: ${MANY - MANY / 1000} new, 0 changed, 0 unchanged, ${MANY / 1000} rejected`,
      );
      const again = await run(path.join(folder, 'house'), file);
      expect(again.said).toContain(`${MANY} rows read: 0 new, 0 changed, ${MANY - MANY / 1000} unchanged`);
      console.log(`most memory: ${first.most.toFixed(0)} MB, ${again.most.toFixed(0)} MB`);
      expect(Math.max(first.most, again.most)).toBeLessThan(MOST_MB);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  3_600_000,
);
