import { openInMemoryLanguageRegistry } from '@runledger/shared-kernel/languages/in-memory/in-memory-language-registry.ts'
import type { Language } from '@runledger/shared-kernel/languages/language.ts'
import type { Announcement, LanguageRegistry } from '@runledger/shared-kernel/languages/language-registry.ts'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { announceLanguages } from './announce-languages.ts'

const python = (state: Language['state']): Language => ({
  name: 'python',
  aliases: [],
  fileName: 'main.py',
  compiled: false,
  runFactors: {},
  compileFactors: {},
  state,
  version: null,
  image: null,
})

let now: number
let languages: ReadonlyArray<Language>
let registry: LanguageRegistry
const logger = { warn: vi.fn(), error: vi.fn() }

beforeEach(() => {
  vi.clearAllMocks()
  now = 0
  languages = [python('building')]
  registry = openInMemoryLanguageRegistry()
})

const start = () => {
  const stop = announceLanguages({
    registry,
    catalogue: { all: () => languages },
    worker: { id: 'one', incarnation: 'first' },
    logger,
    monotonic: () => now,
    timing: { lookMs: 1, beatMs: 1000, retireMs: 10_000 },
  })
  onTestFinished(stop)
}

const entries = async (): Promise<ReadonlyArray<Announcement>> => {
  const read = await registry.read()()
  return E.isRight(read) ? read.right : []
}

const untilEntry = (expected: Partial<Announcement>) =>
  vi.waitFor(async () => expect((await entries()).find(({ workerId }) => workerId === 'one')).toMatchObject(expected))

describe('given a worker with languages', () => {
  it('announces them at once, and again when they change', async () => {
    start()
    await untilEntry({ incarnation: 'first', beat: 1, languages: [python('building')] })
    languages = [python('ready')]
    await untilEntry({ beat: 2, languages: [python('ready')] })
  })

  it('gives a sign of life now and then, and only then', async () => {
    const announce = vi.spyOn(registry, 'announce')
    start()
    await untilEntry({ beat: 1 })
    now = 1000
    await untilEntry({ beat: 2 })
    expect(announce).toHaveBeenCalledTimes(2)
  })

  it('takes out who has given none for long', async () => {
    await registry.announce({ workerId: 'gone', incarnation: 'x', beat: 5, languages: [] })()
    start()
    await untilEntry({ beat: 1 })
    now = 9_000
    await untilEntry({ beat: 2 })
    expect(await entries()).toHaveLength(2)
    now = 20_000
    await vi.waitFor(async () => expect((await entries()).map(({ workerId }) => workerId)).toStrictEqual(['one']))
  })
})

describe('given a registry that does not answer', () => {
  it('says so once and tries on', async () => {
    const { announce } = registry
    let isDown = true
    const refuse = TE.left({ _tag: 'LanguageRegistryFault', message: 'no answer' } as const)
    registry = { ...registry, announce: announcement => (isDown ? refuse : announce(announcement)) }
    const tried = vi.spyOn(registry, 'announce')
    start()
    await vi.waitFor(() => expect(tried.mock.calls.length).toBeGreaterThan(3))
    expect(logger.warn).toHaveBeenCalledTimes(1)
    isDown = false
    await untilEntry({ languages: [python('building')] })
  })
})
