import type { LimitPolicy } from './limit-policy.ts'

/** What an operator may set, read once at the start. */
export type Config = Readonly<{
  port: number
  host: string
  dataDir: string
  logLevel: string
  /** Canonical names, in the order they are built. */
  languages: ReadonlyArray<string>
  concurrency: number
  sandbox: Readonly<{ isolation: 'single-use'; runtime: string | null; dockerHost: string | null }>
  maxBodyBytes: number
  maxAttempts: number
  limits: LimitPolicy
}>
