// What `npm run acceptance:transcript` runs: the set-up of the tests, then the transcript.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { ensureDocker } from '../../standalone/setup/ensure-docker.mjs'
import { ensurePackages } from '../../standalone/setup/ensure-packages.mjs'
import { explainFailure } from '../../standalone/setup/explain-failure.mjs'
import { projectRoot } from '../../standalone/setup/project-root.mjs'
import { runWithPackagedNode } from '../../standalone/setup/run-with-packaged-node.mjs'
import { SetupProblem } from '../../standalone/setup/setup-problem.mjs'
import { stopDocker } from '../../standalone/setup/stop-docker.mjs'
import { endLeftovers, runVariable } from './end-leftovers.mjs'
import { ensureMongo } from './ensure-mongo.mjs'
import { ensureRedis } from './ensure-redis.mjs'

const main = join('tests', 'transcript', 'main.ts')

const take = async () => {
  await ensurePackages(projectRoot)
  const { started } = await ensureDocker()
  if (!(await ensureMongo(projectRoot)) || !(await ensureRedis()))
    throw new SetupProblem('the transcript needs a MongoDB, or the stand-in for it, and a Redis')
  const run = randomUUID()
  process.env[runVariable] = run
  try {
    process.exitCode = await runWithPackagedNode(projectRoot, [main, ...process.argv.slice(2)])
  } finally {
    await endLeftovers(run)
    if (started) await stopDocker()
  }
}

take().catch(explainFailure)
