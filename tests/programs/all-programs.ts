import { bash } from './bash.ts'
import { c } from './c.ts'
import { cpp } from './cpp.ts'
import { go } from './go.ts'
import { java } from './java.ts'
import { javascript } from './javascript.ts'
import type { Expectation, Kind, Program, Sources } from './program.ts'
import { python } from './python.ts'
import { typescript } from './typescript.ts'

const text = 'one\ntwo "quoted" \\ and \u{1f980}\n'

const compiled: ReadonlyArray<string> = ['typescript', 'c', 'cpp', 'java', 'go']

const sourcesOf: Readonly<Record<string, Sources>> = { python, javascript, typescript, c, cpp, java, bash, go }

const broken = (lang: string): Expectation => ({
  outcomes: [compiled.includes(lang) ? 'compile_error' : 'runtime_error'],
})

// A runtime that keeps its own heap limit ends itself before the kernel does; a bomb dies of whichever limit it meets first.
const expectations: Readonly<Record<Kind, (lang: string) => Expectation>> = {
  greets: () => ({ outcomes: ['success'], exitCode: 0, stdOutput: 'Hello, World!\n' }),
  echoes: () => ({ outcomes: ['success'], exitCode: 0, stdOutput: text }),
  isBroken: broken,
  exitsWith3: () => ({ outcomes: ['runtime_error'], exitCode: 3 }),
  crashes: () => ({ outcomes: ['signalled'] }),
  loops: () => ({ outcomes: ['time_limit'] }),
  sleeps: () => ({ outcomes: ['time_limit'] }),
  hogsMemory: lang => ({ outcomes: lang === 'java' ? ['runtime_error', 'memory_limit'] : ['memory_limit'] }),
  forkBombs: () => ({ outcomes: ['time_limit', 'memory_limit', 'runtime_error', 'signalled', 'output_limit'] }),
  floods: () => ({ outcomes: ['output_limit'] }),
}

const limitsOf = (kind: Kind): Program['limits'] => {
  if (kind === 'loops' || kind === 'forkBombs') return { cpuTimeMs: 1000, wallTimeMs: 4000 }
  return kind === 'sleeps' ? { wallTimeMs: 1500 } : {}
}

const program = (lang: string, kind: Kind, code: string): Program => ({
  lang,
  kind,
  code,
  stdInput: kind === 'echoes' ? text : '',
  limits: limitsOf(kind) ?? {},
  expect: expectations[kind](lang),
})

const kinds = Object.keys(expectations) as ReadonlyArray<Kind>

/** Every kind of program in every language. */
export const allPrograms: ReadonlyArray<Program> = Object.entries(sourcesOf).flatMap(([lang, sources]) =>
  kinds.map(kind => program(lang, kind, sources[kind])),
)
