import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import type { Db } from 'mongodb'
import { mongoTrouble } from '../../mongo/mongo-trouble.ts'
import type { Lease, LeaseStore, Member } from '../lease-store.ts'
import type { ReadModelStoreFault } from '../read-model-store.ts'
import { upserted } from './upserted.ts'

type Attempt = <A>(work: () => Promise<A>) => TaskEither<ReadModelStoreFault, A>
type StoredMember = Member & Readonly<{ _id: string; group: string }>
type StoredLease = Lease & Readonly<{ _id: string; group: string }>

const member = t.strict({ name: t.string, beat: t.number }, 'Member')
const lease = t.strict({ partition: t.number, holder: t.union([t.string, t.null]), token: t.number }, 'Lease')

const memberOf = (document: unknown): Member => {
  if (!member.is(document)) throw new Error('a member has another shape')
  return { name: document.name, beat: document.beat }
}

const leaseOf = (document: unknown): Lease => {
  if (!lease.is(document)) throw new Error('a lease has another shape')
  return { partition: document.partition, holder: document.holder, token: document.token }
}

const idOf = (group: string, part: string | number): string => JSON.stringify([group, part])

export const mongoLeases = (db: Db, attempt: Attempt): LeaseStore => {
  const members = db.collection<StoredMember>('projection_members')
  const leases = db.collection<StoredLease>('projection_leases')

  const first = async (group: string, { partition, holder }: Lease): Promise<boolean> => {
    try {
      await leases.insertOne({ _id: idOf(group, partition), group, partition, holder, token: 1 })
      return true
    } catch (thrown) {
      if (mongoTrouble(thrown) !== 'duplicate') throw thrown
      return false
    }
  }

  const pass = async (group: string, { partition, holder, token }: Lease): Promise<boolean> => {
    const update = { $set: { holder }, $inc: { token: 1 } }
    return (await leases.updateOne({ _id: idOf(group, partition), token }, update)).matchedCount === 1
  }

  const count = (group: string, name: string) =>
    members.updateOne(
      { _id: idOf(group, name) },
      { $inc: { beat: 1 }, $setOnInsert: { group, name } },
      { upsert: true },
    )

  return {
    read: group =>
      attempt(async () => ({
        members: (await members.find({ group }).sort({ name: 1 }).toArray()).map(memberOf),
        leases: (await leases.find({ group }).sort({ partition: 1 }).toArray()).map(leaseOf),
      })),
    beat: (group, name) => attempt(() => upserted(() => count(group, name))),
    remove: (group, { name, beat }) =>
      attempt(async () => {
        await members.deleteOne({ _id: idOf(group, name), beat })
      }),
    hand: (group, given) =>
      attempt(async () => ((await (given.token === 0 ? first : pass)(group, given)) ? given.token + 1 : null)),
  }
}
