import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { findLanguage } from './find-language.ts'
import { loadLanguageDefinitions } from './load-languages.ts'

const load = async () => {
  const loaded = await loadLanguageDefinitions()
  return E.isRight(loaded) ? loaded.right : expect.fail(JSON.stringify(loaded.left))
}

describe('the languages there are folders for', () => {
  it('are these, each named after its folder', async () => {
    const names = (await load()).map(({ name }) => name)
    expect(names).toStrictEqual([
      ...['ada', 'assembly', 'awk', 'bash', 'c', 'cpp', 'csharp', 'd', 'elixir', 'erlang', 'executable'],
      ...['fortran', 'go', 'haskell', 'java', 'javascript', 'kotlin', 'lisp', 'lua', 'ocaml', 'pascal', 'perl', 'php'],
      ...['prolog', 'pypy', 'python', 'python-numpy', 'r', 'ruby', 'rust', 'scheme', 'sql', 'tcl', 'typescript'],
    ])
  })

  it('are found by name and alias in any case', async () => {
    const definitions = await load()
    const names = ['py', 'PYTHON3', 'NodeJS', 'ts', 'C++', 'golang', 'sh', 'JDK', 'c'].map(
      word => findLanguage(definitions, word)?.name,
    )
    expect(names).toStrictEqual(['python', 'python', 'javascript', 'typescript', 'cpp', 'go', 'bash', 'java', 'c'])
  })

  it.each(['', 'klingon', '__proto__', ' python'])('do not answer to %j', async word => {
    expect(findLanguage(await load(), word)).toBeNull()
  })

  it('have a place for compiler options where they allow any', async () => {
    for (const { name, compile } of await load())
      expect(compile?.argv.includes('{options}') ?? false, name).toBe((compile?.options ?? []).length > 0)
  })

  it('test themselves: standard input, arguments, other alphabets', async () => {
    for (const { name, selfTest } of await load()) {
      expect(
        selfTest.some(({ stdin, stdout }) => stdin !== '' && stdout?.startsWith(stdin) === true),
        name,
      ).toBe(true)
      expect(
        selfTest.some(({ args, stdout }) => args.includes('$HOME') && stdout?.includes('$HOME') === true),
        name,
      ).toBe(true)
      expect(
        selfTest.some(({ stdout }) => stdout?.includes('雪 😀')),
        name,
      ).toBe(true)
    }
  })

  it('test themselves: output, an exit code, and a compile error where they compile', async () => {
    for (const { name, compile, selfTest } of await load()) {
      const outcomes = selfTest.map(({ outcome }) => outcome)
      expect(outcomes, name).toContain('success')
      expect(outcomes, name).toContain('runtime_error')
      expect(outcomes.includes('compile_error'), name).toBe(compile !== null)
    }
  })
})
