import * as E from 'fp-ts/lib/Either.js'
import type { RunReport, SandboxFault } from '../sandbox.ts'
import { callDocker } from './call-docker.ts'
import { freshRunUid } from './fresh-run-uid.ts'
import { leavesNoDoubt } from './leaves-no-doubt.ts'
import type { StartedContainer } from './start-container.ts'

export type ContainerSupply = Readonly<{
  take: () => Promise<E.Either<SandboxFault, StartedContainer>>
  /** Of a container in which nothing went wrong. */
  keep: (container: StartedContainer) => void
  retire: (container: StartedContainer) => void
}>

/** For programs of one submission, one after another: each finds nothing of those before it. */
export type CleanContainers = Readonly<{
  /** Null, of work that came to nothing: its container is not used again. */
  run: <Ran extends E.Either<SandboxFault, RunReport> | null>(
    work: (container: StartedContainer) => Promise<Ran>,
  ) => Promise<Ran | E.Left<SandboxFault>>
  /** After the last. */
  end: () => void
}>

export const cleanTimeoutMs = 3_000

const isSoundAfter = (ran: E.Either<SandboxFault, RunReport> | null): boolean =>
  ran !== null && E.isRight(ran) && leavesNoDoubt(ran.right)

/** The same container as long as it proves that it is clean, another one at any doubt. */
export const createCleanContainers = ({ take, keep, retire }: ContainerSupply): CleanContainers => {
  let used: StartedContainer | null = null

  const next = async (): Promise<E.Either<SandboxFault, StartedContainer>> => {
    const last = used
    used = null
    if (last === null) return take()
    const answer = await callDocker('clean a container', cleanTimeoutMs, () => last.session.reset(freshRunUid()))
    if (E.isRight(E.flattenW(answer))) return E.right(last)
    retire(last)
    return take()
  }

  return {
    run: async work => {
      const container = await next()
      if (E.isLeft(container)) return container
      let isSound = false
      try {
        const result = await work(container.right)
        isSound = isSoundAfter(result)
        return result
      } finally {
        if (isSound) used = container.right
        else retire(container.right)
      }
    },
    end: () => {
      if (used !== null) keep(used)
      used = null
    },
  }
}
