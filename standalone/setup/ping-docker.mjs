import { request } from 'node:http'

/**
 * `null`: the daemon answered. Otherwise why not: an errno name, `TIMEOUT` or `HTTP <status>`.
 * @typedef {string | null} PingFailure
 */

/** @param {import('./docker-endpoint.mjs').DockerEndpoint} endpoint */
const target = endpoint =>
  endpoint.kind === 'unix' ? { socketPath: endpoint.path } : endpoint.kind === 'tcp' ? endpoint : {}

/**
 * Asks a Docker daemon whether it is there.
 * @param {import('./docker-endpoint.mjs').DockerEndpoint} endpoint
 * @param {number} [timeoutMs]
 * @returns {Promise<PingFailure>}
 */
export const pingDocker = (endpoint, timeoutMs = 3000) =>
  new Promise(resolve => {
    if (endpoint.kind === 'opaque') return resolve(null)
    const ping = request({ ...target(endpoint), path: '/_ping', timeout: timeoutMs }, response => {
      response.resume()
      resolve(response.statusCode === 200 ? null : `HTTP ${response.statusCode}`)
    })
    ping.once('timeout', () => ping.destroy(Object.assign(new Error('no answer'), { code: 'TIMEOUT' })))
    ping.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code ?? error.message))
    ping.end()
  })
