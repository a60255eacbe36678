import type { Client } from '../support/client.ts'

export type Place = Readonly<{ p: number; n: number }>

/** A whole system that a transcript is taken of. */
export type Stage = Readonly<{
  name: string
  /** What tells the tools of the command line where log and read models are. */
  env: Readonly<Record<string, string>>
  client: Client
  /** Programs are run in containers from now on; before, nothing is run, and that succeeds. */
  runForReal: () => Promise<void>
  /** Kills whatever projects and makes projections anew, and starts it again. */
  killReader: () => Promise<void>
  /** Ends every process, in order. */
  end: () => Promise<void>
  /** Writes something else into a stored commit, once every process has ended. */
  rewrite: (place: Place, from: string, to: string) => Promise<void>
  remove: (place: Place) => Promise<void>
  /** Takes away what is left of it all. */
  clear: () => Promise<void>
}>
