import { expect, it } from 'vitest'
import type { StoredCommit } from './commit.ts'
import { writtenLately } from './written-lately.ts'

const commit = (n: number, events = '[]'): StoredCommit => ({
  ...{ _id: `c${n}`, p: 1, n, s: 's', v: n, k: 1, events, meta: '{}' },
  ...{ recordedAt: '', prev: '', hash: '' },
})

const noting = (...commits: ReadonlyArray<StoredCommit>) => {
  const lately = writtenLately(3)
  commits.forEach(lately.note)
  return (after: number) => lately.after(1, after)?.map(({ n }) => n) ?? null
}

it('recalls what follows a position', () => {
  const after = noting(commit(1), commit(2), commit(3))
  expect(after(0)).toStrictEqual([1, 2, 3])
  expect(after(2)).toStrictEqual([3])
})

it('leaves to the store what comes after the last commit it heard of, since others may be there', () => {
  expect(noting(commit(1), commit(2))(2)).toBeNull()
})

it('keeps the last ones only', () => {
  const after = noting(commit(1), commit(2), commit(3), commit(4))
  expect(after(0)).toBeNull()
  expect(after(1)).toStrictEqual([2, 3, 4])
})

it('leaves a partition that it knows nothing of to the store', () => {
  expect(writtenLately().after(1, 0)).toBeNull()
})

it.each([
  ['one was passed over', [commit(1), commit(3)]],
  ['one comes late', [commit(1), commit(3), commit(2)]],
])('never leaves a hole where %s', (_what, commits) => {
  const after = noting(...commits)
  expect(after(0)).toBeNull()
  expect(after(2)).toStrictEqual([3])
})

it('keeps none that is long, and tells nothing that ends before it', () => {
  const long = commit(2, 'x'.repeat(8 * 1024 + 1))
  expect(noting(commit(1), long)(0)).toBeNull()
  expect(noting(commit(1), long, commit(3))(0)).toBeNull()
  expect(noting(commit(1), long, commit(3))(2)).toStrictEqual([3])
})
