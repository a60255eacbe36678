import { announce } from '../../standalone/setup/announce.mjs'
import { usesApt } from '../../standalone/setup/docker-facts.mjs'
import { runCommand } from '../../standalone/setup/run-command.mjs'
import { findRedis } from './find-redis.mjs'

const options = { env: { DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: 5 * 60_000 }
const waitForLock = ['-o', 'DPkg::Lock::Timeout=300']

const canInstall = () => process.getuid?.() === 0 && usesApt()

// The package redis-server would start a service; this one has the program alone.
const install = async () => {
  announce('Redis is missing: installing the package redis-tools with apt-get')
  await runCommand(['apt-get', ...waitForLock, 'update', '-q'], options)
  await runCommand(
    ['apt-get', ...waitForLock, 'install', '-q', '-y', '--no-install-recommends', 'redis-tools'],
    options,
  )
}

/**
 * Makes sure, where that is allowed, that the suites can start and kill a Redis of their own; those that only use one take
 * the server at REDIS_URL where that is set. Answers whether they can.
 */
export const ensureRedis = async () => {
  if (findRedis() === null && canInstall()) await install()
  return findRedis() !== null
}
