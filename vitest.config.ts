import { defineConfig } from 'vitest/config'

const workspaces = '{shared-kernel,command-service,execution-service,query-service,sandbox,standalone,bench}'

export default defineConfig({
  test: {
    pool: 'forks',
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
        // Real stores, Docker and clocks: one file at a time, so that none measures another's load.
        extends: true,
        test: {
          name: 'real',
          include: [`${workspaces}/**/*.int.test.ts`, 'tests/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.unit.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
