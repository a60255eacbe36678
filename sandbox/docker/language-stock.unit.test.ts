import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { Limits } from '../sandbox.ts'
import { createLanguageStock } from './language-stock.ts'

const language = (name: string): LanguageDefinition => ({
  name,
  aliases: [],
  fileName: `main.${name}`,
  sourceSuffixes: [],
  compile: null,
  sizedByLimits: true,
  run: { argv: [name] },
  env: {},
  runFactors: {},
  compileFactors: {},
  versionArgv: [name],
  npmPackages: [],
  selfTest: [],
})

const limits: Limits = {
  cpuTimeMs: 1,
  wallTimeMs: 1,
  memoryBytes: 1,
  processes: 1,
  outputBytes: 1,
  fileBytes: 1,
  tmpfsBytes: 1,
  stackBytes: 1,
}
const shape = { memoryBytes: 1, processes: 1, tmpfsBytes: 1 }

const names = Array.from({ length: 30 }, (_, index) => `language${index}`)
const first = names.slice(0, 5)

const stockOf = (places: number) =>
  createLanguageStock({
    find: name => ({ definition: language(name), digest: `sha256:${name}`, version: '1' }),
    owner: { logId: 'log', workerId: 'worker', incarnation: 'incarnation' },
    cpus: 1,
    runtime: null,
    languages: first,
    usual: { limits, compileLimits: limits },
    places,
    depth: 2,
  })

const warm = (stock: ReturnType<typeof stockOf>) => stock.wanted().map(({ plan }) => plan.image.language)

describe('given thirty languages', () => {
  it('only the first are kept warm before anything ran', () => {
    expect(warm(stockOf(8))).toEqual(first)
  })

  it('a language is kept warm once it was used, before those used longer ago', () => {
    const stock = stockOf(4)
    stock.used('language20', shape)
    expect(warm(stock)).toEqual(['language20', ...first.slice(0, 3)])
  })

  it('all of them together never have more places than there are, whatever was used', () => {
    void fc.assert(
      fc.property(fc.array(fc.constantFrom(...names)), fc.integer({ min: 1, max: 12 }), (used, places) => {
        const stock = stockOf(places)
        for (const name of used) stock.used(name, shape)
        const taken = stock.wanted().reduce((total, wanted) => total + wanted.places, 0)
        expect(taken).toBeLessThanOrEqual(places)
        expect(warm(stock)[0]).toBe(used.at(-1) ?? first[0])
      }),
    )
  })
})
