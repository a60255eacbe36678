import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * `opaque`: only a full Docker client can reach it (TLS, ssh); it is taken on trust.
 * @typedef {{ kind: 'unix', path: string } | { kind: 'tcp', host: string, port: number } | { kind: 'opaque' }} DockerEndpoint
 */

const standardSocket = '/var/run/docker.sock'

/** @param {NodeJS.ProcessEnv} env */
const rootlessSockets = ({ XDG_RUNTIME_DIR }) => [
  ...(XDG_RUNTIME_DIR === undefined ? [] : [join(XDG_RUNTIME_DIR, 'docker.sock')]),
  join(homedir(), '.docker', 'run', 'docker.sock'),
  join(homedir(), '.docker', 'desktop', 'docker.sock'),
]

/**
 * The DOCKER_HOST to use: the one given, else the standard socket, else that of a rootless daemon or Docker Desktop.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string}
 */
export const findDockerHost = env => {
  const { DOCKER_HOST } = env
  if (DOCKER_HOST !== undefined && DOCKER_HOST !== '') return DOCKER_HOST
  const found = [standardSocket, ...rootlessSockets(env)].find(path => existsSync(path))
  return `unix://${found ?? standardSocket}`
}

/** @param {string} dockerHost */
export const isStandardSocket = dockerHost =>
  ['unix:///var/run/docker.sock', 'unix:///run/docker.sock'].includes(dockerHost)

/**
 * @param {string} dockerHost
 * @param {NodeJS.ProcessEnv} env
 * @returns {DockerEndpoint}
 */
export const parseDockerHost = (dockerHost, { DOCKER_TLS_VERIFY = '' }) => {
  if (dockerHost.startsWith('unix://')) return { kind: 'unix', path: dockerHost.slice('unix://'.length) }
  const plain = /^(?:tcp|http):\/\/(\[[0-9a-f:]+\]|[^:/]+)(?::(\d+))?\/?$/i.exec(dockerHost)
  if (plain === null || DOCKER_TLS_VERIFY !== '') return { kind: 'opaque' }
  return { kind: 'tcp', host: (plain[1] ?? '').replace(/^\[|\]$/g, ''), port: Number(plain[2] ?? 2375) }
}
