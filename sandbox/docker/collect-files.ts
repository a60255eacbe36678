import * as E from 'fp-ts/lib/Either.js'
import type { FilesWanted, RunReport, SandboxFault } from '../sandbox.ts'
import { callDocker } from './call-docker.ts'
import { sandboxFault } from './sandbox-fault.ts'
import type { StartedContainer } from './start-container.ts'

type Result = E.Either<SandboxFault, RunReport>

/** The runner searches for a second at most; the rest is for what it sends. */
const collectTimeoutMs = 10_000

const calledOff = (signal: AbortSignal): Promise<Result> =>
  new Promise(resolve => {
    const abort = () => resolve(E.left(sandboxFault('aborted', 'the run was called off')))
    signal.addEventListener('abort', abort, { once: true })
    if (signal.aborted) abort()
  })

/**
 * The report of a program that has run, with the files it left. How the run went is known already: where they cannot be
 * had, it stands without them, and the container does not prove that it is clean.
 */
export const withFiles = async (
  container: Pick<StartedContainer, 'session'>,
  wanted: FilesWanted | undefined,
  ran: Result,
  signal: AbortSignal,
): Promise<Result> => {
  if (wanted === undefined || E.isLeft(ran) || ran.right.usage === null) return ran
  const over = new AbortController()
  const asked = callDocker('collect files', collectTimeoutMs, () => container.session.collect(wanted)).then(
    (answer): Result => {
      const files = E.flattenW(answer)
      return E.isRight(files) ? E.right({ ...ran.right, files: files.right }) : ran
    },
  )
  return Promise.race([asked, calledOff(AbortSignal.any([signal, over.signal]))]).finally(() => over.abort())
}
