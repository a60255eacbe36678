import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { announce } from '../../standalone/setup/announce.mjs'
import { hasProgram, usesApt } from '../../standalone/setup/docker-facts.mjs'
import { runCommand } from '../../standalone/setup/run-command.mjs'
import { SetupProblem } from '../../standalone/setup/setup-problem.mjs'
import { buildMongoStandIn } from './build-mongo-stand-in.mjs'
import { mongoImage } from './mongo-image.mjs'
import { mongoStandInFolder } from './mongo-stand-in-folder.mjs'

const aptEnv = { DEBIAN_FRONTEND: 'noninteractive' }
const waitForLock = ['-o', 'DPkg::Lock::Timeout=300']

const hasTools = () => ['java', 'javac', 'mvn'].every(hasProgram)

const installTools = async () => {
  announce('Java and Maven are missing: installing default-jdk-headless and maven with apt-get')
  await runCommand(['apt-get', ...waitForLock, 'update', '-q'], { env: aptEnv, timeoutMs: 5 * 60_000 })
  const packages = ['--no-install-recommends', 'default-jdk-headless', 'maven']
  await runCommand(['apt-get', ...waitForLock, 'install', '-q', '-y', ...packages], {
    env: aptEnv,
    timeoutMs: 15 * 60_000,
  })
}

const canInstall = () => process.getuid?.() === 0 && usesApt()

/** @param {{ source: string, made: string }} folder */
const makeStandIn = async folder => {
  if (!hasTools() && canInstall()) await installTools()
  if (!hasTools()) throw new SetupProblem('no Java development kit and Maven')
  await buildMongoStandIn(folder)
}

const pull = () => {
  announce(`pulling ${mongoImage}`)
  return runCommand(['docker', 'pull', '-q', mongoImage], { timeoutMs: 3 * 60_000 })
}

const hasImage = () =>
  spawnSync('docker', ['image', 'inspect', mongoImage], { stdio: 'ignore', timeout: 10_000 }).status === 0

/**
 * Makes sure that the suites have a MongoDB: the server at MONGO_URL, the image where it lies on this machine, else a
 * stand-in made here, else the image pulled. Answers whether they have one.
 * @param {string} root
 */
export const ensureMongo = async root => {
  const folder = mongoStandInFolder(root)
  if (process.env['MONGO_URL'] !== undefined || existsSync(folder.made) || hasImage()) return true
  for (const way of [() => makeStandIn(folder), pull]) {
    try {
      await way()
      return true
    } catch (problem) {
      if (!(problem instanceof SetupProblem)) throw problem
      announce(`no MongoDB: ${problem.message}`)
    }
  }
  return false
}
