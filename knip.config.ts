import type { KnipConfig } from 'knip'

const library = { entry: [], project: ['**/*.ts'] }

const service = { entry: ['main.ts'], project: ['**/*.ts'] }

const config: KnipConfig = {
  treatConfigHintsAsErrors: true,
  // Of the machine, not of a package.
  ignoreBinaries: ['dockerd', 'mount', 'umount', 'java'],
  workspaces: {
    '.': { project: ['*.ts'] },
    // A test starts the fixture as a process.
    'shared-kernel': {
      entry: ['event-log/mongo/shard-log.ts', 'service/run-service.fixture.ts'],
      project: ['**/*.ts'],
    },
    'command-service': { entry: ['main.ts', 'replay-many/main.ts'], project: ['**/*.ts'] },
    'execution-service': service,
    'query-service': service,
    sandbox: library,
    standalone: {
      entry: ['main.ts', '{languages,log}/main.ts', 'setup/{start,install,languages,run-tool}.mjs'],
      project: ['**/*.{ts,mjs}'],
    },
    tests: { entry: ['run/run.mjs', 'support/shifted-clock.mjs'], project: ['**/*.{ts,mjs}'] },
    bench: { entry: ['main.ts', 'distributed/{baseline,null-executor}.ts'], project: ['**/*.ts'] },
  },
}

export default config
