import type Dockerode from 'dockerode'
import * as E from 'fp-ts/lib/Either.js'
import { inspectImage } from '../images/publish-image.ts'
import type { LanguageImage, SandboxFault } from '../sandbox.ts'
import { callDocker } from './call-docker.ts'
import { type DockerFault, doubtsDaemon } from './docker-fault.ts'
import { sandboxFault } from './sandbox-fault.ts'

export type OlderImages = Readonly<{
  /** An image of a language that is not its current one; null where the daemon has none such, or it failed before. */
  find: (language: string, digest: string) => Promise<LanguageImage | null>
  /** No container of it got ready: unless the daemon is in doubt it is not found again, and the next attempt runs on the current one. */
  failed: (digest: string) => (fault: DockerFault) => SandboxFault
}>

const inspectTimeoutMs = 5_000

/** Images of languages as they were before an upgrade, which stay on a daemon until somebody removes them. */
export const createOlderImages = (docker: Dockerode): OlderImages => {
  const unfit = new Set<string>()
  return {
    find: async (language, digest) => {
      if (unfit.has(digest)) return null
      const inspected = await callDocker('inspect an image', inspectTimeoutMs, () => inspectImage(docker, digest))
      const labels = E.isRight(inspected) ? inspected.right?.labels : undefined
      const speaks = labels?.['runledger.kind'] === 'language' && labels['runledger.language'] === language
      return speaks ? { version: labels['runledger.version'] ?? '', digest } : null
    },
    failed: digest => fault => {
      if (doubtsDaemon(fault)) return sandboxFault('unavailable', fault.message)
      unfit.add(digest)
      return sandboxFault('lost', `no container of the older image got ready: ${fault.message}`)
    },
  }
}
