import { announce } from './announce.mjs'
import { runCommand } from './run-command.mjs'

const env = { DEBIAN_FRONTEND: 'noninteractive' }

// Another apt-get (a fresh machine's own updates, as a rule) is waited for, not fought.
const waitForLock = ['-o', 'DPkg::Lock::Timeout=300']

/** Installs the distribution's Docker. For Debian and its descendants, as root. */
export const installDocker = async () => {
  announce('Docker is missing: installing the package docker.io with apt-get')
  await runCommand(['apt-get', ...waitForLock, 'update', '-q'], { env, timeoutMs: 5 * 60_000 })
  const install = ['apt-get', ...waitForLock, 'install', '-q', '-y', 'docker.io']
  await runCommand(install, { env, timeoutMs: 15 * 60_000 })
}
