import * as E from 'fp-ts/lib/Either.js'
import type { ContainerShape } from '../docker/container-options.ts'
import type { Limits, SourceFile } from '../sandbox.ts'
import type { PhaseResult } from './phase-result.ts'
import { openRunnerSession } from './runner-session.ts'
import { openTestContainer } from './test-container.ts'
import { phase } from './test-phase.ts'

export type TestRun = Readonly<{
  argv: ReadonlyArray<string>
  limits?: Partial<Limits>
  files?: ReadonlyArray<SourceFile>
  stdin?: Uint8Array
  shape?: Partial<ContainerShape>
}>

export type TestReport = PhaseResult & Readonly<{ out: Buffer; err: Buffer; frames: number }>

/** One program in a container of its own; rejects on a fault of the runner. */
export const runInContainer = async (image: string, run: TestRun): Promise<TestReport> => {
  const container = await openTestContainer(image, run.shape)
  const heard: Record<'stdout' | 'stderr', Uint8Array[]> = { stdout: [], stderr: [] }
  try {
    const outcome = await openRunnerSession(container.channel).run(
      {
        files: run.files ?? [],
        stdin: run.stdin ?? new Uint8Array(),
        compile: null,
        run: phase(run.argv, run.limits),
        betweenPhases: async () => undefined,
      },
      { compiled: () => undefined, output: ({ stream, bytes }) => heard[stream].push(bytes) },
    )
    if (E.isLeft(outcome)) throw new Error(outcome.left.message)
    if (outcome.right.run === null) throw new Error('the program was not run')
    return {
      ...outcome.right.run,
      out: Buffer.concat(heard.stdout),
      err: Buffer.concat(heard.stderr),
      frames: heard.stdout.length + heard.stderr.length,
    }
  } finally {
    await container.remove()
  }
}
