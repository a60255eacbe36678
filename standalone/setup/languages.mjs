// What `npm run languages` runs: plain JavaScript for Node 18 and newer, without any package.
import { join } from 'node:path'
import { ensureDocker } from './ensure-docker.mjs'
import { ensurePackages } from './ensure-packages.mjs'
import { explainFailure } from './explain-failure.mjs'
import { projectRoot } from './project-root.mjs'
import { runWithPackagedNode } from './run-with-packaged-node.mjs'

const needDocker = ['list', 'build', 'test']

/** @param {readonly string[]} argv a command and the languages it is about */
const languages = async argv => {
  await ensurePackages(projectRoot)
  if (needDocker.includes(argv[0] ?? '')) await ensureDocker()
  process.exitCode = await runWithPackagedNode(projectRoot, [join('standalone', 'languages', 'main.ts'), ...argv])
}

languages(process.argv.slice(2)).catch(explainFailure)
