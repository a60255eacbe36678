import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import type { PhaseResult } from '../runner/phase-result.ts'
import { runnerFault } from '../runner/runner-fault.ts'
import type { RunnerListener, RunnerSession } from '../runner/runner-session.ts'
import type { Output } from '../sandbox.ts'
import { idleContainer, idleSession, phaseResult } from './container.fixture.ts'
import { definition, program } from './program.fixture.ts'
import { sendAhead } from './run-ahead.ts'

const result: PhaseResult = { ...phaseResult, stdout: { bytes: 1, truncated: false } }

const output = (text: string): Output => ({ stream: 'stdout', offset: 0, bytes: Buffer.from(text), at: 0 })

/** A program sent ahead, the runner of which the test plays. */
const sent = () => {
  const clean = Promise.withResolvers<Awaited<ReturnType<RunnerSession['reset']>>>()
  const ended = Promise.withResolvers<Awaited<ReturnType<RunnerSession['run']>>>()
  let hears: Pick<RunnerListener, 'output'> | null = null
  const container = {
    ...idleContainer,
    session: {
      ...idleSession,
      follow: (...[, , listener]: Parameters<RunnerSession['follow']>) => {
        hears = listener
        return { clean: clean.promise, ended: ended.promise }
      },
    },
    gone: Promise.resolve('closed'),
    wasOutOfMemory: async () => false,
  }
  const told: string[] = []
  const listener = { output: ({ bytes }: Output) => void told.push(Buffer.from(bytes).toString()) }
  const ahead = sendAhead({ container, definition, program }, listener)
  return { ahead, clean, ended, told, writes: (text: string) => hears?.output(output(text)) }
}

const never = new AbortController().signal
const proof = { processes: 1, entries: 0, objects: 0, uid: 60_000 }

describe('given a program that was sent ahead', () => {
  it('tells what it wrote once those before it have been heard', async () => {
    const { ahead, clean, ended, told, writes } = sent()
    clean.resolve(E.right(proof))
    writes('a')
    expect(told).toEqual([])
    const report = ahead.ended(never)
    ended.resolve(E.right({ compile: null, run: result }))
    expect(await report).toMatchObject(E.right({ outcome: 'success' }))
    expect(told).toEqual(['a'])
  })

  it('answers nothing where its container did not get clean, whatever is written there', async () => {
    const { ahead, clean, told, writes } = sent()
    clean.resolve(E.left(runnerFault('a file is left')))
    expect(await ahead.ended(never)).toBeNull()
    writes('late')
    expect(told).toEqual([])
  })

  it('concludes nothing where it is called off, and tells nothing more', async () => {
    const { ahead, clean, told, writes } = sent()
    const controller = new AbortController()
    clean.resolve(E.right(proof))
    const report = ahead.ended(controller.signal)
    controller.abort()
    expect(await report).toMatchObject(E.left({ kind: 'aborted' }))
    writes('late')
    expect(told).toEqual([])
  })
})
