import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      '{shared-kernel,command-service,execution-service,query-service,sandbox,standalone,bench}/**/*.test.ts',
      'tests/**/*.test.ts',
    ],
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
