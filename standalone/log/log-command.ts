import type { Config } from '@runledger/shared-kernel/config/config.ts'

/** What a command of the log's tools is given: where it finds the log, what was asked, and whom it answers. */
export type CommandNeeds = Readonly<{
  config: Config
  args: ReadonlyArray<string>
  say: (line: string) => void
  complain: (line: string) => void
}>

/** Its exit status. 0: done, all is well. 1: it is not, or could not be done. 2: misused. 3: whole but for repairs. */
export type ExitStatus = 0 | 1 | 2 | 3

export type LogCommand = Readonly<{ usage: string; run: (needs: CommandNeeds) => Promise<ExitStatus> }>
