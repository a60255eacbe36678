import type * as E from 'fp-ts/lib/Either.js'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { RunReport, RunRequest, SandboxFault } from '../sandbox.ts'
import { carryingMs, unpacking } from './artifact.ts'
import { runProgram } from './run-program.ts'
import type { StartedContainer } from './start-container.ts'

type Returned = Readonly<{
  archive: Uint8Array
  definition: LanguageDefinition
  request: Pick<RunRequest, 'entry' | 'limits' | 'compileLimits'>
  signal: AbortSignal
}>

const deaf = { compiled: () => undefined, output: () => undefined }

/** Puts what was compiled into an empty box, in a phase of its own. Only a report of success means that all is there. */
export const putBack = (
  container: StartedContainer,
  { archive, definition, request: { entry, limits, compileLimits }, signal }: Returned,
): Promise<E.Either<SandboxFault, RunReport>> => {
  const { memoryBytes, processes } = limits
  // Of the program's size from the start: to change it costs a call of the daemon.
  const own = { ...compileLimits, memoryBytes, processes, cpuTimeMs: carryingMs, wallTimeMs: carryingMs }
  const program = { files: [], entry, args: [], stdin: archive, limits: own, compileLimits: own }
  return runProgram(container, unpacking(definition), program, { listener: deaf, signal })
}
