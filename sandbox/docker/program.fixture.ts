import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { Limits } from '../sandbox.ts'

const limits: Limits = {
  cpuTimeMs: 1000,
  wallTimeMs: 1000,
  memoryBytes: 1000,
  processes: 1,
  outputBytes: 1000,
  fileBytes: 1000,
  tmpfsBytes: 1000,
  stackBytes: 1000,
}
/** A program without files, for `definition`. */
export const program = { files: [], entry: 'main.sh', args: [], stdin: Buffer.of(), limits, compileLimits: limits }

/** A language without a compiler. */
export const definition: LanguageDefinition = {
  name: 'bash',
  aliases: [],
  fileName: 'main.sh',
  sourceSuffixes: ['.sh'],
  npmPackages: [],
  compile: null,
  sizedByLimits: true,
  run: { argv: ['bash', '{entry}'] },
  env: {},
  runFactors: {},
  compileFactors: {},
  versionArgv: ['bash', '--version'],
  selfTest: [],
}
