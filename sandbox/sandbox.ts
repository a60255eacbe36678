import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

/** Limits of one phase. Milliseconds and bytes; `outputBytes` per stream; `processes` counts processes and threads. */
export type Limits = Readonly<{
  cpuTimeMs: number
  wallTimeMs: number
  memoryBytes: number
  processes: number
  outputBytes: number
  fileBytes: number
  tmpfsBytes: number
  stackBytes: number
}>

/** `name` is a relative path below the box; content is written byte for byte. */
export type SourceFile = Readonly<{ name: string; content: Uint8Array; isExecutable?: boolean }>

/** Who a container belongs to, kept as its labels once a run is given to it. */
export type Owner = Readonly<{ submission: string; attempt: number; budgetMs: number }>

export type RunRequest = Readonly<{
  /** Canonical language name. */
  language: string
  /** Digest of the image to run on, one that `preferredImage` answered; null: the one the language runs on now. */
  image: string | null
  files: ReadonlyArray<SourceFile>
  /** Name of the file to start from, one of `files`. */
  entry: string
  args: ReadonlyArray<string>
  /** Options of the compiler, those of its allow-list only; none where they are left out. */
  compileArgs?: ReadonlyArray<string>
  stdin: Uint8Array
  limits: Limits
  compileLimits: Limits
  owner: Owner
  /** Whose runs may follow this one in its container, where the sandbox reuses any; left out: nobody's. */
  tenant?: string
}>

/** One run of several of a program. */
export type Case = Pick<RunRequest, 'args' | 'stdin' | 'limits'>

/** A program that is compiled once and run once for each case, in order. */
export type CasesRequest = Omit<RunRequest, 'args' | 'stdin'> & Readonly<{ cases: ReadonlyArray<Case> }>

export type Outcome =
  | 'success'
  | 'compile_error'
  | 'compile_limit'
  | 'runtime_error'
  | 'signalled'
  | 'time_limit'
  | 'memory_limit'
  | 'output_limit'

/** CPU of all processes of the phase and its two parts, wall time, peak memory and where that figure comes from. */
export type Usage = Readonly<{
  cpuMs: number
  cpuUserMs: number
  cpuSystemMs: number
  wallMs: number
  memoryBytes: number
  memorySource: 'cgroup' | 'rusage' | 'sampled'
}>

export type StreamName = 'stdout' | 'stderr'

/** Bytes kept, and whether the program wrote more than it may. */
export type StreamTotals = Readonly<{ bytes: number; truncated: boolean }>

/** `at` is milliseconds since the program started, by the runner's monotonic clock. */
export type Output = Readonly<{ stream: StreamName; offset: number; bytes: Uint8Array; at: number }>

export type Compilation = Readonly<{
  exitCode: number | null
  signal: string | null
  /** What the compiler said, both streams as they came, cut at `compileLimits.outputBytes`. */
  output: Uint8Array
  truncated: boolean
  usage: Usage
  cached: boolean
}>

/** How the run went: decided from kernel facts and the runner's clock, never from program text or exit code alone. */
export type RunReport = Readonly<{
  outcome: Outcome
  /** For limits: `cpu`, `wall`, `memory`, `output`, `processes`...; null where there is nothing to add. */
  reason: string | null
  exitCode: number | null
  signal: string | null
  /** Of the run phase; null where it never began. */
  usage: Usage | null
  output: Readonly<{ stdout: StreamTotals; stderr: StreamTotals }>
}>

/** Called in order while the run goes on. `compiled` once at most, before any output. */
export type RunListener = Readonly<{
  compiled: (compilation: Compilation) => void
  output: (output: Output) => void
}>

/** Called in order while cases run: `compiled` once at most, then for each case what it writes and how it `ended`. */
export type CasesListener = RunListener &
  Readonly<{
    /** Whether the next case is to be run. */
    ended: (report: RunReport) => boolean
  }>

/**
 * Nothing about the program can be concluded: `unavailable` (no daemon, no image, no slot), `lost` (the container or its
 * connection died, the host's own deadline passed), `aborted` (the caller's signal).
 */
export type SandboxFault = Readonly<{
  _tag: 'SandboxFault'
  kind: 'unavailable' | 'lost' | 'aborted'
  message: string
}>

/** An image programs of a language can run on. */
export type LanguageImage = Readonly<{ version: string; digest: string }>

/** `available`: a run begun now could come to an outcome. A sandbox may have problems and still be available. */
export type SandboxHealth = Readonly<{ available: boolean; healthy: boolean; problems: ReadonlyArray<string> }>

/**
 * Runs untrusted programs, each in an isolated, limited container that serves no other meanwhile, and afterwards at most
 * others of the same tenant. Knows nothing of events.
 */
export type Sandbox = Readonly<{
  /** The image a run of this language would use; null while it is not ready. */
  image: (language: string) => LanguageImage | null
  /**
   * The image of that digest, where it is a language's own, is there and has not failed to start; else the one a run would
   * use now. Null while the language is not ready. Never rejects.
   */
  preferredImage: (language: string, digest: string) => Promise<LanguageImage | null>
  /** Runs one program to its end. Resolves within the limits' wall times plus a fixed grace, whatever the program or the daemon does. */
  run: (request: RunRequest, listener: RunListener, signal: AbortSignal) => TaskEither<SandboxFault, RunReport>
  /**
   * Runs the cases of a program one after another, each on files that no other case has seen. Answers null, or the report of
   * a compilation that failed. Resolves within the limits of all that is run plus a fixed grace for each.
   */
  runCases: (
    request: CasesRequest,
    listener: CasesListener,
    signal: AbortSignal,
  ) => TaskEither<SandboxFault, RunReport | null>
  health: () => Promise<SandboxHealth>
  /** Destroys every container of this process and waits for it, bounded. */
  close: () => Promise<void>
}>
