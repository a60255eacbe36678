import type { LogStorage } from '@runledger/shared-kernel/event-log/log-storage.ts'
import { openLogStorage } from '@runledger/shared-kernel/log-tools/open-log-storage.ts'
import * as E from 'fp-ts/lib/Either.js'
import type { CommandNeeds, ExitStatus } from './log-command.ts'

/** Opens the configured log for one command, and closes it afterwards. */
export const withStorage = async (
  { config, complain }: CommandNeeds,
  access: 'read' | 'write',
  use: (storage: LogStorage) => Promise<ExitStatus>,
): Promise<ExitStatus> => {
  const opened = await openLogStorage(config, access)()
  if (E.isLeft(opened)) {
    complain(opened.left.message)
    return 1
  }
  try {
    return await use(opened.right)
  } finally {
    await opened.right.close()
  }
}
