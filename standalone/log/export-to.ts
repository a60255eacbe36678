import { exportLog } from '@runledger/shared-kernel/log-tools/transfer/export-log.ts'
import * as E from 'fp-ts/lib/Either.js'
import { totalOf } from './count-commits.ts'
import type { LogCommand } from './log-command.ts'
import { readFileArgument } from './read-file-argument.ts'
import { walkProgress } from './walk-progress.ts'
import { withKeys } from './with-keys.ts'
import { withStorage } from './with-storage.ts'

/** Writes the log to a file, beside whoever writes the log. */
export const exportTo: LogCommand = {
  usage: 'export FILE [--quiet]                  writes the whole log, as it is now, to a new file',
  run: async needs => {
    const asked = readFileArgument(needs.args)
    if (E.isLeft(asked)) {
      needs.complain(asked.left)
      return 2
    }
    const { file, isQuiet } = asked.right
    return withKeys(needs, keys =>
      withStorage(needs, 'read', async storage => {
        const bar = walkProgress('export', await totalOf(storage), isQuiet)
        const exported = await exportLog({ storage, keys }, file, bar.advance)()
        bar.done()
        if (E.isLeft(exported)) {
          needs.complain(exported.left)
          return 1
        }
        needs.say(`${exported.right} commit(s) of log ${storage.logId} are in ${file}`)
        return 0
      }),
    )
  },
}
