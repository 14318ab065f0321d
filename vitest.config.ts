// Rules, rooms and house tests. Plain vitest, without the pages' plugins: each file gets a database of its own.
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// half a minute each by itself: begun last they would keep one of the cores alone at the end
const LONG = /\/test\/sim\//;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter((one) => LONG.test(one.moduleId)), ...sorted.filter((one) => !LONG.test(one.moduleId))];
  }
}

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/cluster.ts'],
    setupFiles: ['test/no-guessing.ts'],
    pool: 'forks',
    // a test waits for its database and a journey for its browser: three of them keep two cores busy
    maxWorkers: 3,
    // the modules of the house are loaded once a worker: every file opens and closes its own house in them
    isolate: false,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { ITSSO_LOG: 'silent' },
  },
});
