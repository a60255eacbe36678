import { ada } from './ada.ts'
import { assembly } from './assembly.ts'
import { awk } from './awk.ts'
import { bash } from './bash.ts'
import { c } from './c.ts'
import { cpp } from './cpp.ts'
import { csharp } from './csharp.ts'
import { d } from './d.ts'
import { elixir } from './elixir.ts'
import { erlang } from './erlang.ts'
import { executable } from './executable.ts'
import { fortran } from './fortran.ts'
import { go } from './go.ts'
import { haskell } from './haskell.ts'
import { java } from './java.ts'
import { javascript } from './javascript.ts'
import { kotlin } from './kotlin.ts'
import { lisp } from './lisp.ts'
import { lua } from './lua.ts'
import { ocaml } from './ocaml.ts'
import { pascal } from './pascal.ts'
import { perl } from './perl.ts'
import { php } from './php.ts'
import type { Expectation, Kind, Program, Sources } from './program.ts'
import { prolog } from './prolog.ts'
import { pypy } from './pypy.ts'
import { python } from './python.ts'
import { pythonNumpy } from './python-numpy.ts'
import { r } from './r.ts'
import { ruby } from './ruby.ts'
import { rust } from './rust.ts'
import { scheme } from './scheme.ts'
import { sql } from './sql.ts'
import { tcl } from './tcl.ts'
import { typescript } from './typescript.ts'

const text = 'one\ntwo "quoted" \\ and \u{1f980}\n'

const compiled: ReadonlyArray<string> = [
  'typescript',
  'c',
  'cpp',
  'java',
  'go',
  'ada',
  'assembly',
  'csharp',
  'd',
  'fortran',
  'haskell',
  'kotlin',
  'ocaml',
  'pascal',
  'rust',
]

const sourcesOf: Readonly<Record<string, Sources>> = {
  python,
  javascript,
  typescript,
  c,
  cpp,
  java,
  bash,
  go,
  ada,
  assembly,
  awk,
  csharp,
  d,
  elixir,
  erlang,
  executable,
  fortran,
  haskell,
  kotlin,
  lisp,
  lua,
  ocaml,
  pascal,
  perl,
  php,
  prolog,
  pypy,
  'python-numpy': pythonNumpy,
  r,
  ruby,
  rust,
  scheme,
  sql,
  tcl,
}

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
  hogsMemory: lang => ({
    outcomes: ['java', 'kotlin'].includes(lang) ? ['runtime_error', 'memory_limit'] : ['memory_limit'],
  }),
  forkBombs: () => ({ outcomes: ['time_limit', 'memory_limit', 'runtime_error', 'signalled', 'output_limit'] }),
  floods: () => ({ outcomes: ['output_limit'] }),
}

const limitsOf = (kind: Kind): Program['limits'] => {
  if (kind === 'loops' || kind === 'forkBombs') return { cpuTimeMs: 1000, wallTimeMs: 4000 }
  if (kind === 'hogsMemory') return { cpuTimeMs: 20_000, wallTimeMs: 40_000 }
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

const programsIn = ([lang, sources]: readonly [string, Sources]): ReadonlyArray<Program> =>
  kinds.flatMap(kind => {
    const code = sources[kind]
    return code === undefined ? [] : [program(lang, kind, code)]
  })

/** Programs of every kind: the worst in the languages served first, what any program may do in every language. */
export const allPrograms: ReadonlyArray<Program> = Object.entries(sourcesOf).flatMap(programsIn)
