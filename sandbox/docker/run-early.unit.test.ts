import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import type { PhaseResult } from '../runner/phase-result.ts'
import type { RunnerListener } from '../runner/runner-session.ts'
import type { Output } from '../sandbox.ts'
import { createComingLimits } from './coming-limits.ts'
import { idleContainer, idleSession, phaseResult } from './container.fixture.ts'
import { type DockerFault, dockerFault } from './docker-fault.ts'
import { definition, program } from './program.fixture.ts'
import { runEarly } from './run-early.ts'

const output: Output = { stream: 'stdout', offset: 0, bytes: Buffer.from('a'), at: 0 }
const limits = { memoryBytes: 4000, processes: 8 }
const within = { memoryBytes: 3000, processes: 6 }

/** A program that began before its limits came: the test plays its runner and the daemon. */
const early = () => {
  const set = Promise.withResolvers<E.Either<DockerFault, void>>()
  const controller = new AbortController()
  const told: string[] = []
  let hasHungUp = false
  const hears: Array<RunnerListener> = []
  const ended = Promise.withResolvers<PhaseResult>()
  const container = {
    ...idleContainer,
    session: {
      ...idleSession,
      run: async (_: unknown, listener: RunnerListener) => {
        hears.push(listener)
        return E.right({ compile: null, run: await ended.promise })
      },
    },
    hangUp: () => {
      hasHungUp = true
    },
  }
  const report = runEarly(container, {
    ...{ definition, program, signal: controller.signal },
    coming: createComingLimits(limits, set.promise),
    listener: { output: ({ bytes }) => void told.push(Buffer.from(bytes).toString()) },
    onSent: () => told.push('sent'),
  })
  hears[0]?.output(output)
  const end = (facts: Partial<PhaseResult>) =>
    ended.resolve({ ...phaseResult, stdout: { bytes: 1, truncated: false }, ever: within, ...facts })
  return { report, set, end, told, abort: () => controller.abort(), hasHungUp: () => hasHungUp }
}

const settle = () => new Promise<void>(resolve => setImmediate(resolve))

describe('given a program that began before its limits came', () => {
  it('counts once they are there, and tells only then what it wrote', async () => {
    const { report, set, end, told, hasHungUp } = early()
    end({})
    await settle()
    expect(told).toEqual(['sent'])
    set.resolve(E.right(undefined))
    expect(await report).toMatchObject(E.right({ outcome: 'success' }))
    expect(told).toEqual(['sent', 'a'])
    expect(hasHungUp()).toBe(false)
  })

  it('counts for nothing where the daemon refuses them', async () => {
    const { report, set, end, told, hasHungUp } = early()
    end({})
    set.resolve(E.left(dockerFault('refused', 'busy')))
    expect(await report).toBeNull()
    expect(told).toEqual(['sent'])
    expect(hasHungUp()).toBe(true)
  })

  it.each<[string, Partial<PhaseResult>]>([
    ['the memory ever used came near them', { ever: { ...within, memoryBytes: 3001 } }],
    ['as many processes ever ran as come near them', { ever: { ...within, processes: 7 } }],
    ['the kernel does not say how much memory was used', { ever: { ...within, memoryBytes: null } }],
    ['the kernel does not say how many processes ran', { ever: { ...within, processes: null } }],
    ['a process was killed for memory', { oomKills: 1 }],
    ['a process was refused', { pidsRefused: 1 }],
  ])('counts for nothing where %s', async (_, facts) => {
    const { report, set, end, told, hasHungUp } = early()
    set.resolve(E.right(undefined))
    end(facts)
    expect(await report).toBeNull()
    expect(told).toEqual(['sent'])
    expect(hasHungUp()).toBe(true)
  })

  it('concludes nothing where it is called off', async () => {
    const { report, abort, told } = early()
    abort()
    expect(await report).toMatchObject(E.left({ kind: 'aborted' }))
    expect(told).toEqual(['sent'])
  })
})
