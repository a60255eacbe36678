import { setTimeout as pause } from 'node:timers/promises'
import { rebuilderGroup } from '@runledger/query-service/follow-projections.ts'
import type { LeaseStore, Member } from '@runledger/shared-kernel/read-model-store/lease-store.ts'
import type { ReadModelStoreFault } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'

// Whoever lives shows it once a second.
const watchMs = 2500

const hasBeaten = (before: ReadonlyArray<Member>, after: ReadonlyArray<Member>): boolean =>
  after.some(({ name, beat }) => beat !== (before.find(member => member.name === name)?.beat ?? 0))

/** Whether a process that makes projections anew lives, as far as its beat tells this one. */
export const isServed = (leases: LeaseStore) => async (): Promise<Either<ReadModelStoreFault, boolean>> => {
  const before = await leases.read(rebuilderGroup)()
  if (isLeft(before)) return before
  if (before.right.members.length === 0) return right(false)
  await pause(watchMs)
  const after = await leases.read(rebuilderGroup)()
  return isLeft(after) ? after : right(hasBeaten(before.right.members, after.right.members))
}
