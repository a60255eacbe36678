// What `npm start` runs: plain JavaScript for Node 18 and newer, without any package.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureDocker } from './ensure-docker.mjs'
import { ensurePackages } from './ensure-packages.mjs'
import { explainFailure } from './explain-failure.mjs'
import { runWithPackagedNode } from './run-with-packaged-node.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

const start = async () => {
  await ensurePackages(root)
  await ensureDocker()
  process.exitCode = await runWithPackagedNode(root, [join('standalone', 'main.ts'), ...process.argv.slice(2)])
}

start().catch(explainFailure)
