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

const isPresent = () => Boolean(process.env['REDIS_URL']) || findRedis() !== null

/**
 * Makes sure, where that is allowed, that the suites have a Redis: the server at REDIS_URL, else a program to start one of
 * their own. Answers whether they have one.
 */
export const ensureRedis = async () => {
  if (!isPresent() && canInstall()) await install()
  return isPresent()
}
