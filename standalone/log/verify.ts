import type { LogStorage } from '@runledger/shared-kernel/event-log/log-storage.ts'
import { publicKeyFile, readPublicKey } from '@runledger/shared-kernel/log-tools/anchors/anchor-key.ts'
import { readAnchors } from '@runledger/shared-kernel/log-tools/anchors/read-anchors.ts'
import { type Bounds, type KnownHead, verifyLog } from '@runledger/shared-kernel/log-tools/verify-log.ts'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { totalOf } from './count-commits.ts'
import type { CommandNeeds, ExitStatus, LogCommand } from './log-command.ts'
import { readOptions } from './read-options.ts'
import { readPositions } from './read-positions.ts'
import { reportVerdict } from './report-verdict.ts'
import { walkProgress } from './walk-progress.ts'
import { withStorage } from './with-storage.ts'

const known = {
  from: { type: 'string', multiple: true },
  to: { type: 'string', multiple: true },
  anchors: { type: 'string' },
  'public-key': { type: 'string' },
  newest: { type: 'string' },
  quiet: { type: 'boolean', default: false },
} as const

type Asked = Readonly<{
  from?: ReadonlyArray<string> | undefined
  to?: ReadonlyArray<string> | undefined
  anchors?: string | undefined
  'public-key'?: string | undefined
  newest?: string | undefined
  quiet: boolean
}>

const boundsOf = ({ from = [], to = [] }: Asked, partitions: number): E.Either<string, Bounds> =>
  pipe(E.Do, E.apS('from', readPositions(from, partitions)), E.apS('to', readPositions(to, partitions)))

const keyFileOf = (asked: Asked, { config }: CommandNeeds): E.Either<string, string> => {
  if (asked['public-key'] !== undefined) return E.right(asked['public-key'])
  const { keyFile } = config.anchors
  return keyFile === null
    ? E.left('--anchors needs --public-key FILE, or ANCHOR_KEY_FILE')
    : E.right(publicKeyFile(keyFile))
}

const knownHeads = (
  storage: LogStorage,
  asked: Asked,
  needs: CommandNeeds,
): TE.TaskEither<string, ReadonlyArray<KnownHead>> => {
  const { anchors } = asked
  if (anchors === undefined) return TE.right([])
  return pipe(
    TE.fromEither(keyFileOf(asked, needs)),
    TE.flatMapEither(readPublicKey),
    TE.flatMap(key => readAnchors(anchors, storage, { key, newest: asked.newest ?? null })),
  )
}

const verifyWithin = async (
  storage: LogStorage,
  needs: CommandNeeds,
  { bounds, heads, isQuiet }: Readonly<{ bounds: Bounds; heads: ReadonlyArray<KnownHead>; isQuiet: boolean }>,
): Promise<ExitStatus> => {
  const bar = walkProgress('verify', await totalOf(storage, bounds), isQuiet)
  const verdict = await verifyLog(storage, { bounds, known: heads, onPage: bar.advance })()
  bar.done()
  if (E.isLeft(verdict)) {
    needs.complain(verdict.left.message)
    return 1
  }
  const { lines, status } = reportVerdict(verdict.right)
  for (const line of lines) needs.say(line)
  return status
}

const verifyAsAsked =
  (needs: CommandNeeds, asked: Asked) =>
  async (storage: LogStorage): Promise<ExitStatus> => {
    const bounds = boundsOf(asked, storage.partitions)
    if (E.isLeft(bounds)) {
      needs.complain(bounds.left)
      return 2
    }
    const heads = await knownHeads(storage, asked, needs)()
    if (E.isLeft(heads)) {
      needs.complain(heads.left)
      return 1
    }
    return verifyWithin(storage, needs, { bounds: bounds.right, heads: heads.right, isQuiet: asked.quiet })
  }

/** Walks the chains, beside whoever writes the log. */
export const verify: LogCommand = {
  usage: `verify [--from p:n]... [--to p:n]... [--anchors FILE [--public-key FILE] [--newest ROOT]] [--quiet]
                                         walks the chains; names the first bad position of each partition;
                                         ROOT, as anchor said it last: an anchor the file must still hold`,
  run: async needs => {
    const options = readOptions(needs.args, known)
    if (E.isLeft(options)) {
      needs.complain(options.left)
      return 2
    }
    return withStorage(needs, 'read', verifyAsAsked(needs, options.right.values))
  },
}
