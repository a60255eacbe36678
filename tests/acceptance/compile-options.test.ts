import { describe, expect, it } from 'vitest'
import { allPrograms } from '../programs/all-programs.ts'
import { useStandalone } from '../support/use-standalone.ts'

const runledger = useStandalone()

const run = async (submission: object) => runledger.client().resultOf(await runledger.client().submit(submission))

type Offered = Readonly<{ name: string; compileOptions: ReadonlyArray<string> }>

const offered = async (): Promise<ReadonlyArray<Offered>> => {
  const { body } = await runledger.client().get('/api/languages')
  return (body['languages'] as ReadonlyArray<Offered>).filter(({ compileOptions }) => compileOptions.length > 0)
}

const greeterIn = (name: string) => allPrograms.find(({ lang, kind }) => lang === name && kind === 'greets')?.code

describe('given compiler options', () => {
  it.each([
    ['-std=c++17', 201703],
    ['-std=c++20', 202002],
    ['-std=gnu++23', 202302],
  ])('compiles C++ with %s', async (option, standard) => {
    const code = '#include <iostream>\nint main() { std::cout << __cplusplus; }'
    const result = await run({ lang: 'cpp', code, compileArgs: [option] })
    expect(result).toMatchObject({ outcome: 'success', stdOutput: String(standard) })
  })

  it('takes those that /api/languages tells, all at once', async () => {
    const languages = await offered()
    expect(languages.map(({ name }) => name)).toEqual(expect.arrayContaining(['c', 'cpp', 'haskell', 'rust']))
    for (const { name, compileOptions } of languages) {
      const result = await run({ lang: name, code: greeterIn(name), compileArgs: compileOptions })
      expect({ name, ...result }).toMatchObject({ name, outcome: 'success', stdOutput: 'Hello, World!\n' })
    }
  })

  it('refuses any other, and names it', async () => {
    const submission = { lang: 'cpp', code: 'int main() {}', compileArgs: ['-O2', '-fplugin=evil.so'] }
    const { status, body } = await runledger.client().post('/api/submit', submission)
    expect({ status, errors: body['errors'] }).toMatchObject({
      status: 422,
      errors: [{ field: 'compileArgs[1]', message: expect.stringContaining('-fplugin=evil.so') }],
    })
  })
})
