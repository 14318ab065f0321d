// Journeys: the built server, a real browser, a real database, as the people who use it.
import { defineConfig } from 'vitest/config';
import { longestFirst } from './test/longest-first.ts';

// by what they took, longest first
const LONG = [
  ...[
    'desk-open',
    'hearing',
    'filing',
    'alarm-storm',
    'leak-crawl',
    'whole-path',
    'sos',
    'alarm-phone',
    'correspondence',
  ],
  ...[
    'crew',
    'leaving',
    'alarm-sound',
    'board-parts',
    'her-files',
    'officers',
    'board-load',
    'state',
    'evidence',
    'storm',
  ],
  ...['trust', 'morning', 'clocks', 'imports', 'board-ground', 'weight', 'posts', 'steps'],
];

export default defineConfig({
  test: {
    include: ['e2e/**/*.e2e.ts'],
    globalSetup: ['e2e/first-start.ts'],
    pool: 'forks',
    // a test waits for its database and a journey for its browser: four of them keep two cores busy
    maxWorkers: 4,
    // what a journey needs is loaded once a worker, and its browser stays; every file starts and ends its own house
    isolate: false,
    sequence: { sequencer: longestFirst(LONG.map((name) => `/e2e/${name}.e2e.ts`)) },
    // what is waited for comes within a moment, and on a busy machine within more than a second
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 600_000,
    hookTimeout: 300_000,
  },
});
