import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { StoredCommit } from '../../event-log/commit.ts'
import { rightOf } from '../../event-log/contract/right-of.ts'
import { verifyLog } from '../verify-log.ts'
import { brokenIn, type ExposeLog, exposedLogWith } from './exposed-log.ts'

const texts = ['_id', 's', 'events', 'meta', 'recordedAt', 'prev', 'hash'] as const
const numbers = ['v', 'k'] as const
const places = ['p', 'n'] as const

const characters = 'abcdef0123456789XYZ {}[]":,-'

const otherCharacter = (text: string, at: number, pick: number): string => {
  const index = at % text.length
  const others = [...characters].filter(character => character !== text[index])
  return text.slice(0, index) + others[pick % others.length] + text.slice(index + 1)
}

const otherNumber = fc.oneof(fc.integer({ min: -3, max: 300 }), fc.constantFrom(2 ** 40, 2 ** 60, -(2 ** 31)))

type Verdicts = Readonly<{ broken: ReturnType<typeof brokenIn>; stray: string | null }>

/** Whatever is changed in a stored log behind its back is found, at its place. */
export const tamperingContract = (name: string, expose: ExposeLog, numRuns: number): void => {
  describe(`${name} that someone tampered with`, () => {
    const given = exposedLogWith(24, expose)
    afterEach(() => given.exposed.store(given.original))

    const anyCommit = fc.nat()
    const commitAt = (pick: number): StoredCommit => given.original[pick % given.original.length] as StoredCommit
    const place = ({ p, n }: StoredCommit) => ({ p, n })

    const verdictOn = async (commits: ReadonlyArray<StoredCommit>): Promise<Verdicts | 'refused'> => {
      try {
        await given.exposed.store(commits)
      } catch {
        return 'refused'
      }
      const verdict = await given.verify()
      return { broken: brokenIn(verdict), stray: verdict.stray }
    }
    const withOne = (commit: StoredCommit, change: Partial<StoredCommit>) =>
      given.original.map(each => (each === commit ? { ...each, ...change } : each))
    const isLast = ({ p, n }: StoredCommit) => !given.original.some(other => other.p === p && other.n > n)
    const expectBrokenAt = async (commits: ReadonlyArray<StoredCommit>, commit: StoredCommit) =>
      expect(await verdictOn(commits)).toStrictEqual({ broken: [place(commit)], stray: null })

    it('is intact while it is as it was', async () => {
      expect(await verdictOn(given.original)).toStrictEqual({ broken: [], stray: null })
    })

    it('is broken where any character of any text was changed', () =>
      fc.assert(
        fc.asyncProperty(anyCommit, fc.constantFrom(...texts), fc.nat(), fc.nat(), async (pick, field, at, other) => {
          const commit = commitAt(pick)
          await expectBrokenAt(withOne(commit, { [field]: otherCharacter(commit[field], at, other) }), commit)
        }),
        { numRuns },
      ))

    it('is broken where any number was changed', () =>
      fc.assert(
        fc.asyncProperty(anyCommit, fc.constantFrom(...numbers), otherNumber, async (pick, field, value) => {
          const commit = commitAt(pick)
          fc.pre(commit[field] !== value)
          await expectBrokenAt(withOne(commit, { [field]: value }), commit)
        }),
        { numRuns: numRuns / 2 },
      ))

    it('is broken where a commit was put in another place', () =>
      fc.assert(
        fc.asyncProperty(anyCommit, fc.constantFrom(...places), otherNumber, async (pick, field, value) => {
          const commit = commitAt(pick)
          fc.pre(commit[field] !== value)
          const verdict = await verdictOn(withOne(commit, { [field]: value }))
          if (verdict === 'refused') return
          expect(verdict.broken.length > 0 || verdict.stray !== null).toBe(true)
        }),
        { numRuns: numRuns / 2 },
      ))

    it('is broken where commits were dropped before others', () =>
      fc.assert(
        fc.asyncProperty(anyCommit, fc.integer({ min: 1, max: 4 }), async (pick, count) => {
          const commit = commitAt(pick)
          const dropped = (other: StoredCommit) =>
            other.p === commit.p && other.n >= commit.n && other.n < commit.n + count && !isLast(other)
          fc.pre(dropped(commit))
          await expectBrokenAt(
            given.original.filter(other => !dropped(other)),
            commit,
          )
        }),
        { numRuns: numRuns / 2 },
      ))

    it('is broken where two commits were swapped, with their positions or without', () =>
      fc.assert(
        fc.asyncProperty(anyCommit, anyCommit, fc.boolean(), async (pick, other, withPositions) => {
          const [one, two] = [commitAt(pick), commitAt(other)]
          fc.pre(one !== two && one.p === two.p)
          const moved = (commit: StoredCommit, to: StoredCommit) =>
            withPositions ? { ...commit, n: to.n } : { ...commit, n: to.n, prev: to.prev, hash: to.hash }
          const swapped = given.original.map(each =>
            each === one ? moved(two, one) : each === two ? moved(one, two) : each,
          )
          await expectBrokenAt(swapped, one.n < two.n ? one : two)
        }),
        { numRuns: numRuns / 2 },
      ))

    it('is broken where a commit was inserted', () =>
      fc.assert(
        fc.asyncProperty(anyCommit, async pick => {
          const commit = commitAt(pick)
          const later = given.original.map(each =>
            each.p === commit.p && each.n >= commit.n ? { ...each, n: each.n + 1 } : each,
          )
          await expectBrokenAt([...later, { ...commit, _id: 'another', s: 'another' }], commit)
        }),
        { numRuns: numRuns / 4 },
      ))

    it('is looked at within bounds only, where bounds are given', async () => {
      const commit = given.original.find(({ p, n }) => p === 0 && n === 5) as StoredCommit
      await given.exposed.store(withOne(commit, { recordedAt: '2020-01-01T00:00:00.000Z' }))
      const within = async (from: number, to: number) => {
        const bounds = { from: new Map([[0, from]]), to: new Map([[0, to]]) }
        return brokenIn(
          rightOf(await verifyLog(given.exposed.storage, { bounds, known: [], onPage: () => undefined })()),
        )
      }
      expect(await within(1, 4)).toStrictEqual([])
      expect(await within(6, 9)).toStrictEqual([])
      expect(await within(4, 6)).toStrictEqual([{ p: 0, n: 5 }])
    })
  })
}
