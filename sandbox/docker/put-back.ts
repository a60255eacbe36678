import * as E from 'fp-ts/lib/Either.js'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { Limits, RunReport, RunRequest, SandboxFault, SourceFile } from '../sandbox.ts'
import { type Artifact, carryingMs, unpacking } from './artifact.ts'
import { runProgram } from './run-program.ts'
import type { StartedContainer } from './start-container.ts'

type Placing = Readonly<{
  definition: LanguageDefinition
  request: Pick<RunRequest, 'entry' | 'limits' | 'compileLimits'>
  signal: AbortSignal
}>

// Files that fill the memory would be the runner's end where it makes them; where a phase does, they are only that phase's.
const leastRoom = 4

/** What of an artifact is sent together with a run; null: nothing, it is put back before. */
const sent = ({ files, archive }: Artifact, memoryBytes: number): Artifact['files'] =>
  archive === null || archive.length * leastRoom <= memoryBytes ? files : null

export const filesSent = (artifact: Artifact, { memoryBytes }: Limits): ReadonlyArray<SourceFile> =>
  sent(artifact, memoryBytes) ?? []

/** Whether an artifact is sent together with a run, and nothing of it before. */
export const isSentWhole = (artifact: Artifact, { memoryBytes }: Limits): boolean =>
  artifact.archive === null || sent(artifact, memoryBytes) !== null

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
  const { memoryBytes, processes } = limits
  if (artifact.archive === null || isSentWhole(artifact, limits)) return E.right(null)
  // Of the program's size from the start: to change it costs a call of the daemon.
  const own = { ...compileLimits, memoryBytes, processes, cpuTimeMs: carryingMs, wallTimeMs: carryingMs }
  const program = { files: [], entry, args: [], stdin: artifact.archive, limits: own, compileLimits: own }
  const report = await runProgram(container, unpacking(definition), program, { listener: deaf, signal })
  return E.map((ended: RunReport) => (ended.outcome === 'success' ? null : ended))(report)
}
