import { createAnchorKey, publicKeyFile, readAnchorKey } from '@runledger/shared-kernel/log-tools/anchors/anchor-key.ts'
import { takeAnchor } from '@runledger/shared-kernel/log-tools/anchors/take-anchor.ts'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { CommandNeeds, ExitStatus, LogCommand } from './log-command.ts'
import { readOptions } from './read-options.ts'
import { withStorage } from './with-storage.ts'

const newKey = (keyFile: string, { say, complain }: CommandNeeds): ExitStatus => {
  const made = createAnchorKey(keyFile)
  if (E.isLeft(made)) {
    complain(made.left)
    return 1
  }
  say(`made ${keyFile}; keep ${publicKeyFile(keyFile)} and the anchors where nobody who writes the log can`)
  return 0
}

const anchorNow = (keyFile: string, file: string, needs: CommandNeeds): Promise<ExitStatus> =>
  withStorage(needs, 'read', async storage => {
    const taken = await pipe(
      TE.fromEither(readAnchorKey(keyFile)),
      TE.flatMap(key => takeAnchor(storage, { file, key, now: new Date() })),
    )()
    if (E.isLeft(taken)) {
      needs.complain(taken.left)
      return 1
    }
    needs.say(`anchored ${taken.right.root} at ${taken.right.at} in ${file}`)
    return 0
  })

/** Signs what the log is now. */
export const anchor: LogCommand = {
  usage: `anchor [--file FILE]                   appends the signed heads of all partitions (ANCHOR_FILE, ANCHOR_KEY_FILE)
  anchor --new-key                       makes the key ANCHOR_KEY_FILE, and its public half beside it`,
  run: async needs => {
    const options = readOptions(needs.args, {
      file: { type: 'string' },
      'new-key': { type: 'boolean', default: false },
    })
    if (E.isLeft(options)) {
      needs.complain(options.left)
      return 2
    }
    const { keyFile, file: configured } = needs.config.anchors
    const file = options.right.values.file ?? configured
    if (keyFile === null) {
      needs.complain('ANCHOR_KEY_FILE must name the file of the key')
      return 2
    }
    if (options.right.values['new-key']) return newKey(keyFile, needs)
    if (file === null) {
      needs.complain('--file or ANCHOR_FILE must name the file of the anchors')
      return 2
    }
    return anchorNow(keyFile, file, needs)
  },
}
