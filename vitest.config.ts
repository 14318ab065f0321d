// Rules, rooms and house tests. Plain vitest, without the pages' plugins: each file gets a database of its own.
import { defineConfig } from 'vitest/config';
import { longestFirst } from './test/longest-first.ts';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/cluster.ts'],
    setupFiles: ['test/no-guessing.ts'],
    pool: 'forks',
    // a test waits for its database and a journey for its browser: four of them keep two cores busy
    maxWorkers: 4,
    // the modules of the house are loaded once a worker: every file opens and closes its own house in them
    isolate: false,
    sequence: { sequencer: longestFirst(['/test/sim/']) },
    // what hangs is ended; what a busy machine makes slow is not
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 15_000 } },
    env: { ITSSO_LOG: 'silent' },
  },
});
