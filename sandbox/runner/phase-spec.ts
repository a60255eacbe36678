import type { Limits } from '../sandbox.ts'

/** `argv[0]` is looked up in `env.PATH` unless it holds a slash. Memory, processes and tmpfs are the container's to limit. */
export type PhaseSpec = Readonly<{
  argv: ReadonlyArray<string>
  env: Readonly<Record<string, string>>
  limits: Limits
}>
