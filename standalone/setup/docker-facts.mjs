import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { isStandardSocket, parseDockerHost } from './docker-endpoint.mjs'
import { pingDocker } from './ping-docker.mjs'

// Daemons live in sbin, which is on root's path only.
export const programFolders = () => {
  const { PATH = '' } = process.env
  return [...PATH.split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/bin', '/bin'].filter(Boolean)
}

/** @param {string} name */
export const hasProgram = name => programFolders().some(folder => existsSync(join(folder, name)))

/**
 * Whether the text of /etc/os-release names Debian, Ubuntu or a descendant of them.
 * @param {string} osRelease
 */
export const isDebianLike = osRelease =>
  osRelease
    .split('\n')
    .filter(line => /^ID(_LIKE)?=/.test(line))
    .some(line => /\b(debian|ubuntu)\b/.test(line))

/** Whether packages come from apt-get here, on Debian or a descendant. */
export const usesApt = () =>
  existsSync('/etc/os-release') && isDebianLike(readFileSync('/etc/os-release', 'utf8')) && hasProgram('apt-get')

/**
 * @param {string} dockerHost
 * @returns {Promise<import('./docker-plan.mjs').DockerFacts>}
 */
export const gatherDockerFacts = async dockerHost => ({
  dockerHost,
  local: isStandardSocket(dockerHost),
  failure: await pingDocker(parseDockerHost(dockerHost, process.env)),
  platform: process.platform,
  root: process.getuid?.() === 0,
  installed: hasProgram('dockerd'),
  apt: usesApt(),
})
