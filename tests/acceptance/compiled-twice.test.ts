import { beforeAll, describe, expect, it } from 'vitest'
import { languagesReady } from '../attacks/languages-ready.ts'
import { allPrograms } from '../programs/all-programs.ts'
import { useStandalone } from '../support/use-standalone.ts'

const runledger = useStandalone()
beforeAll(() => languagesReady(runledger.client()), 900_000)

// Those that answer `compile_error` have a compiler.
const compiled = allPrograms
  .filter(({ kind, expect: { outcomes } }) => kind === 'isBroken' && outcomes.includes('compile_error'))
  .map(({ lang }) => lang)

const echoes = (lang: string) => allPrograms.find(program => program.lang === lang && program.kind === 'echoes')

const run = async (submission: object) => runledger.client().resultOf(await runledger.client().submit(submission))

describe('given a C++ program that was compiled before', () => {
  it('takes less than half the time of its compiler alone', async () => {
    const code = '#include <iostream>\n#include <map>\n#include <string>\nint main() { std::cout << "short"; }'
    const first = await run({ lang: 'cpp', code })
    const { wallMs } = (first['compile'] as { usage: { wallMs: number } }).usage
    const took = async () => {
      const { startedAt, completedAt, compile } = await run({ lang: 'cpp', code })
      expect(compile).toMatchObject({ cached: true })
      return Date.parse(String(completedAt)) - Date.parse(String(startedAt))
    }
    expect(Math.min(await took(), await took(), await took())).toBeLessThan(wallMs / 2)
  })
})

describe('given one program after another that was compiled before', () => {
  it.each(compiled)('it does what it did, without its compiler, in %s', async lang => {
    const { code, stdInput } = echoes(lang) ?? expect.fail(`no program in ${lang} echoes`)
    const results = [await run({ lang, code, stdInput }), await run({ lang, code, stdInput })]
    const expected = { outcome: 'success', stdOutput: stdInput, stdError: '' }
    expect(results).toMatchObject([
      { ...expected, compile: { cached: false } },
      { ...expected, compile: { cached: true } },
    ])
  })
})
