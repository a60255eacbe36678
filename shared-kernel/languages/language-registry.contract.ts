import * as E from 'fp-ts/lib/Either.js'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Language } from './language.ts'
import type { Announcement, LanguageRegistry } from './language-registry.ts'

const python: Language = {
  name: 'python',
  aliases: ['py', 'python3'],
  fileName: 'main.py',
  compiled: false,
  runFactors: { cpuTimeMs: 1.5 },
  compileFactors: {},
  state: 'ready',
  version: '3.13.5',
  image: 'sha256:1',
}

const announcement = (difference: Partial<Announcement> = {}): Announcement => ({
  workerId: 'one',
  incarnation: 'first',
  beat: 1,
  languages: [python],
  ...difference,
})

/** What every language registry does. The factory answers an empty one. */
export const languageRegistryContract = (name: string, open: () => Promise<LanguageRegistry>): void => {
  describe(`a language registry ${name}`, () => {
    let registry: LanguageRegistry
    beforeEach(async () => {
      registry = await open()
      onTestFinished(() => registry.close())
    })
    const announce = async (...announcements: ReadonlyArray<Announcement>) => {
      for (const one of announcements) expect(await registry.announce(one)()).toStrictEqual(E.right(undefined))
    }

    it('holds nothing at first', async () => {
      expect(await registry.read()()).toStrictEqual(E.right([]))
    })

    it('answers what workers have announced, in order of their ids', async () => {
      const two = announcement({
        workerId: 'two',
        languages: [{ ...python, state: 'building', version: null, image: null }],
      })
      await announce(two, announcement())
      expect(await registry.read()()).toStrictEqual(E.right([announcement(), two]))
    })

    it('keeps the latest of each worker, a later life of it included', async () => {
      await announce(announcement(), announcement({ beat: 2, languages: [] }))
      await announce(announcement({ incarnation: 'second' }))
      expect(await registry.read()()).toStrictEqual(E.right([announcement({ incarnation: 'second' })]))
    })

    it('takes an entry out', async () => {
      await announce(announcement(), announcement({ workerId: 'two' }))
      await registry.retire(announcement())()
      expect(await registry.read()()).toStrictEqual(E.right([announcement({ workerId: 'two' })]))
    })

    it('leaves an entry that has been announced again meanwhile', async () => {
      await announce(announcement(), announcement({ beat: 2 }))
      await registry.retire(announcement())()
      await announce(announcement({ workerId: 'two', incarnation: 'second' }))
      await registry.retire(announcement({ workerId: 'two' }))()
      expect(E.map((all: ReadonlyArray<Announcement>) => all.length)(await registry.read()())).toStrictEqual(E.right(2))
    })

    it('is written to by many at once, the same worker included', async () => {
      const workers = Array.from({ length: 20 }, (_, i) => announcement({ workerId: `worker-${i % 4}` }))
      const answers = await Promise.all(workers.map(worker => registry.announce(worker)()))
      expect(answers).toStrictEqual(workers.map(() => E.right(undefined)))
      expect(E.map((all: ReadonlyArray<Announcement>) => all.length)(await registry.read()())).toStrictEqual(E.right(4))
    })
  })
}
