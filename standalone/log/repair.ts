import type { LogStorage } from '@runledger/shared-kernel/event-log/log-storage.ts'
import { type Repair, repairHoles } from '@runledger/shared-kernel/event-log/repair-holes.ts'
import * as E from 'fp-ts/lib/Either.js'
import { totalOf } from './count-commits.ts'
import type { CommandNeeds, ExitStatus, LogCommand } from './log-command.ts'
import { readOptions } from './read-options.ts'
import { walkProgress } from './walk-progress.ts'
import { withStorage } from './with-storage.ts'

const told = ({ position: { p, n }, outcome }: Repair): string =>
  outcome === 'written'
    ? `partition ${p}, position ${n}: was missing, is a tombstone now`
    : `partition ${p}, position ${n}: was missing, was written by another meanwhile`

const repairAll = async (
  storage: LogStorage,
  { say, complain }: CommandNeeds,
  isQuiet: boolean,
): Promise<ExitStatus> => {
  const bar = walkProgress('repair', await totalOf(storage), isQuiet)
  let holes = 0
  for (let p = 0; p < storage.partitions; p++) {
    const repairs = await repairHoles(storage, p, bar.advance)()
    if (E.isLeft(repairs)) {
      bar.done()
      complain(`partition ${p}: ${repairs.left.message}`)
      return 1
    }
    for (const repair of repairs.right) say(told(repair))
    holes += repairs.right.length
  }
  bar.done()
  say(holes === 0 ? 'no position is missing' : `${holes} missing position(s); now run verify, which names each repair`)
  return 0
}

/** Closes the holes of the log, beside whoever writes it. */
export const repair: LogCommand = {
  usage: 'repair [--quiet]                       puts tombstones where positions are missing',
  run: async needs => {
    const options = readOptions(needs.args, { quiet: { type: 'boolean', default: false } })
    if (E.isLeft(options)) {
      needs.complain(options.left)
      return 2
    }
    return withStorage(needs, 'write', storage => repairAll(storage, needs, options.right.values.quiet))
  },
}
