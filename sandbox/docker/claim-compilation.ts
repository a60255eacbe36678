import type { CompileCache } from '../compile-cache/compile-cache.ts'
import type { KeptCompilation } from '../compile-cache/seal-compilation.ts'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { Compilation, RunRequest } from '../sandbox.ts'
import { runnerSpec } from './program.ts'

/** What there is of a compilation that is asked for, and what is to become of it. */
export type ClaimedCompilation = Readonly<{
  /** Null where it has to be made. */
  found: KeptCompilation | null
  /** The most bytes of an archive worth keeping; 0: nothing is kept. */
  largest: number
  keep: (made: KeptCompilation) => void
  /** Whoever waits for the same waits no longer. */
  done: () => void
}>

type Asked = Readonly<{
  cache: CompileCache | null
  /** Of the image it is made on. */
  digest: string
  definition: LanguageDefinition
  request: Pick<RunRequest, 'files' | 'entry' | 'compileArgs' | 'compileLimits' | 'tenant'>
  signal: AbortSignal
}>

const nothing = () => undefined

const uncached: ClaimedCompilation = { found: null, largest: 0, keep: nothing, done: nothing }

export const claimCompilation = async (asked: Asked): Promise<ClaimedCompilation> => {
  const { cache, digest, definition, request, signal } = asked
  const program = { ...request, limits: request.compileLimits, args: [], stdin: new Uint8Array() }
  const { compile } = runnerSpec(definition, program)
  if (cache === null || compile === null || request.tenant === undefined) return uncached
  const { tenant, files } = request
  const key = cache.keyOf({ ...compile, tenant, files, image: digest, language: definition.name })
  const claim = await cache.claim(key, signal)
  const keep = (made: KeptCompilation) => {
    if (made.archive.length + made.output.length <= cache.largest) cache.keep(key, made)
  }
  return 'found' in claim
    ? { ...uncached, found: claim.found }
    : { found: null, largest: cache.largest, keep, done: claim.done }
}

/** What is told of a compilation that was made before: this time it took nothing. */
export const asCached = ({ output }: KeptCompilation): Compilation => ({
  exitCode: 0,
  signal: null,
  output,
  truncated: false,
  usage: { cpuMs: 0, cpuUserMs: 0, cpuSystemMs: 0, wallMs: 0, memoryBytes: 0, memorySource: 'cgroup' },
  cached: true,
})
