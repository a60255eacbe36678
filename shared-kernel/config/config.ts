import type { LimitPolicy } from './limit-policy.ts'
import type { RetentionPolicy } from './retention-policy.ts'

/** Whether a container serves one run only, or one after another of the same tenant's. */
export type Isolation = 'single-use' | 'per-tenant'

/** What an operator may set, read once at the start. */
export type Config = Readonly<{
  port: number
  host: string
  /** Of the services where they run apart. */
  ports: Readonly<{ command: number; query: number; execution: number }>
  mongoUrl: string | null
  redisUrl: string | null
  /** Null: what the log has. */
  logPartitions: number | null
  workerId: string | null
  queueLockMs: number
  dataDir: string
  /** Null where the log is not anchored, and where nothing can be signed. */
  anchors: Readonly<{ file: string | null; everyMs: number; keyFile: string | null }>
  /** Wraps the data keys: the key itself, or the file that holds it. Both null: none was given. */
  masterKey: Readonly<{ text: string | null; file: string | null }>
  retention: RetentionPolicy & Readonly<{ everyMs: number }>
  logLevel: string
  /** Canonical names, in the order they are built. */
  languages: ReadonlyArray<string>
  concurrency: number
  sandbox: Readonly<{
    isolation: Isolation
    /** Runs one container serves at most, where it serves more than one. */
    runsPerContainer: number
    runtime: string | null
    dockerHost: string | null
    /** Programs run even where the daemon cannot keep them from doing harm. */
    allowsUnsafeDaemon: boolean
  }>
  /** 0: nothing that was compiled is kept. */
  compileCacheBytes: number
  maxBodyBytes: number
  maxAttempts: number
  limits: LimitPolicy
}>
