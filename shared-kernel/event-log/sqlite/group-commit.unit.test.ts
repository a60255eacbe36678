import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createGroupCommit } from './group-commit.ts'

class StoreFailure extends Error {}

const recordingGroup = (maxMilliseconds = 1000, gatherMilliseconds = 0) => {
  const steps: Array<string> = []
  let failing: string | null = null
  const step = (name: string) => () => {
    if (failing === name) {
      steps.push(`${name} failed`)
      throw new StoreFailure(name)
    }
    steps.push(name)
  }
  const group = createGroupCommit(
    { begin: step('begin'), commit: step('commit'), rollback: step('rollback') },
    { isStoreFailure: thrown => thrown instanceof StoreFailure, maxMilliseconds, gatherMilliseconds },
  )
  const fail = (name: string | null) => {
    failing = name
  }
  return { steps, group, step, fail }
}

const statuses = async (answers: ReadonlyArray<Promise<unknown>>) =>
  (await Promise.allSettled(answers)).map(({ status }) => status)

describe('given work that arrives in one turn', () => {
  it('is committed together, in order', async () => {
    const { steps, group, step } = recordingGroup()
    await Promise.all(['a', 'b', 'c'].map(name => group.submit(step(name))))
    expect(steps).toStrictEqual(['begin', 'a', 'b', 'c', 'commit'])
  })

  it('is answered after the commit only', async () => {
    const { steps, group, step } = recordingGroup()
    await group.submit(step('a')).then(() => steps.push('answered'))
    expect(steps).toStrictEqual(['begin', 'a', 'commit', 'answered'])
  })

  it('is split where it takes too long, and nobody waits for more work to come', async () => {
    const { steps, group, step } = recordingGroup(0)
    await Promise.all(['a', 'b'].map(name => group.submit(step(name))))
    expect(steps).toStrictEqual(['begin', 'a', 'commit', 'begin', 'b', 'commit'])
  })
})

describe('given patient work that comes alone', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  const behindSeveral = async () => {
    const recording = recordingGroup(1000, 5)
    const { group, step, steps } = recording
    await Promise.all(['a', 'b'].map(name => group.submit(step(name))))
    steps.length = 0
    return recording
  }

  it('is committed at once where none came together with others before', async () => {
    const { steps, group, step } = recordingGroup(1000, 5)
    await group.submit(step('a'), true)
    await group.submit(step('b'), true)
    expect(steps).toStrictEqual(['begin', 'a', 'commit', 'begin', 'b', 'commit'])
  })

  it('waits for others behind a group of several, and no longer than it takes until one comes', async () => {
    const { steps, group, step } = await behindSeveral()
    const alone = group.submit(step('c'), true)
    await nextTurn()
    expect(steps).toStrictEqual([])
    await Promise.all([alone, group.submit(step('d'))])
    expect(steps).toStrictEqual(['begin', 'c', 'd', 'commit'])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is committed alone where nobody comes, and so is the next', async () => {
    const { steps, group, step } = await behindSeveral()
    const alone = group.submit(step('c'), true)
    vi.advanceTimersByTime(5)
    await alone
    await group.submit(step('d'), true)
    expect(steps).toStrictEqual(['begin', 'c', 'commit', 'begin', 'd', 'commit'])
  })

  it('waits where others that came alone would not', async () => {
    const { steps, group, step } = await behindSeveral()
    await group.submit(step('c'))
    expect(steps).toStrictEqual(['begin', 'c', 'commit'])
  })

  it('is committed by a drain', async () => {
    const { steps, group, step } = await behindSeveral()
    const alone = group.submit(step('c'), true)
    group.drain()
    expect(steps).toStrictEqual(['begin', 'c', 'commit'])
    expect(vi.getTimerCount()).toBe(0)
    await alone
  })
})

describe('given work that throws', () => {
  it('is rejected alone', async () => {
    const { steps, group, step } = recordingGroup()
    const throwing = group.submit(() => {
      throw new Error('a defect')
    })
    expect(await statuses([group.submit(step('a')), throwing, group.submit(step('b'))])).toStrictEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    expect(steps).toStrictEqual(['begin', 'a', 'b', 'commit'])
  })
})

describe('given a store that fails', () => {
  it.each(['begin', 'b', 'commit'])(
    'at %s: nobody is told of success, and it works again afterwards',
    async failing => {
      const { steps, group, step, fail } = recordingGroup()
      fail(failing)
      expect(await statuses(['a', 'b'].map(name => group.submit(step(name))))).toStrictEqual(['rejected', 'rejected'])
      expect(steps.at(-1)).toBe('rollback')
      fail(null)
      steps.length = 0
      await group.submit(step('c'))
      expect(steps).toStrictEqual(['begin', 'c', 'commit'])
    },
  )

  it('is answered for even where it cannot roll back', async () => {
    const { group, step, fail } = recordingGroup()
    fail('rollback')
    const throwing = group.submit(() => {
      throw new StoreFailure('a')
    })
    await expect(throwing).rejects.toThrow('a')
    fail(null)
    await group.submit(step('b'))
  })

  it('keeps what had not been taken into the group for the next one', async () => {
    const { group, step, fail } = recordingGroup()
    fail('a')
    const [a, b] = [group.submit(step('a')), group.submit(step('b'))]
    expect(await statuses([a, b])).toStrictEqual(['rejected', 'fulfilled'])
  })
})

describe('given a drain', () => {
  it('commits what waits before it returns', async () => {
    const { steps, group, step } = recordingGroup()
    const answer = group.submit(step('a'))
    group.drain()
    expect(steps).toStrictEqual(['begin', 'a', 'commit'])
    await answer
  })
})
