// What `npm start` runs: plain JavaScript for Node 18 and newer, without any package.
import { join } from 'node:path'
import { ensureDocker } from './ensure-docker.mjs'
import { ensurePackages } from './ensure-packages.mjs'
import { explainFailure } from './explain-failure.mjs'
import { nodeOptions } from './node-options.mjs'
import { projectRoot } from './project-root.mjs'
import { runWithPackagedNode } from './run-with-packaged-node.mjs'

const start = async () => {
  await ensurePackages(projectRoot)
  await ensureDocker()
  process.exitCode = await runWithPackagedNode(projectRoot, [...nodeOptions, join('standalone', 'main.ts')])
}

start().catch(explainFailure)
