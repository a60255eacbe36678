import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/run/longest-first.ts'

const workspaces = '{shared-kernel,command-service,execution-service,query-service,sandbox,standalone,bench}'

// Of servers that this machine has not: the test run names them.
const leftOut = (process.env['LEFT_OUT_SUITES'] ?? '').split('\n').filter(pattern => pattern !== '')

const onStores = [
  '{shared-kernel,command-service,query-service}/**/*.int.test.ts',
  'tests/{mongo,redis,log-tools,old-logs}/**/*.test.ts',
]
// Whole systems, of which no test says how fast they are.
const unhurried = [
  'tests/transcript/**/*.test.ts',
  'tests/acceptance/{compile-options,compiled-cases,killed-at-any-moment,on-mongodb,on-sqlite}.test.ts',
  'tests/acceptance/{rebuild-killed,refused-start,replay,replay-since,retention}.test.ts',
  'tests/faults/faults.test.ts',
]
const patience = { testTimeout: 60_000, hookTimeout: 120_000 }

export default defineConfig({
  test: {
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [`${workspaces}/**/*.unit.test.ts`, 'tests/**/*.unit.test.ts'],
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Real stores and whole systems, which each file has of its own.
        extends: true,
        test: {
          name: 'side by side',
          include: [...onStores, ...unhurried],
          exclude: ['**/node_modules/**', '**/*.unit.test.ts', ...leftOut],
          ...patience,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        // Limits, faults and clocks: one file at a time, so that none measures another's load.
        extends: true,
        test: {
          name: 'real',
          include: [`${workspaces}/**/*.int.test.ts`, 'tests/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.unit.test.ts', ...onStores, ...unhurried, ...leftOut],
          ...patience,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
