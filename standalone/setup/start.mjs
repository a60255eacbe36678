// What `npm start` and the services' own commands run: plain JavaScript for Node 18 and newer, without any package.
import { join } from 'node:path'
import { ensureDocker } from './ensure-docker.mjs'
import { ensurePackages } from './ensure-packages.mjs'
import { explainFailure } from './explain-failure.mjs'
import { isProgram, nodeOptionsOf, programs } from './node-options.mjs'
import { projectRoot } from './project-root.mjs'
import { runWithPackagedNode } from './run-with-packaged-node.mjs'
import { SetupProblem } from './setup-problem.mjs'

const runsPrograms = ['standalone', 'execution-service']

/** @param {string} program the workspace whose main is run */
const start = async program => {
  if (!isProgram(program)) throw new SetupProblem(`start one of ${programs.join(', ')}`)
  await ensurePackages(projectRoot)
  if (runsPrograms.includes(program)) await ensureDocker()
  process.exitCode = await runWithPackagedNode(projectRoot, [...nodeOptionsOf(program), join(program, 'main.ts')])
}

start(process.argv[2] ?? 'standalone').catch(explainFailure)
