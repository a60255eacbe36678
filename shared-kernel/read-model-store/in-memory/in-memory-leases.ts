import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Lease, LeaseStore, Member } from '../lease-store.ts'
import type { ReadModelStoreFault } from '../read-model-store.ts'

type Group = Readonly<{ members: Map<string, number>; leases: Map<number, Lease> }>

type Attempt = <A>(work: () => A) => TaskEither<ReadModelStoreFault, A>

const membersOf = ({ members }: Group): ReadonlyArray<Member> =>
  [...members].map(([name, beat]) => ({ name, beat })).sort((a, b) => (a.name < b.name ? -1 : 1))

const leasesOf = ({ leases }: Group): ReadonlyArray<Lease> =>
  [...leases.values()].sort((a, b) => a.partition - b.partition)

const hand = ({ leases }: Group, { partition, holder, token }: Lease): number | null => {
  if ((leases.get(partition)?.token ?? 0) !== token) return null
  leases.set(partition, { partition, holder, token: token + 1 })
  return token + 1
}

export const createInMemoryLeases = (attempt: Attempt): LeaseStore => {
  const groups = new Map<string, Group>()

  const groupOf = (name: string): Group => {
    const group = groups.get(name) ?? { members: new Map(), leases: new Map() }
    groups.set(name, group)
    return group
  }

  const beat = ({ members }: Group, name: string): void => void members.set(name, (members.get(name) ?? 0) + 1)

  const remove = ({ members }: Group, member: Member): void => {
    if (members.get(member.name) === member.beat) members.delete(member.name)
  }

  return {
    read: group => attempt(() => ({ members: membersOf(groupOf(group)), leases: leasesOf(groupOf(group)) })),
    beat: (group, name) => attempt(() => beat(groupOf(group), name)),
    remove: (group, member) => attempt(() => remove(groupOf(group), member)),
    hand: (group, lease) => attempt(() => hand(groupOf(group), lease)),
  }
}
