import type { RecordedEvent, StoredCommit } from '@runledger/shared-kernel/event-log/commit.ts'
import { decodedOnce } from '@runledger/shared-kernel/event-log/decoded-once.ts'
import { unreadableProblem } from '@runledger/shared-kernel/event-log/readable-schemas.ts'
import { schemasIn } from '@runledger/shared-kernel/event-log/schemas-in.ts'
import { schemaName } from '@runledger/shared-kernel/event-log/versioned.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type {
  Checkpoint,
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
import { writtenEntries } from './written-entries.ts'

const collection = 'open__v2'
const formerCollections = ['open__v1']

/** Entries that changed and are open, submissions that ended, and partitions another process has taken over meanwhile. */
type TakenIn = Readonly<{
  entries: ReadonlyArray<OpenEntry>
  ended: ReadonlyArray<OpenSubmission>
  deposed: ReadonlyArray<number>
}>

/** An event of a newer version, which knows what it means: to pass it over might leave a submission to nobody. */
type NewerEvent = Readonly<{ _tag: 'NewerEvent'; kind: 'unreadable'; message: string }>

type Answer<A> = TE.TaskEither<ReadModelStoreFault, A>

/** The submissions without a terminal event. What it costs to read does not grow with the log. */
export type OpenIndex = Readonly<{
  ensure: () => Answer<void>
  /** How far it has followed each partition; absent: 0. */
  positions: () => Answer<ReadonlyMap<number, number>>
  /** Fences off whoever took these partitions in before. Answers those a later process has taken over already. */
  fenceOff: (holdings: Holdings) => Answer<ReadonlyArray<number>>
  /** Takes in commits and moves on; stays where it is before an event of a newer version. */
  apply: (
    commits: ReadonlyArray<StoredCommit>,
    positions: ReadonlyMap<number, number>,
    holdings: Holdings,
  ) => TE.TaskEither<ReadModelStoreFault | NewerEvent, TakenIn>
  /** Entries in order of id. */
  page: (after: string | null, limit: number) => Answer<ReadonlyArray<OpenEntry>>
  /** Takes out an entry whose submission the log says has ended. */
  forget: (entry: OpenEntry) => Answer<void>
}>

export const openIndex = (store: ReadModelStore, logger: Logger): OpenIndex => {
  const written = writtenEntries(store, collection)
  return {
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
        TE.fromEither(readable(commits, logger)),
        TE.flatMap(events =>
          pipe(
            [...byStream(events)],
            TE.traverseArray(([stream, ofStream]) => foldOne(written, stream, ofStream)),
          ),
        ),
        TE.flatMap(folded => {
          const writes = folded.flatMap(({ write }) => write ?? [])
          return pipe(
            store.apply(writes, [...positions].map(checkpointAt(holdings))),
            TE.map(({ deposed }) => {
              written.note(writes)
              const entries = folded.flatMap(({ entry }) => entry ?? [])
              return { entries, ended: folded.flatMap(({ ended }) => ended ?? []), deposed }
            }),
          )
        }),
      ),
    page: (after, limit) =>
      pipe(store.find({ collection, where: {}, order: 'ascending', after, limit }), TE.map(RA.filter(openEntry.is))),
    forget: ({ id, version }) =>
      pipe(
        store.apply([{ kind: 'delete', collection, id, expected: version }], []),
        TE.map(() => undefined),
      ),
  }
}

const checkpointAt =
  (holdings: Holdings) =>
  ([partition, n]: readonly [number, number]): Checkpoint => {
    const fence = holdings.get(partition) ?? null
    return fence === null ? { projection: collection, partition, n } : { projection: collection, partition, n, fence }
  }

const newerEvent = (commit: StoredCommit): NewerEvent | null => {
  const problem = unreadableProblem(schemasIn(commit).map(schemaName))
  if (problem === null) return null
  return { _tag: 'NewerEvent', kind: 'unreadable', message: `the log at ${commit.p}:${commit.n}: ${problem}` }
}

const readable = (
  commits: ReadonlyArray<StoredCommit>,
  logger: Logger,
): E.Either<NewerEvent, ReadonlyArray<RecordedEvent>> => {
  const read: Array<RecordedEvent> = []
  for (const commit of commits) {
    const events = decodedOnce(commit)
    const newer = E.isLeft(events) ? newerEvent(commit) : null
    if (newer !== null) return E.left(newer)
    if (E.isRight(events)) read.push(...events.right)
    else logger.error({ poison: events.left }, 'A commit cannot be read; the index of open submissions passes it over')
  }
  return E.right(read)
}

const byStream = (events: ReadonlyArray<RecordedEvent>): ReadonlyMap<string, ReadonlyArray<RecordedEvent>> =>
  Map.groupBy(events, ({ stream }) => stream)

const foldOne = (
  written: ReturnType<typeof writtenEntries>,
  stream: string,
  events: ReadonlyArray<RecordedEvent>,
): Answer<FoldedStream> => {
  const id = submissionOfStream(stream)
  if (id === null) return TE.right({ entry: null, ended: null, write: null })
  return pipe(
    written.before(id, events[0]?.version ?? 0),
    TE.map(stored => foldStream(collection, id, stored, events)),
  )
}
