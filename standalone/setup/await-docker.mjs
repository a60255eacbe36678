import { setTimeout as delay } from 'node:timers/promises'
import { pingDocker } from './ping-docker.mjs'

/**
 * Waits until the daemon answers, at most `timeoutMs`. The last failure is the answer; null: it is there.
 * @param {import('./docker-endpoint.mjs').DockerEndpoint} endpoint
 * @param {number} timeoutMs
 * @returns {Promise<import('./ping-docker.mjs').PingFailure>}
 */
export const awaitDocker = async (endpoint, timeoutMs) => {
  const deadline = performance.now() + timeoutMs
  let failure = await pingDocker(endpoint)
  while (failure !== null && performance.now() < deadline) {
    await delay(200)
    failure = await pingDocker(endpoint)
  }
  return failure
}
