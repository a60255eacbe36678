import { describeError } from '@runledger/shared-kernel/logger/describe-error.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { ReadModelStore, ReadModelStoreFault } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { type Repetition, repeat } from '@runledger/shared-kernel/timing/repeat.ts'
import { type Either, isLeft, isRight, right } from 'fp-ts/lib/Either.js'
import { atGeneration, type Projection } from '../projector/projection.ts'
import { type GenerationRecord, generationRecord, isLive } from './generation-record.ts'
import { firstRecord, type Refusal, startOwed, type Transition } from './transitions.ts'

type Options = Readonly<{
  store: Pick<ReadModelStore, 'records'>
  projections: ReadonlyArray<Projection>
  logger: Logger
  /** How often what other processes have changed is looked for. */
  lookMs?: number
}>

type Stored = Readonly<{ revision: number; record: GenerationRecord }>
type Changed = Promise<Either<ReadModelStoreFault | Refusal, GenerationRecord>>

/** The generations of each projection, as this process last read them. */
export type Generations = Readonly<{
  projections: ReadonlyArray<Projection>
  /** Reads what there is, begins what newer code owes, and looks for changes of others from now on. */
  start: () => Promise<void>
  stop: () => Promise<void>
  refresh: () => Promise<void>
  record: (projection: Projection) => GenerationRecord
  /** The generation that is read; null where this code cannot read it. */
  active: (projection: Projection) => Projection | null
  /** What this process keeps up with the log: a new generation before the one it is to take the place of. */
  followed: () => ReadonlyArray<Projection>
  /** By compare-and-set, again where another was faster. */
  change: (projection: Projection, transition: Transition) => Changed
  onChange: (listener: () => void) => void
}>

const defaultLookMs = 1000

const nameOf = ({ name }: Projection): string => `generations_${name}`

const decoded = (projection: Projection, body: unknown): GenerationRecord => {
  const record = generationRecord.decode(body)
  if (isLeft(record)) throw new Error(`the record of projection ${projection.name} does not decode`)
  return record.right
}

export const openGenerations = (options: Options): Generations => {
  const { store, projections, logger, lookMs = defaultLookMs } = options
  const known = new Map(projections.map(projection => [projection.name, firstRecord(projection.version)]))
  const listeners: Array<() => void> = []
  let looking: Repetition | null = null

  const record = (projection: Projection): GenerationRecord =>
    known.get(projection.name) ?? firstRecord(projection.version)

  const note = (projection: Projection, now: GenerationRecord): void => {
    if (JSON.stringify(record(projection)) === JSON.stringify(now)) return
    known.set(projection.name, now)
    for (const listener of listeners) listener()
  }

  const stored = async (projection: Projection): Promise<Either<ReadModelStoreFault, Stored>> => {
    const found = await store.records.read(nameOf(projection))()
    if (isLeft(found)) return found
    if (found.right === null) return right({ revision: 0, record: firstRecord(projection.version) })
    return right({ revision: found.right.revision, record: decoded(projection, found.right.body) })
  }

  const tryChange = async (projection: Projection, transition: Transition): Promise<'again' | Awaited<Changed>> => {
    const before = await stored(projection)
    if (isLeft(before)) return before
    const { revision, record: known } = before.right
    const after = transition(known)
    if (isLeft(after)) return after
    const written = await store.records.write(nameOf(projection), { revision, body: after.right })()
    if (isLeft(written)) return written
    return written.right ? after : 'again'
  }

  const change: Generations['change'] = async (projection, transition) => {
    for (;;) {
      const changed = await tryChange(projection, transition)
      if (changed === 'again') continue
      if (isRight(changed)) note(projection, changed.right)
      return changed
    }
  }

  const look = async (projection: Projection): Promise<void> => {
    const found = await stored(projection)
    if (isLeft(found)) logger.warn({ fault: found.left }, 'the generations of a projection cannot be read')
    else note(projection, found.right.record)
  }

  const refresh = async (): Promise<void> => void (await Promise.all(projections.map(look)))

  const begin = async (projection: Projection): Promise<void> => {
    const begun = await change(projection, startOwed(projection.version))
    if (isLeft(begun) && begun.left._tag === 'ReadModelStoreFault')
      throw new Error(`projection ${projection.name} cannot start: ${begun.left.message}`)
  }

  const active = (projection: Projection): Projection | null => {
    const live = record(projection).generations.find(each => isLive(record(projection), each))
    return live?.code === projection.version ? atGeneration(projection, live.number) : null
  }

  const followedOf = (projection: Projection): ReadonlyArray<Projection> =>
    record(projection)
      .generations.filter(({ code, state }) => code === projection.version && ['following', 'ready'].includes(state))
      .map(({ number }) => atGeneration(projection, number))
      .toReversed()

  return {
    projections,
    record,
    active,
    change,
    refresh,
    followed: () => projections.flatMap(followedOf),
    onChange: listener => void listeners.push(listener),
    start: async () => {
      for (const projection of projections) await begin(projection)
      looking = repeat(refresh, lookMs, defect =>
        logger.error({ err: describeError(defect) }, 'reading the generations of projections failed'),
      )
    },
    stop: async () => looking?.stop(),
  }
}
