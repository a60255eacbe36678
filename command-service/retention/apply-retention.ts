import type { RetentionPolicy } from '@runledger/shared-kernel/config/retention-policy.ts'
import type { KeyPlace, StoredKey } from '@runledger/shared-kernel/sealing/key-store.ts'
import type { Keyring } from '@runledger/shared-kernel/sealing/keyring.ts'
import { submissionOfStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { CommandId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import { type EraseDependencies, type EraseFault, eraseSubmission } from '../commands/erase/erase-submission.ts'

export type RetentionDependencies = EraseDependencies &
  Readonly<{ keyring: Pick<Keyring, 'destroy' | 'olderThan'>; newId: () => string }>

const dayMs = 24 * 60 * 60 * 1000
const keysPerPage = 100

const daysFor = ({ days, daysByTenant }: RetentionPolicy, tenant: string): number | null =>
  daysByTenant.get(tenant) ?? days

const shortest = ({ days, daysByTenant }: RetentionPolicy): number =>
  Math.min(...daysByTenant.values(), days ?? Number.POSITIVE_INFINITY)

const timeBefore = (now: Date, days: number): string => new Date(now.getTime() - days * dayMs).toISOString()

const isDue = (policy: RetentionPolicy, now: Date, { tenant, createdAt }: StoredKey): boolean => {
  const days = daysFor(policy, tenant)
  return days !== null && createdAt < timeBefore(now, days)
}

const isUnknown = (fault: EraseFault): boolean => fault._tag === 'Refused' && fault.refusal._tag === 'UnknownSubmission'

type Erased = E.Either<EraseFault, 'erased' | 'left'>

/** What runs is left for the next time; the key of a submission that was never stored goes without a record. */
const eraseOne = async (dependencies: RetentionDependencies, { stream, tenant }: StoredKey): Promise<Erased> => {
  const submissionId = submissionOfStream(stream)
  if (submissionId === null) return E.right('left')
  const commandId = dependencies.newId() as CommandId
  const cause = { correlationId: submissionId, causationId: commandId, traceparent: null }
  const meta = { ...cause, actor: 'retention', tenant }
  const erased = await eraseSubmission(dependencies, { submissionId, commandId, meta, why: 'retention' })()
  if (E.isRight(erased)) return E.right('erased')
  if (isUnknown(erased.left)) {
    const destroyed = await dependencies.keyring.destroy([stream])()
    return E.isLeft(destroyed) ? destroyed : E.right('left')
  }
  return erased.left._tag === 'Refused' ? E.right('left') : erased
}

type Applied = E.Either<EraseFault, number>

/** Answers how many of a page were erased, or the fault after which it gave up. */
const eraseEach = async (
  dependencies: RetentionDependencies,
  due: ReadonlyArray<StoredKey>,
  isStopped: () => boolean,
): Promise<Applied> => {
  let count = 0
  for (const key of due) {
    if (isStopped()) break
    const erased = await eraseOne(dependencies, key)
    if (E.isLeft(erased)) return erased
    count += erased.right === 'erased' ? 1 : 0
  }
  return E.right(count)
}

const never = (): boolean => false

/**
 * Erases all content that is older than it may be. What still has a data key is gone through by age, so the cost does not
 * grow with what was erased before. Answers how many were erased, or the fault after which it gave up for this time.
 */
export const applyRetention = (
  dependencies: RetentionDependencies,
  policy: RetentionPolicy,
  isStopped: () => boolean = never,
): (() => Promise<Applied>) => {
  const applyAfter = async (now: Date, after: KeyPlace | null, count: number): Promise<Applied> => {
    const before = timeBefore(now, shortest(policy))
    const page = await dependencies.keyring.olderThan(before, after, keysPerPage)()
    if (E.isLeft(page)) return page
    const due = page.right.filter(key => isDue(policy, now, key))
    const erased = await eraseEach(dependencies, due, isStopped)
    if (E.isLeft(erased)) return erased
    const last = page.right.at(-1)
    const isOver = last === undefined || page.right.length < keysPerPage || isStopped()
    return isOver ? E.right(count + erased.right) : applyAfter(now, last, count + erased.right)
  }

  return async () => (Number.isFinite(shortest(policy)) ? applyAfter(dependencies.now(), null, 0) : E.right(0))
}
