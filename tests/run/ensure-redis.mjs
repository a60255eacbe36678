import { existsSync } from 'node:fs'
import { announce } from '../../standalone/setup/announce.mjs'
import { runCommand } from '../../standalone/setup/run-command.mjs'
import { SetupProblem } from '../../standalone/setup/setup-problem.mjs'
import { findRedis } from './find-redis.mjs'

const env = { DEBIAN_FRONTEND: 'noninteractive' }
const aptGet = ['apt-get', '-o', 'DPkg::Lock::Timeout=300']

const mayInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

// The package redis-server would start a service; this one has the program alone.
const install = async () => {
  announce('Redis is missing: installing the package redis-tools with apt-get')
  await runCommand([...aptGet, 'update', '-q'], { env, timeoutMs: 5 * 60_000 })
  await runCommand([...aptGet, 'install', '-q', '-y', '--no-install-recommends', 'redis-tools'], {
    env,
    timeoutMs: 5 * 60_000,
  })
}

const remedy = 'install a redis-server or name one in REDIS_URL'

/**
 * Makes sure that the suites can start a Redis of their own or are told of one, by installing it where that is allowed.
 * @returns {Promise<void>}
 */
export const ensureRedis = async () => {
  if (process.env['REDIS_URL'] || findRedis() !== null) return
  if (mayInstall()) return install()
  if (process.env['CI']) throw new SetupProblem(`Redis is missing: ${remedy}`)
  announce(`Redis is missing: the suites that need it are left out; to run them, ${remedy}`)
}
