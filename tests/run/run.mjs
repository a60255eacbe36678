// What `npm test` runs: plain JavaScript for Node 18 and newer, without any package.
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
import { runSuites } from './run-suites.mjs'
import { suitesLeftOut } from './suites-left-out.mjs'

// Every language has its image before the suites run: none of them is to measure a build.
const buildImages = async () => {
  const exitCode = await runWithPackagedNode(projectRoot, [join('standalone', 'languages', 'main.ts'), 'build'])
  if (exitCode !== 0) throw new SetupProblem('the language images could not be built')
}

const buildAndRun = async () => {
  await buildImages()
  return runSuites(projectRoot, process.argv.slice(2))
}

const prepareServers = async () => {
  const hasMongo = await ensureMongo(projectRoot)
  const hasRedis = await ensureRedis()
  const leftOut = suitesLeftOut({ MongoDB: hasMongo, Redis: hasRedis })
  process.env['LEFT_OUT_SUITES'] = leftOut.join('\n')
}

// An interrupted run still stops what it started: the signal ends the suites, and they end the run.
const outliveSignals = () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined)
}

const test = async () => {
  await ensurePackages(projectRoot)
  const { started } = await ensureDocker()
  await prepareServers()
  outliveSignals()
  const run = randomUUID()
  process.env[runVariable] = run
  const count = await buildAndRun().finally(async () => {
    await endLeftovers(run)
    if (started) await stopDocker()
  })
  if (count.failed > 0) process.exitCode = 1
  console.log(`${count.passed} passed, ${count.failed} failed`)
}

test().catch(error => {
  explainFailure(error)
  console.log('0 passed, 1 failed')
})
