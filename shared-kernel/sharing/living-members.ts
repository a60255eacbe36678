import type { Lease, Member } from '../read-model-store/lease-store.ts'

type Observed = Readonly<{ beat: number; since: number }>

type Options = Readonly<{
  /** Milliseconds from an arbitrary start, never backward. */
  monotonic: () => number
  /** A beat that has stood still for so long is that of a dead member. */
  deadMs: number
}>

type Census = Readonly<{ living: ReadonlySet<string>; dead: ReadonlyArray<Member> }>

/**
 * Who lives, as far as this process has seen by its own clock: clocks of two machines are never compared. Whoever is
 * seen for the first time lives. One who holds a lease and is no member is watched like one whose beat stands still.
 */
export const createLivingMembers = ({ monotonic, deadMs }: Options) => {
  let observed: ReadonlyMap<string, Observed> = new Map()

  const take = (members: ReadonlyArray<Member>, leases: ReadonlyArray<Lease>): Census => {
    const now = monotonic()
    const beats = new Map<string, number | null>()
    for (const { holder } of leases) if (holder !== null) beats.set(holder, null)
    for (const { name, beat } of members) beats.set(name, beat)
    observed = new Map([...beats].map(([name, beat]) => [name, seen(observed.get(name), beat, now)]))
    const lives = (name: string) => now - (observed.get(name)?.since ?? now) < deadMs
    return {
      living: new Set([...observed.keys()].filter(lives)),
      dead: members.filter(({ name }) => !lives(name)),
    }
  }

  return { take }
}

const seen = (before: Observed | undefined, beat: number | null, now: number): Observed => {
  if (before === undefined) return { beat: beat ?? 0, since: now }
  return beat === null || beat === before.beat ? before : { beat, since: now }
}
