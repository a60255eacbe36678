import { expandArgv } from '../languages/expand-argv.ts'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { PhaseSpec, RunnerSpec } from '../runner/runner-session.ts'
import type { CasesRequest, RunRequest } from '../sandbox.ts'
import type { ContainerShape } from './container-options.ts'

export type Program = Pick<
  RunRequest,
  'files' | 'entry' | 'args' | 'compileArgs' | 'stdin' | 'limits' | 'compileLimits'
>

/** Below the runner's window. */
const longestStdin = 64 * 1024

/** Whether a program's stdin may be sent as a whole, before the runner asks for any of it. */
export const isStdinSentWhole = ({ stdin }: Pick<Program, 'stdin'>): boolean => stdin.length <= longestStdin

const environment = {
  HOME: '/box',
  LANG: 'C.UTF-8',
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
}

/** What the runner is told to do, for a program in a language. */
export const runnerSpec = (definition: LanguageDefinition, program: Program): Omit<RunnerSpec, 'betweenPhases'> => {
  const phase = (argv: ReadonlyArray<string>, limits: PhaseSpec['limits']): PhaseSpec => ({
    argv: expandArgv(argv, {
      entry: program.entry,
      files: program.files.map(({ name }) => name),
      args: program.args,
      options: allowed(definition, program),
      sourceSuffixes: definition.sourceSuffixes,
    }),
    env: { ...environment, ...definition.env },
    limits,
  })
  return {
    files: program.files,
    stdin: program.stdin,
    compile: definition.compile === null ? null : phase(definition.compile.argv, program.compileLimits),
    run: phase(definition.run.argv, program.limits),
  }
}

/** What is not on the list is refused where a submission arrives; were it not, it would reach no compiler either. */
const allowed = ({ compile }: LanguageDefinition, { compileArgs = [] }: Program): ReadonlyArray<string> =>
  compileArgs.filter(option => compile?.options.includes(option) === true)

/** The container a program begins in: limited for its first phase, its tmpfs large enough for both. */
export const firstShape = (
  definition: LanguageDefinition,
  { limits, compileLimits }: Pick<Program, 'limits' | 'compileLimits'>,
): ContainerShape => {
  const { memoryBytes, processes } = definition.compile === null ? limits : compileLimits
  const compileTmpfs = definition.compile === null ? 0 : compileLimits.tmpfsBytes
  return { memoryBytes, processes, tmpfsBytes: Math.max(limits.tmpfsBytes, compileTmpfs) }
}

/** The same for a program that is run for several cases: its tmpfs is large enough for each. */
export const shapeForCases = (definition: LanguageDefinition, request: CasesRequest): ContainerShape => {
  const tmpfsBytes = Math.max(request.limits.tmpfsBytes, ...request.cases.map(({ limits }) => limits.tmpfsBytes))
  return firstShape(definition, { ...request, limits: { ...request.limits, tmpfsBytes } })
}

/** The same where nothing needs to be compiled: as large, and limited for the program from the start. */
export const shapeForFound = (definition: LanguageDefinition, request: Program): ContainerShape => {
  const { memoryBytes, processes } = request.limits
  return { ...firstShape(definition, request), memoryBytes, processes }
}

/** How long a program may take by its own limits, both phases together. */
export const wallTimeMs = (definition: LanguageDefinition, { limits, compileLimits }: Program): number =>
  limits.wallTimeMs + (definition.compile === null ? 0 : compileLimits.wallTimeMs)
