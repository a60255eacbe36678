import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { compileAndPack } from './compile-and-pack.ts'
import { idleContainer, idleSession, phaseResult } from './container.fixture.ts'
import { dockerFault } from './docker-fault.ts'
import { definition, program } from './program.fixture.ts'
import type { StartedContainer } from './start-container.ts'

const mebibyte = 1024 * 1024
const compileLimits = { ...program.limits, memoryBytes: 512 * mebibyte, processes: 128 }

type Played = Readonly<{ compiler: number; limitTo: StartedContainer['limitTo'] }>

/** A container whose compiler ends with that exit code; writes down what became of it. */
const packed = async (memoryBytes: number, { compiler, limitTo }: Played) => {
  const seen: Array<string> = []
  const container: StartedContainer = {
    ...idleContainer,
    plan: { ...idleContainer.plan, shape: { ...compileLimits, tmpfsBytes: 64 * mebibyte } },
    session: {
      ...idleSession,
      run: async (spec, told) => {
        const compile = { ...phaseResult, exitCode: compiler }
        told.compiled({ ...compile, output: new Uint8Array(), truncated: false })
        if (compiler !== 0) return E.right({ compile, run: null })
        await spec.betweenPhases()
        seen.push('packs')
        return E.right({ compile, run: phaseResult })
      },
    },
    limitTo: async limits => {
      if (limits.memoryBytes === compileLimits.memoryBytes) return E.right(undefined)
      seen.push(`limits to ${limits.memoryBytes / mebibyte} MiB`)
      return limitTo(limits)
    },
    wasOutOfMemory: async () => false,
  }
  const made = await compileAndPack(container, {
    definition: { ...definition, compile: { argv: ['make'], options: [] } },
    request: { ...program, compileLimits },
    packLimits: compileLimits,
    nextLimits: { ...program.limits, memoryBytes },
    isEmptied: true,
    listener: { compiled: () => undefined },
    signal: new AbortController().signal,
  })
  return { made, seen }
}

const unanswered = () => new Promise<never>(() => undefined)
const refused = async () => E.left(dockerFault('refused', 'busy'))

describe('given a program that was compiled', () => {
  it('has the container limited for what comes next, and is packed without waiting for that', async () => {
    const { made, seen } = await packed(256 * mebibyte, { compiler: 0, limitTo: unanswered })
    expect(made).toMatchObject(E.right({ outcome: 'success' }))
    expect(seen).toEqual(['limits to 256 MiB', 'packs'])
  })

  it('is packed where that is refused', async () => {
    const { made } = await packed(256 * mebibyte, { compiler: 0, limitTo: refused })
    expect(made).toMatchObject(E.right({ outcome: 'success' }))
  })

  it('is packed under the limits of the compiler where those to come leave too little room', async () => {
    const { made, seen } = await packed(191 * mebibyte, { compiler: 0, limitTo: () => expect.unreachable() })
    expect(made).toMatchObject(E.right({ outcome: 'success' }))
    expect(seen).toEqual(['packs'])
  })
})

describe('given a program that does not compile', () => {
  it('leaves the limits as they are', async () => {
    const { made, seen } = await packed(256 * mebibyte, { compiler: 1, limitTo: () => expect.unreachable() })
    expect(made).toMatchObject(E.right({ outcome: 'compile_error' }))
    expect(seen).toEqual([])
  })
})
