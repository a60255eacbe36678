import type { RecordedEvent, StoredCommit } from '@runledger/shared-kernel/event-log/commit.ts'
import { decodeCommit } from '@runledger/shared-kernel/event-log/decode-commit.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type {
  Checkpoint,
  Document,
  ReadModelStore,
  ReadModelStoreFault,
} from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { Holdings } from '@runledger/shared-kernel/sharing/shares.ts'
import { submissionOfStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type FoldedStream, foldStream } from './fold-stream.ts'
import { type OpenEntry, type OpenSubmission, openEntry } from './open-submission.ts'

const collection = 'open__v2'
const formerCollections = ['open__v1']

/** Entries that changed and are open, submissions that ended, and partitions another process has taken over meanwhile. */
type TakenIn = Readonly<{
  entries: ReadonlyArray<OpenEntry>
  ended: ReadonlyArray<OpenSubmission>
  deposed: ReadonlyArray<number>
}>

type Answer<A> = TE.TaskEither<ReadModelStoreFault, A>

/** The submissions without a terminal event. What it costs to read does not grow with the log. */
export type OpenIndex = Readonly<{
  ensure: () => Answer<void>
  /** How far it has followed each partition; absent: 0. */
  positions: () => Answer<ReadonlyMap<number, number>>
  /** Fences off whoever took these partitions in before. Answers those a later process has taken over already. */
  fenceOff: (holdings: Holdings) => Answer<ReadonlyArray<number>>
  /** Takes in commits and moves on. */
  apply: (
    commits: ReadonlyArray<StoredCommit>,
    positions: ReadonlyMap<number, number>,
    holdings: Holdings,
  ) => Answer<TakenIn>
  /** Entries in order of id. */
  page: (after: string | null, limit: number) => Answer<ReadonlyArray<OpenEntry>>
  /** Takes out an entry whose submission the log says has ended. */
  forget: (entry: OpenEntry) => Answer<void>
}>

export const openIndex = (store: ReadModelStore, logger: Logger): OpenIndex => ({
  ensure: () =>
    pipe(
      formerCollections,
      TE.traverseArray(store.drop),
      TE.chain(() => store.ensure({ name: collection, indexes: [] })),
    ),
  positions: () => store.checkpoints(collection),
  fenceOff: holdings =>
    pipe(
      store.apply(
        [],
        [...holdings.keys()].map(partition => checkpointAt(holdings)([partition, 0])),
      ),
      TE.map(({ deposed }) => deposed),
    ),
  apply: (commits, positions, holdings) =>
    pipe(
      [...byStream(readable(commits, logger))],
      TE.traverseArray(([stream, events]) => foldOne(store, stream, events)),
      TE.chain(folded =>
        pipe(
          store.apply(
            folded.flatMap(({ write }) => write ?? []),
            [...positions].map(checkpointAt(holdings)),
          ),
          TE.map(({ deposed }) => ({
            entries: folded.flatMap(({ entry }) => entry ?? []),
            ended: folded.flatMap(({ ended }) => ended ?? []),
            deposed,
          })),
        ),
      ),
    ),
  page: (after, limit) =>
    pipe(store.find({ collection, where: {}, order: 'ascending', after, limit }), TE.map(RA.filter(openEntry.is))),
  forget: ({ id, version }) =>
    pipe(
      store.apply([{ kind: 'delete', collection, id, expected: version }], []),
      TE.map(() => undefined),
    ),
})

const checkpointAt =
  (holdings: Holdings) =>
  ([partition, n]: readonly [number, number]): Checkpoint => {
    const fence = holdings.get(partition) ?? null
    return fence === null ? { projection: collection, partition, n } : { projection: collection, partition, n, fence }
  }

const readable = (commits: ReadonlyArray<StoredCommit>, logger: Logger): ReadonlyArray<RecordedEvent> =>
  commits.flatMap(commit => {
    const events = decodeCommit(commit)
    if (E.isRight(events)) return events.right
    logger.error({ poison: events.left }, 'A commit cannot be read; the index of open submissions passes it over')
    return []
  })

const byStream = (events: ReadonlyArray<RecordedEvent>): ReadonlyMap<string, ReadonlyArray<RecordedEvent>> =>
  Map.groupBy(events, ({ stream }) => stream)

const foldOne = (store: ReadModelStore, stream: string, events: ReadonlyArray<RecordedEvent>): Answer<FoldedStream> => {
  const id = submissionOfStream(stream)
  if (id === null) return TE.right({ entry: null, ended: null, write: null })
  return pipe(
    storedBefore(store, id, events),
    TE.map(stored => foldStream(collection, id, stored, events)),
  )
}

const storedBefore = (
  store: ReadModelStore,
  id: string,
  events: ReadonlyArray<RecordedEvent>,
): Answer<Document | null> => (events[0]?.version === 1 ? TE.right(null) : store.get(collection, id))
