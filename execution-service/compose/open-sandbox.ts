import { createDockerSandbox } from '@runledger/sandbox/docker/docker-sandbox.ts'
import { createSelfTest } from '@runledger/sandbox/docker/self-test.ts'
import type { Sandbox } from '@runledger/sandbox/sandbox.ts'
import type { Config } from '@runledger/shared-kernel/config/config.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { Teardown } from '@runledger/shared-kernel/process/teardown.ts'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { compileCache } from './compile-cache.ts'
import type { DockerConnection } from './connect-docker.ts'
import { containerReuse } from './container-reuse.ts'
import type { DaemonReport } from './judge-daemon.ts'
import { type Languages, openLanguages } from './open-languages.ts'
import { reapOrphans, removeLeftovers } from './reap-orphans.ts'

export type SandboxParts = Languages &
  Readonly<{
    sandbox: Sandbox
    /** What the sandbox stands on. */
    daemon: DaemonReport
    worker: Readonly<{ id: string; incarnation: string }>
    /** Removes what dead processes of this log left in Docker. */
    reap: () => Promise<void>
  }>

type Needs = Readonly<{
  config: Config
  connection: DockerConnection
  /** No other worker of this log uses this daemon. */
  isAlone: boolean
  logger: Logger
  teardown: Teardown
  onProgress: (line: string) => void
}>

const createSandbox = ({ config, connection, isAlone, logger }: Needs, { selection, images }: Languages): Sandbox =>
  createDockerSandbox({
    ...connection,
    images,
    reuse: containerReuse(config, isAlone),
    cache: compileCache(config, logger),
    concurrency: config.concurrency,
    languages: selection.first,
    usual: { limits: config.limits.run.defaults, compileLimits: config.limits.compile.defaults },
  })

/** A Docker daemon as sandbox of this process, with the images of the configured languages. */
export const openSandbox = (needs: Needs): TE.TaskEither<string, SandboxParts> => {
  const { config, connection, teardown, logger, onProgress } = needs
  teardown.add('own containers', removeLeftovers(connection, logger))
  return pipe(
    openLanguages(config.languages, { docker: connection.docker, onProgress, selfTest: createSelfTest(connection) }),
    TE.map(languages => {
      teardown.add('language images', languages.images.close)
      const reap = reapOrphans(connection, needs)
      // The daemon may have finished creating what a killed process asked for after the last look.
      teardown.add('orphan containers', reap)
      const sandbox = createSandbox(needs, languages)
      teardown.add('sandbox', sandbox.close)
      const { workerId: id, incarnation } = connection.owner
      return { ...languages, sandbox, daemon: connection.daemon, worker: { id, incarnation }, reap }
    }),
  )
}
