import * as E from 'fp-ts/lib/Either.js'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { RunReport, RunRequest, SandboxFault } from '../sandbox.ts'
import { type Artifact, carryingMs, unpacking } from './artifact.ts'
import { runProgram } from './run-program.ts'
import type { StartedContainer } from './start-container.ts'

type Placing = Readonly<{
  definition: LanguageDefinition
  request: Pick<RunRequest, 'entry' | 'limits' | 'compileLimits'>
  signal: AbortSignal
}>

const deaf = { compiled: () => undefined, output: () => undefined }

/**
 * Puts into an empty box whatever of an artifact cannot be sent together with the run. Null where all is there, else how it
 * went instead.
 */
export const putBack = async (
  container: StartedContainer,
  artifact: Artifact,
  { definition, request: { entry, limits, compileLimits }, signal }: Placing,
): Promise<E.Either<SandboxFault, RunReport | null>> => {
  if ('files' in artifact) return E.right(null)
  const { memoryBytes, processes } = limits
  // Of the program's size from the start: to change it costs a call of the daemon.
  const own = { ...compileLimits, memoryBytes, processes, cpuTimeMs: carryingMs, wallTimeMs: carryingMs }
  const program = { files: [], entry, args: [], stdin: artifact.archive, limits: own, compileLimits: own }
  const report = await runProgram(container, unpacking(definition), program, { listener: deaf, signal })
  return E.map((ended: RunReport) => (ended.outcome === 'success' ? null : ended))(report)
}

/** What is sent together with the run. */
export const filesOf = (artifact: Artifact) => ('files' in artifact ? artifact.files : [])
