// What the commands of tools run: plain JavaScript for Node 18 and newer, without any package.
import { join } from 'node:path'
import { ensurePackages } from './ensure-packages.mjs'
import { explainFailure } from './explain-failure.mjs'
import { projectRoot } from './project-root.mjs'
import { runWithPackagedNode } from './run-with-packaged-node.mjs'
import { SetupProblem } from './setup-problem.mjs'

const tools = new Map([
  ['log', join('standalone', 'log', 'main.ts')],
  ['projections', join('standalone', 'projections', 'main.ts')],
  ['replay', join('command-service', 'replay-many', 'main.ts')],
])

/**
 * @param {string} name of the tool
 * @param {string[]} argv what it is asked
 */
const runTool = async (name, argv) => {
  const main = tools.get(name)
  if (main === undefined) throw new SetupProblem(`run one of ${[...tools.keys()].join(', ')}`)
  await ensurePackages(projectRoot)
  process.exitCode = await runWithPackagedNode(projectRoot, [main, ...argv])
}

runTool(process.argv[2] ?? '', process.argv.slice(3)).catch(explainFailure)
