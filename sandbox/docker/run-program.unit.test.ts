import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { runnerFault } from '../runner/runner-fault.ts'
import type { RunnerListener, RunnerSpec } from '../runner/runner-session.ts'
import type { RunListener } from '../sandbox.ts'
import { idleContainer, idleSession } from './container.fixture.ts'
import { definition, program } from './program.fixture.ts'
import { runProgram } from './run-program.ts'
import type { StartedContainer } from './start-container.ts'

const listener: RunListener = { compiled: () => undefined, output: () => undefined }
const never = new AbortController().signal

const lostContainer = (
  wasOutOfMemory: boolean,
  before: (told: RunnerListener, spec: RunnerSpec) => void,
): StartedContainer => ({
  ...idleContainer,
  session: {
    ...idleSession,
    run: async (spec, told) => {
      before(told, spec)
      return E.left(runnerFault('the connection was closed'))
    },
  },
  gone: Promise.resolve('closed'),
  limitTo: async () => E.right(undefined),
  wasOutOfMemory: async () => wasOutOfMemory,
})

const writes = (told: RunnerListener): void => {
  told.output({ stream: 'stdout', offset: 0, bytes: Buffer.from('abc'), at: 1 })
  told.output({ stream: 'stderr', offset: 0, bytes: Buffer.from('d'), at: 1 })
}

describe('given a runner that died of a lack of memory together with its program', () => {
  it('reports the memory limit with what had been written until then', async () => {
    const ran = await runProgram(lostContainer(true, writes), definition, program, { listener, signal: never })
    expect(ran).toMatchObject(
      E.right({
        outcome: 'memory_limit',
        output: { stdout: { bytes: 3, truncated: false }, stderr: { bytes: 1, truncated: false } },
      }),
    )
  })

  it('reports the limit of the compilation where the program had not begun', async () => {
    const compiled = { ...definition, compile: { argv: ['make'], options: [] } }
    const ran = await runProgram(
      lostContainer(true, () => undefined),
      compiled,
      program,
      { listener, signal: never },
    )
    expect(ran).toMatchObject(E.right({ outcome: 'compile_limit', reason: 'memory' }))
  })
})

describe('given a runner that was lost and had memory left', () => {
  it('concludes nothing about the program', async () => {
    const ran = await runProgram(lostContainer(false, writes), definition, program, { listener, signal: never })
    expect(ran).toMatchObject(E.left({ _tag: 'SandboxFault', kind: 'lost' }))
  })
})

describe('given a program of which nothing is wanted afterwards', () => {
  const uidAskedFor = async (running: Partial<Parameters<typeof runProgram>[3]>, stdinBytes = 0) => {
    const asked: Array<number | undefined> = []
    const container = lostContainer(false, (_, { nextUid }) => void asked.push(nextUid))
    const withStdin = { ...program, stdin: new Uint8Array(stdinBytes) }
    await runProgram(container, definition, withStdin, { listener, signal: never, ...running })
    return asked[0]
  }

  it('has the container cleaned for another right behind it', async () => {
    expect(await uidAskedFor({ isFollowed: true })).toBeGreaterThanOrEqual(60_000)
    expect(await uidAskedFor({ isFollowed: false })).toBeUndefined()
  })

  it('asks for that later where its stdin is still to be sent, or is kept open', async () => {
    expect(await uidAskedFor({ isFollowed: true }, 64 * 1024 + 1)).toBeUndefined()
    const talking = { ...listener, dialogue: () => undefined }
    expect(await uidAskedFor({ isFollowed: true, listener: talking })).toBeUndefined()
  })
})
