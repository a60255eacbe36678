import { join } from 'node:path'
import { importLog } from '@runledger/shared-kernel/log-tools/transfer/import-log.ts'
import type { OpenImportTarget } from '@runledger/shared-kernel/log-tools/transfer/import-target.ts'
import { mongoImportTarget } from '@runledger/shared-kernel/log-tools/transfer/mongo-import-target.ts'
import { sqliteImportTarget } from '@runledger/shared-kernel/log-tools/transfer/sqlite-import-target.ts'
import type { ProgressBar } from '@runledger/shared-kernel/process/progress-bar.ts'
import * as E from 'fp-ts/lib/Either.js'
import { lockDataDir } from '../data-dir/lock-data-dir.ts'
import type { CommandNeeds, ExitStatus, LogCommand } from './log-command.ts'
import { oneFile } from './read-file-argument.ts'
import { readOptions } from './read-options.ts'
import { walkProgress } from './walk-progress.ts'
import { openKeys } from './with-keys.ts'

type Asked = Readonly<{ file: string; isQuiet: boolean; restarts: boolean }>

const readAsked = (args: ReadonlyArray<string>): E.Either<string, Asked> => {
  const flag = { type: 'boolean', default: false } as const
  const options = readOptions(args, { quiet: flag, restart: flag })
  if (E.isLeft(options)) return options
  const { positionals, values } = options.right
  return E.map((file: string) => ({ file, isQuiet: values.quiet, restarts: values.restart }))(oneFile(positionals))
}

const importInto = async (
  { config, say, complain }: CommandNeeds,
  { file, isQuiet }: Asked,
  target: OpenImportTarget,
) => {
  const bars: Array<ProgressBar> = []
  const follow = (commits: number) => {
    const bar = walkProgress('import', commits, isQuiet)
    bars.push(bar)
    return bar.advance
  }
  const imported = await importLog(file, { log: target, keys: () => openKeys(config) }, follow)()
  for (const bar of bars) bar.done()
  if (E.isLeft(imported)) {
    complain(`nothing was imported: ${imported.left}`)
    return 1
  }
  say(`${imported.right} commit(s) were imported; every hash is right`)
  return 0
}

// A server that starts meanwhile would begin a log of its own in the same place.
const importIntoDataDir = async (needs: CommandNeeds, asked: Asked): Promise<ExitStatus> => {
  const { dataDir } = needs.config
  const lock = lockDataDir(dataDir)
  if (E.isLeft(lock)) {
    needs.complain(lock.left.message)
    return 1
  }
  try {
    return await importInto(needs, asked, sqliteImportTarget(join(dataDir, 'runledger.sqlite')))
  } finally {
    lock.right.release()
  }
}

/** Makes the log that a file holds where there is none. */
export const importFrom: LogCommand = {
  usage: `import FILE [--restart] [--quiet]      makes the log that an exported file holds, where there is none;
                                         --restart: in place of what an import that was cut has left`,
  run: async needs => {
    const asked = readAsked(needs.args)
    if (E.isLeft(asked)) {
      needs.complain(asked.left)
      return 2
    }
    const { mongoUrl } = needs.config
    return mongoUrl === null
      ? importIntoDataDir(needs, asked.right)
      : importInto(needs, asked.right, mongoImportTarget({ url: mongoUrl }, asked.right))
  },
}
