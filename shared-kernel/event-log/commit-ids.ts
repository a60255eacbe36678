import type { Transaction } from './event-log.ts'
import { newUuidV5, uuidV5 } from './uuid-v5.ts'

/** What a commit is called, and each event in it: follows from stream and command alone. */
export type CommitIds = Readonly<{ commit: string; event: (index: number) => string }>

type Command = Pick<Transaction<never, never>, 'stream' | 'commandId' | 'ids'>

/** The same command on the same stream always makes the same commit. */
export const commitIdOf = ({ stream, commandId, ids }: Command): string => ids?.commit ?? uuidV5(commandId, stream)

/** To go with a transaction whose ids are asked for before it is appended: each is made once, and looked up nowhere. */
export const commitIdsOf = ({ stream, commandId }: Command): CommitIds => {
  const commit = newUuidV5(commandId, stream)
  const events: Array<string> = []
  return { commit, event: index => (events[index] ??= newUuidV5(commit, String(index))) }
}

/** Named within the commit, not within the command: one command may write to several streams. */
export const eventIdIn = (transaction: Command, index: number): string =>
  transaction.ids?.event(index) ?? uuidV5(commitIdOf(transaction), String(index))
