import type { Lease } from '../read-model-store/lease-store.ts'

type Situation = Readonly<{
  name: string
  partitions: number
  /** Names of the living, this process's own among them. */
  living: ReadonlySet<string>
  leases: ReadonlyArray<Lease>
}>

const rankOf = ({ name, living }: Situation): number => [...living].sort().indexOf(name)

const fairShare = (situation: Situation, rank: number): number => {
  const { partitions, living } = situation
  return Math.floor(partitions / living.size) + (rank < partitions % living.size ? 1 : 0)
}

const unheld = ({ partitions, living, leases }: Situation): ReadonlyArray<Lease> => {
  const known = new Map(leases.map(lease => [lease.partition, lease]))
  return Array.from({ length: partitions }, (_, partition) => partition)
    .map((partition): Lease => known.get(partition) ?? { partition, holder: null, token: 0 })
    .filter(({ holder }) => holder === null || !living.has(holder))
}

// Members begin at different places, or they would all reach for the same leases.
const rotated = <A>(items: ReadonlyArray<A>, by: number): ReadonlyArray<A> => {
  const start = items.length === 0 ? 0 : by % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}

/** The leases to hand on, each with its current token: given up above this member's fair share, taken below it. */
export const planShares = (situation: Situation): ReadonlyArray<Lease> => {
  const { name, leases } = situation
  const rank = rankOf(situation)
  const fair = fairShare(situation, rank)
  const mine = leases.filter(({ holder }) => holder === name)
  const surplus = mine.slice(fair).map(lease => ({ ...lease, holder: null }))
  const missing = rotated(unheld(situation), rank * fair)
    .slice(0, Math.max(0, fair - mine.length))
    .map(lease => ({ ...lease, holder: name }))
  return [...surplus, ...missing]
}
