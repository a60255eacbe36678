/**
 * What is known about Docker on this machine.
 * @typedef {object} DockerFacts
 * @property {string} dockerHost where a daemon is looked for
 * @property {boolean} local whether `dockerHost` is the machine's standard socket
 * @property {import('./ping-docker.mjs').PingFailure} failure why the daemon did not answer; null: it did
 * @property {string} platform as `process.platform`
 * @property {boolean} root
 * @property {boolean} installed whether `dockerd` is on the machine
 * @property {boolean} apt whether packages come from apt-get on a Debian or a descendant
 */

/**
 * @typedef {{ action: 'use' } | { action: 'start' } | { action: 'install' } | { action: 'refuse', advice: string }} DockerPlan
 */

const permissionAdvice = [
  'Docker is running, but this user may not talk to it. Either',
  '  sudo usermod -aG docker "$USER"    and log in again, or',
  '  run the command as root.',
].join('\n')

/**
 * @param {string} advice
 * @returns {DockerPlan}
 */
const refuse = advice => ({ action: 'refuse', advice })

/**
 * @param {DockerFacts} facts
 * @returns {DockerPlan}
 */
const planMissing = ({ root, apt }) => {
  if (root && apt) return { action: 'install' }
  if (apt)
    return refuse(
      'Docker is not installed. Install it with\n  sudo apt-get install docker.io && sudo usermod -aG docker "$USER"\nand log in again.',
    )
  return refuse('Docker is not installed. See https://docs.docker.com/engine/install/ and start again.')
}

/**
 * @param {DockerFacts} facts
 * @returns {DockerPlan}
 */
const planStopped = ({ root }) =>
  root
    ? { action: 'start' }
    : refuse(
        'Docker is installed but not running. Start it with\n  sudo systemctl start docker    (or: sudo service docker start)',
      )

/**
 * What to do so that a Docker daemon answers, or what to tell the user where nothing can be done.
 * @param {DockerFacts} facts
 * @returns {DockerPlan}
 */
export const planDocker = facts => {
  const { failure, local, platform, dockerHost } = facts
  if (failure === null) return { action: 'use' }
  if (failure === 'EACCES' || failure === 'EPERM') return refuse(permissionAdvice)
  if (!local)
    return refuse(
      `No Docker daemon answers at ${dockerHost} (${failure}). Start it, or unset DOCKER_HOST to use the local one.`,
    )
  if (platform !== 'linux') return refuse('Docker is not running. Start Docker Desktop and try again.')
  return facts.installed ? planStopped(facts) : planMissing(facts)
}
