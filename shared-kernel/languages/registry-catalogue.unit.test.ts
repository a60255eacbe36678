import * as TE from 'fp-ts/lib/TaskEither.js'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { openInMemoryLanguageRegistry } from './in-memory/in-memory-language-registry.ts'
import type { Language } from './language.ts'
import type { Announcement, LanguageRegistry } from './language-registry.ts'
import { createRegistryCatalogue, type RegistryCatalogue } from './registry-catalogue.ts'

const language = (name: string, state: Language['state'] = 'ready'): Language => ({
  name,
  aliases: [name.slice(0, 2)],
  fileName: `main.${name}`,
  compiled: false,
  runFactors: {},
  compileFactors: {},
  state,
  version: state === 'ready' ? '1.0' : null,
  image: state === 'ready' ? 'sha256:1' : null,
})

let now: number
let isDown: boolean
let registry: LanguageRegistry
let catalogue: RegistryCatalogue
beforeEach(() => {
  now = 0
  isDown = false
  const store = openInMemoryLanguageRegistry()
  const fault = TE.left({ _tag: 'LanguageRegistryFault', message: 'no answer' } as const)
  registry = { ...store, read: () => (isDown ? fault : store.read()) }
  catalogue = createRegistryCatalogue({
    registry,
    logger: { info: vi.fn() },
    monotonic: () => now,
    refreshMs: 1,
    ageMs: 1000,
  })
  onTestFinished(() => catalogue.stop())
})

const announce = (workerId: string, beat: number, ...languages: ReadonlyArray<Language>) =>
  registry.announce({ workerId, incarnation: 'first', beat, languages } satisfies Announcement)()

const states = () => catalogue.all().map(({ name, state }) => `${name} ${state}`)

describe('given workers that announce their languages', () => {
  it('knows what they speak, after the first look', async () => {
    await announce('one', 1, language('python'), language('go', 'building'))
    await announce('two', 1, language('go'), language('java', 'failed'))
    await catalogue.start()
    expect(states()).toStrictEqual(['python ready', 'go ready', 'java failed'])
    expect(catalogue.find('PY')?.name).toBe('python')
    expect(catalogue.find('cobol')).toBeNull()
  })

  it('learns of changes', async () => {
    await catalogue.start()
    expect(catalogue.all()).toStrictEqual([])
    await announce('one', 1, language('python', 'building'))
    await vi.waitFor(() => expect(states()).toStrictEqual(['python building']))
    await announce('one', 2, language('python'))
    await vi.waitFor(() => expect(states()).toStrictEqual(['python ready']))
  })

  it('forgets what only a dead worker spoke', async () => {
    await announce('one', 1, language('python'))
    await announce('two', 1, language('go'))
    await catalogue.start()
    now = 2000
    await announce('two', 2, language('go'))
    await vi.waitFor(() => expect(states()).toStrictEqual(['go ready']))
  })
})

describe('given nobody to ask', () => {
  it('keeps what it knew while the registry does not answer', async () => {
    await announce('one', 1, language('python'))
    await catalogue.start()
    isDown = true
    now = 5000
    const looks = vi.spyOn(registry, 'read')
    await vi.waitFor(() => expect(looks.mock.calls.length).toBeGreaterThan(2))
    expect(states()).toStrictEqual(['python ready'])
  })

  it('keeps what it knew while no worker lives, also from an earlier life of its own', async () => {
    await announce('one', 1, language('python'))
    await catalogue.start()
    now = 5000
    const looks = vi.spyOn(registry, 'read')
    await vi.waitFor(() => expect(looks.mock.calls.length).toBeGreaterThan(2))
    expect(states()).toStrictEqual(['python ready'])
  })
})
