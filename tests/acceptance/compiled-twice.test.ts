import { describe, expect, it } from 'vitest'
import { allPrograms } from '../programs/all-programs.ts'
import { useStandalone } from '../support/use-standalone.ts'

const runledger = useStandalone()

// Those that answer `compile_error` have a compiler.
const compiled = allPrograms
  .filter(({ kind, expect: { outcomes } }) => kind === 'isBroken' && outcomes.includes('compile_error'))
  .map(({ lang }) => lang)

const echoes = (lang: string) => allPrograms.find(program => program.lang === lang && program.kind === 'echoes')

describe('given one program after another that was compiled before', () => {
  it.each(compiled)('it does what it did, without its compiler, in %s', async lang => {
    const { code, stdInput } = echoes(lang) ?? expect.fail(`no program in ${lang} echoes`)
    const { client } = runledger
    const results: Array<Readonly<Record<string, unknown>>> = []
    for (const _ of ['first', 'second']) {
      results.push(await client().resultOf(await client().submit({ lang, code, stdInput })))
    }
    const expected = { outcome: 'success', stdOutput: stdInput, stdError: '' }
    expect(results).toMatchObject([
      { ...expected, compile: { cached: false } },
      { ...expected, compile: { cached: true } },
    ])
  })
})
