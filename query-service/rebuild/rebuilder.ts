import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { describeError } from '@runledger/shared-kernel/logger/describe-error.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { Shares } from '@runledger/shared-kernel/sharing/shares.ts'
import { type Repetition, repeat } from '@runledger/shared-kernel/timing/repeat.ts'
import { getOrElseW, isLeft } from 'fp-ts/lib/Either.js'
import type { Generation } from '../generations/generation-record.ts'
import type { Generations } from '../generations/registry.ts'
import { beginFollowing, fail, finish, forget, type Transition } from '../generations/transitions.ts'
import { loadParkedStreams } from '../projector/parked-streams.ts'
import { atGeneration, collectionsOf, type Projection, projectionKey } from '../projector/projection.ts'
import type { BulkFault, BulkWork } from './bulk-work.ts'

type Options = Readonly<{
  log: Pick<EventLog, 'tails'>
  store: ReadModelStore
  generations: Generations
  bulk: BulkWork
  /** One partition, which stands for the rebuilding: whoever holds it does it. */
  shares: Shares
  logger: Logger
  /** After so long every process has seen what was written of a generation. */
  settleMs: number
  lookMs?: number
}>

export type Rebuilder = Readonly<{ start: () => Promise<void>; stop: () => Promise<void> }>

type Subject = Readonly<{ projection: Projection; generation: Generation; stored: Projection }>

const defaultLookMs = 500

/** Brings every generation on by the step it is at, one after another: what is cut off is taken up by the next start. */
export const createRebuilder = (options: Options): Rebuilder => {
  const { log, store, generations, bulk, shares, logger, settleMs, lookMs = defaultLookMs } = options
  const seen = new Map<string, number>()
  let stopped = false
  let looking: Repetition | null = null

  const holds = (): boolean => !stopped && shares.held().has(0)

  // Long enough for whoever looks once in a while: by this process's own clock, from when it saw it first.
  const isSettled = ({ stored, generation }: Subject): boolean => {
    const key = `${projectionKey(stored)} ${generation.state}`
    const since = seen.get(key) ?? performance.now()
    seen.set(key, since)
    return performance.now() - since >= settleMs
  }

  const change = async ({ projection }: Subject, transition: Transition): Promise<void> => {
    const changed = await generations.change(projection, transition)
    if (isLeft(changed)) logger.warn({ fault: changed.left, projection: projection.name }, 'a rebuild waits')
  }

  const end = async (subject: Subject, { kind, why }: BulkFault): Promise<void> => {
    const { stored, generation } = subject
    if (kind === 'interrupted') {
      if (holds()) logger.warn({ generation: projectionKey(stored), why }, 'a rebuild was interrupted and goes on')
      return
    }
    logger.error({ generation: projectionKey(stored), why }, 'a rebuild failed; what is read stays as it is')
    await change(subject, fail(generation.number, why))
  }

  const build = async (subject: Subject): Promise<void> => {
    const working = { mayGoOn: holds, onProgress: () => undefined }
    const built = await bulk.build(subject.stored, working)
    if (isLeft(built)) return end(subject, built.left)
    const verified = await bulk.verify(subject.stored, working)
    if (isLeft(verified)) return end(subject, verified.left)
    await change(subject, beginFollowing(subject.generation.number))
  }

  // Where this code cannot read what is live, clients are told what the log itself says.
  const shownPositions = async (active: Projection | null): Promise<ReadonlyMap<number, number> | null> => {
    if (active !== null) return getOrElseW(() => null)(await store.checkpoints(projectionKey(active))())
    const tails = await log.tails()()
    return isLeft(tails) ? null : new Map(tails.right.entries())
  }

  // Whoever follows both applies everything to the new one first: once abreast, it stays so.
  const isAbreast = async ({ projection, stored }: Subject): Promise<boolean> => {
    const shown = await shownPositions(generations.active(projection))
    const reached = await store.checkpoints(projectionKey(stored))()
    if (shown === null || isLeft(reached)) return false
    return [...shown].every(([p, n]) => (reached.right.get(p) ?? 0) >= n)
  }

  const follow = async (subject: Subject): Promise<void> => {
    if (!isSettled(subject) || !(await isAbreast(subject))) return
    const parked = await loadParkedStreams(store, projectionKey(subject.stored))
    if (isLeft(parked)) return
    const [poison] = parked.right
    if (poison !== undefined)
      return end(subject, { kind: 'failed', why: `stream ${poison.stream} cannot be folded: ${poison.error}` })
    await change(subject, finish(subject.generation.number))
    logger.info({ generation: projectionKey(subject.stored) }, 'a rebuild is done')
  }

  const drop = async (subject: Subject): Promise<void> => {
    if (!isSettled(subject)) return
    for (const { name } of collectionsOf(subject.stored)) {
      const dropped = await store.drop(name)()
      if (isLeft(dropped)) return
    }
    await change(subject, forget(subject.generation.number))
  }

  const advance = (subject: Subject): Promise<void> => {
    const { projection, generation } = subject
    if (generation.state === 'dropping') return drop(subject)
    if (generation.code !== projection.version) return Promise.resolve()
    if (generation.state === 'building') return build(subject)
    return generation.state === 'following' ? follow(subject) : Promise.resolve()
  }

  const subjects = (): ReadonlyArray<Subject> =>
    generations.projections.flatMap(projection =>
      generations.record(projection).generations.map(generation => ({
        ...{ projection, generation },
        stored: atGeneration(projection, generation.number),
      })),
    )

  const look = async (): Promise<void> => {
    for (const subject of subjects()) if (holds()) await advance(subject)
  }

  return {
    start: async () => {
      await shares.start()
      looking = repeat(look, lookMs, defect => logger.error({ err: describeError(defect) }, 'a rebuild met a defect'))
      generations.onChange(looking.now)
      shares.onChange(looking.now)
    },
    stop: async () => {
      stopped = true
      await looking?.stop()
      await shares.stop()
    },
  }
}
