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

/** Of files that are collected after a run: how many at most, bytes of each, and of all together. */
type FileLimits = Readonly<{ files: number; fileBytes: number; totalBytes: number }>

/** Patterns of paths below the box: `*` and `?` within a name, `**` for any number of them. */
export type FilesWanted = Readonly<{ patterns: ReadonlyArray<string>; limits: FileLimits }>

/** `size` is what the program left; `content` is all of it, or as much from its beginning as one file may have. */
export type CollectedFile = Readonly<{ path: string; size: number; content: Uint8Array }>

/**
 * What a pattern asks for and is not collected. `too_many`, `no_room`: the limits of number and sum were spent on paths
 * before it; `linked`: a file of several names; `search_time`: of a directory, not everything was looked at.
 */
export type LeftOutFile = Readonly<{
  path: string
  reason: 'too_many' | 'no_room' | 'not_regular' | 'linked' | 'not_readable' | 'too_deep' | 'not_utf8' | 'search_time'
}>

/** Files by the order of their paths' bytes; `leftOut` is the beginning of what was left out, `leftOutInAll` its number. */
export type CollectedFiles = Readonly<{
  files: ReadonlyArray<CollectedFile>
  leftOut: ReadonlyArray<LeftOutFile>
  leftOutInAll: number
}>

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
  /** Files to be collected when the program has ended; none where it is left out. */
  outputs?: FilesWanted
  /** Whose runs may follow this one in its container, and begin with what it compiled, where the sandbox reuses any; left out: nobody's. */
  tenant?: string
}>

/** One run of several of a program. */
export type Case = Pick<RunRequest, 'args' | 'stdin' | 'limits'>

/** A program that is compiled once and run once for each case, in order. */
export type CasesRequest = Omit<RunRequest, 'args' | 'stdin' | 'outputs'> &
  Readonly<{
    cases: ReadonlyArray<Case>
    /** No case begins before `ended` has said that it is to. Else all are run, and it is not asked. */
    mayStop: boolean
  }>

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
  /** Nothing was compiled this time: all else is the earlier compilation's, but for the usage, which is zero. */
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
  /** Only where files were wanted, the program has run, and its container could still be asked. */
  files?: CollectedFiles
}>

/** What a running program may be sent: nothing that stops it, or would be taken for a limit. */
export type ProgramSignal = 'SIGHUP' | 'SIGINT' | 'SIGQUIT' | 'SIGKILL' | 'SIGUSR1' | 'SIGUSR2' | 'SIGTERM'

/**
 * Why nothing more was done: `run_ended`; `stdin_ended` by the caller; `stdin_closed` by the program, every process of
 * which let go of it; `busy` with an earlier call of the same kind that has no answer yet.
 */
export type DialogueRefusal = Readonly<{
  _tag: 'DialogueRefusal'
  why: 'run_ended' | 'stdin_ended' | 'stdin_closed' | 'busy'
}>

/** What can be said to a program while it runs. Every call answers, at the end of the run at the latest; none rejects. */
export type Dialogue = Readonly<{
  /**
   * More stdin, behind all that was written before. Answers when the sandbox has taken all of it, of which it holds no more
   * than a fixed window (256 KiB) beyond what the program has read: a program that does not read keeps its writer waiting.
   * One write at a time. Until its answer the bytes are used, not copied; after a refusal some may have been read.
   */
  write: (bytes: Uint8Array) => TaskEither<DialogueRefusal, void>
  /** Lets the program see the end of its stdin, behind all that was written. Answers when that is on its way. */
  end: () => TaskEither<DialogueRefusal, void>
  /**
   * To the process group of the program: the process that was started, and those it did not give a group of their own.
   * Answers when the kernel has it; what the program makes of it is its own affair. One signal at a time.
   */
  signal: (signal: ProgramSignal) => TaskEither<DialogueRefusal, void>
}>

/** Called in order while the run goes on. `compiled` once at most, before any output. */
export type RunListener = Readonly<{
  compiled: (compilation: Compilation) => void
  output: (output: Output) => void
  /**
   * Where it is given, `stdin` of the request is only the beginning: stdin stays open until the dialogue ends it. Called once
   * at most, when the program has been started, before any output. Limits hold as ever: waiting for input is wall time.
   */
  dialogue?: (dialogue: Dialogue) => void
}>

/** Called in order while cases run: `compiled` once at most, then for each case what it writes and how it `ended`. */
export type CasesListener = Omit<RunListener, 'dialogue'> &
  Readonly<{
    /** Whether the next case is to be run, where the cases may stop. */
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
