import type { OpenEntry } from '../open-submissions/open-submission.ts'

/** A rank is given anew when it has halved: a job is ranked again a few times, however long the tenant's queue. */
const staleAbove = 2

/**
 * The rank of a submission: its place among its tenant's open ones, so that a tenant's first never waits behind
 * another's hundredth. A best estimate when it arrives, from what this process has seen; put right by each sweep.
 */
export type TenantRanks = Readonly<{
  /** The rank of a submission that has just arrived. Another attempt has had its turn at waiting: it goes first. */
  admit: (entry: OpenEntry) => number
  left: (tenant: string) => void
  beginRound: () => void
  /** The place of the next entry of the round, which goes through all open submissions in order of age. */
  count: (entry: OpenEntry) => number
  /**
   * True where the entry's job should be given this rank, which is then remembered as given. What a job was queued with
   * is not known here: the write side may have been faster.
   */
  shouldGive: (entry: OpenEntry, rank: number) => boolean
  endRound: () => void
}>

/** `share`: the part of the log this process follows, above 0 and up to 1: what it sees stands for the rest. */
export const createTenantRanks = (share: () => number): TenantRanks => {
  let open: ReadonlyMap<string, number> = new Map()
  let counted = new Map<string, number>()
  let seen = new Set<string>()
  const since = new Map<string, number>()
  const given = new Map<string, number>()

  const addTo = (counts: Map<string, number>, tenant: string, by: number): number => {
    const sum = (counts.get(tenant) ?? 0) + by
    if (sum === 0) counts.delete(tenant)
    else counts.set(tenant, sum)
    return sum
  }

  const admit = ({ body }: OpenEntry): number => {
    if (body.attempts > 0) return 1
    const before = addTo(since, body.tenant, 1) - 1
    return 1 + Math.max(0, Math.round((open.get(body.tenant) ?? 0) + before / share()))
  }

  const count = ({ id, body }: OpenEntry): number => {
    seen.add(id)
    return addTo(counted, body.tenant, 1)
  }

  const shouldGive = ({ id }: OpenEntry, rank: number): boolean => {
    const last = given.get(id)
    const isRight = last !== undefined && last <= rank * staleAbove && rank <= last * staleAbove
    if (!isRight) given.set(id, rank)
    return !isRight
  }

  const endRound = (): void => {
    open = counted
    since.clear()
    for (const id of given.keys()) if (!seen.has(id)) given.delete(id)
  }

  return {
    admit,
    left: tenant => void addTo(since, tenant, -1),
    beginRound: () => {
      counted = new Map()
      seen = new Set()
    },
    count,
    shouldGive,
    endRound,
  }
}
