import * as E from 'fp-ts/lib/Either.js'
import type { ContainerShape } from '../docker/container-options.ts'
import type { CollectedFiles, FilesWanted } from '../sandbox.ts'
import type { PhaseSpec } from './phase-spec.ts'
import { openRunnerSession, type RunnerSession } from './runner-session.ts'
import { openTestContainer } from './test-container.ts'
import { deaf, nothing } from './use-runner.ts'

const mebibyte = 1024 * 1024
const limits = { files: 64, fileBytes: 4 * mebibyte, totalBytes: 8 * mebibyte }

type Wanted = Readonly<{ patterns: ReadonlyArray<string>; limits?: Partial<FilesWanted['limits']> }>

/** A container in which programs ran and left files. */
export type Left = Readonly<{
  collect: (wanted: Wanted) => Promise<CollectedFiles>
  session: RunnerSession
}>

/** Runs a program to its end, and gives what it left to `look`. */
export const afterRun = async <A>(
  { image, run, shape }: Readonly<{ image: string; run: PhaseSpec; shape?: Partial<ContainerShape> }>,
  look: (left: Left) => Promise<A>,
): Promise<A> => {
  const container = await openTestContainer(image, shape)
  try {
    const session = openRunnerSession(container.channel)
    const ran = await session.run({ ...nothing, run }, deaf)
    if (E.isLeft(ran)) throw new Error(ran.left.message)
    const collect = async ({ patterns, limits: changed }: Wanted) => {
      const answer = await session.collect({ patterns, limits: { ...limits, ...changed } })
      if (E.isLeft(answer)) throw new Error(answer.left.message)
      return answer.right
    }
    return await look({ collect, session })
  } finally {
    await container.remove()
  }
}
