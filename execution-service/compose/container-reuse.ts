import type { DockerSandboxOptions } from '@runledger/sandbox/docker/docker-sandbox.ts'
import type { Config } from '@runledger/shared-kernel/config/config.ts'
import { anonymousTenant } from '@runledger/shared-kernel/types/anonymous.ts'

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host)

/**
 * Whose runs may follow one another in a container. Where nobody but this machine's user can submit, whoever does not say
 * who they are is that user; on a shared server they may be anybody, and have a container of their own for each run.
 */
export const containerReuse = (
  { sandbox, host }: Pick<Config, 'sandbox' | 'host'>,
  isAlone: boolean,
): DockerSandboxOptions['reuse'] => {
  if (sandbox.isolation === 'single-use') return null
  const isLocal = isAlone && isLoopback(host)
  return {
    serves: tenant => isLocal || tenant !== anonymousTenant,
    runsPerContainer: sandbox.runsPerContainer,
  }
}
