import { findDockerHost, parseDockerHost } from './docker-endpoint.mjs'
import { gatherDockerFacts } from './docker-facts.mjs'
import { planDocker } from './docker-plan.mjs'
import { installDocker } from './install-docker.mjs'
import { pingDocker } from './ping-docker.mjs'
import { SetupProblem } from './setup-problem.mjs'
import { startDocker } from './start-docker.mjs'

/**
 * Makes sure that a Docker daemon answers, by starting or installing it where that is allowed, and names it in DOCKER_HOST.
 * @returns {Promise<{ started: boolean }>} whether the daemon runs only because of this call
 */
export const ensureDocker = async () => {
  const dockerHost = findDockerHost(process.env)
  const endpoint = parseDockerHost(dockerHost, process.env)
  const plan = planDocker(await gatherDockerFacts(dockerHost))
  if (plan.action === 'refuse') throw new SetupProblem(plan.advice)
  Object.assign(process.env, { DOCKER_HOST: dockerHost })
  if (plan.action === 'use') return { started: false }
  if (plan.action === 'install') await installDocker()
  // The package may have started its own service.
  if ((await pingDocker(endpoint)) !== null) await startDocker(endpoint)
  return { started: true }
}
