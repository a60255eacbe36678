import type { KnipConfig } from 'knip'

const library = { entry: [], project: ['**/*.ts'] }

const config: KnipConfig = {
  treatConfigHintsAsErrors: true,
  // Used for their effect by scripts and Docker, not by import.
  ignoreBinaries: ['dockerd'],
  workspaces: {
    '.': { project: ['*.ts'] },
    'shared-kernel': library,
    'command-service': library,
    'execution-service': library,
    'query-service': library,
    sandbox: library,
    standalone: { entry: ['main.ts', 'setup/{start,install}.mjs'], project: ['**/*.{ts,mjs}'] },
    tests: { entry: ['run/build-images.ts'], project: ['**/*.{ts,mjs}'] },
    bench: { entry: ['main.ts'], project: ['**/*.ts'] },
  },
}

export default config
