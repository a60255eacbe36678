import * as E from 'fp-ts/lib/Either.js'
import { describeError } from '../logger/describe-error.ts'
import type { Logger } from '../logger/logger.ts'
import type { Lease, LeaseStore, Member } from '../read-model-store/lease-store.ts'
import { type Repetition, repeat } from '../timing/repeat.ts'
import { createLivingMembers } from './living-members.ts'
import { planShares } from './plan-shares.ts'
import type { Shares } from './shares.ts'

type Options = Readonly<{
  leases: LeaseStore
  /** Processes of one group share the partitions. */
  group: string
  /** This process's name: another one after each start. */
  name: string
  partitions: number
  monotonic: () => number
  logger: Logger
  /** How often this process shows that it lives. */
  beatMs?: number
  /** Who has shown nothing for so long is taken for dead. */
  deadMs?: number
}>

type Standing = Readonly<{ members: ReadonlyArray<Member>; leases: ReadonlyArray<Lease> }>
type Tokens = ReadonlyMap<number, number>

const defaultBeatMs = 1000
const defaultDeadMs = 5000

const tokensOf = (leases: ReadonlyArray<Lease>): Tokens =>
  new Map(leases.map(({ partition, token }) => [partition, token]))

const isSame = (a: Tokens, b: Tokens): boolean => a.size === b.size && [...a].every(([p, token]) => b.get(p) === token)

/**
 * A fair share of the partitions for every living process of a group, and no partition for two: a lease changes hands
 * only where its token is the one that was read. Whoever sleeps for too long is deposed, and finds out by its fence.
 */
export const sharePartitions = (options: Options): Shares => {
  const { leases, group, name, partitions, monotonic, logger } = options
  const { beatMs = defaultBeatMs, deadMs = defaultDeadMs } = options
  const census = createLivingMembers({ monotonic, deadMs })
  const listeners: Array<() => void> = []
  let held: Tokens = new Map()
  let beating: Repetition | null = null

  const hold = (next: Tokens): void => {
    const hasChanged = !isSame(held, next)
    held = next
    if (hasChanged) for (const tell of listeners) tell()
  }

  // What came to pass without an answer is found at the next reading.
  const hand = async (lease: Lease): Promise<ReadonlyArray<Lease>> => {
    const token = await leases.hand(group, lease)()
    return E.isRight(token) && token.right !== null ? [{ ...lease, token: token.right }] : []
  }

  const handAll = async (handovers: ReadonlyArray<Lease>): Promise<ReadonlyArray<Lease>> =>
    (await Promise.all(handovers.map(hand))).flat()

  const bury = (dead: ReadonlyArray<Member>) =>
    Promise.all(dead.filter(member => member.name !== name).map(member => leases.remove(group, member)()))

  const rebalance = async ({ members, leases: current }: Standing): Promise<void> => {
    const { living, dead } = census.take(members, current)
    const handovers = planShares({ name, partitions, living: new Set([...living, name]), leases: current })
    const leaving = new Set(handovers.map(({ partition }) => partition))
    const staying = current.filter(({ holder, partition }) => holder === name && !leaving.has(partition))
    hold(tokensOf(staying))
    const handed = await handAll(handovers)
    hold(tokensOf([...staying, ...handed.filter(({ holder }) => holder === name)]))
    await bury(dead)
  }

  const round = async (): Promise<void> => {
    const beaten = await leases.beat(group, name)()
    const standing = E.isLeft(beaten) ? beaten : await leases.read(group)()
    if (E.isRight(standing)) await rebalance(standing.right)
    else logger.warn({ fault: standing.left, group }, 'The shares of the partitions cannot be read; trying on')
  }

  const onDefect = (defect: unknown): void =>
    logger.error({ err: describeError(defect), group }, 'The sharing of partitions met a defect')

  const start = async (): Promise<void> => {
    await round().catch(onDefect)
    beating = repeat(round, beatMs, onDefect)
  }

  const leave = async (): Promise<void> => {
    const standing = await leases.read(group)()
    if (E.isLeft(standing)) return
    await handAll(
      standing.right.leases.filter(({ holder }) => holder === name).map(lease => ({ ...lease, holder: null })),
    )
    const self = standing.right.members.find(member => member.name === name)
    if (self !== undefined) await leases.remove(group, self)()
  }

  const stop = async (): Promise<void> => {
    await beating?.stop()
    hold(new Map())
    await leave()
  }

  const deposed: Shares['deposed'] = (partition, fence) =>
    hold(new Map([...held].filter(([p, token]) => p !== partition || token !== fence)))

  return { start, held: () => held, deposed, onChange: listener => void listeners.push(listener), stop }
}
