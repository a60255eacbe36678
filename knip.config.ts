import type { KnipConfig } from 'knip'

const library = { entry: [], project: ['**/*.ts'] }

const service = { entry: ['main.ts'], project: ['**/*.ts'] }

const config: KnipConfig = {
  treatConfigHintsAsErrors: true,
  // Of the machine, not of a package.
  ignoreBinaries: ['dockerd', 'mount', 'umount', 'java', 'mkfifo'],
  workspaces: {
    '.': { project: ['*.ts'] },
    // A test starts the fixture as a process, a store its thread.
    'shared-kernel': {
      entry: [
        'event-log/mongo/shard-log.ts',
        'read-model-store/sqlite/checkpoint-thread.ts',
        'service/run-service.fixture.ts',
      ],
      project: ['**/*.ts'],
    },
    'command-service': { entry: ['main.ts', 'replay-many/main.ts'], project: ['**/*.ts'] },
    'execution-service': service,
    // A worker thread's entry, and what is found by its name.
    'query-service': {
      entry: ['main.ts', 'rebuild/bulk-thread.ts', 'read-models/*/*-projection.ts'],
      project: ['**/*.ts'],
    },
    sandbox: library,
    standalone: {
      entry: ['main.ts', '{languages,log,projections}/main.ts', 'setup/{start,install,languages,run-tool}.mjs'],
      project: ['**/*.{ts,mjs}'],
    },
    tests: {
      entry: ['run/{run,transcript}.mjs', 'support/shifted-clock.mjs', 'transcript/main.ts', 'old-logs/write-log.ts'],
      project: ['**/*.{ts,mjs}'],
    },
    bench: {
      entry: [
        'main.ts',
        'distributed/{baseline,null-executor,null-standalone}.ts',
        'measurements/{generate-history,generate-log,rebuild-process}.ts',
      ],
      project: ['**/*.ts'],
    },
  },
}

export default config
