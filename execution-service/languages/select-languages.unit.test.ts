import type { LanguageDefinition } from '@runledger/sandbox/languages/language-definition.ts'
import { describe, expect, it } from 'vitest'
import { selectLanguages } from './select-languages.ts'

const language = (name: string, ...aliases: ReadonlyArray<string>): LanguageDefinition => ({
  name,
  aliases,
  fileName: `main.${name}`,
  sourceSuffixes: [],
  compile: null,
  sizedByLimits: true,
  run: { argv: [name] },
  env: {},
  runFactors: {},
  compileFactors: {},
  versionArgv: [name, '--version'],
  npmPackages: [],
  selfTest: [],
})

const known = [
  language('cpp', 'c++'),
  language('python', 'py'),
  ...['bash', 'c', 'go', 'java', 'typescript'].map(name => language(name)),
]

const names = (selection: ReturnType<typeof selectLanguages>) =>
  selection._tag === 'Right' ? selection.right.definitions.map(({ name }) => name) : selection.left

describe('the languages selected', () => {
  it('keep the order they are configured in', () => {
    expect(names(selectLanguages(known, ['python', 'c', 'cpp']))).toEqual(['python', 'c', 'cpp'])
  })

  it('may be named by alias, and count once', () => {
    expect(names(selectLanguages(known, ['c++', 'py', 'cpp']))).toEqual(['cpp', 'python'])
  })

  it('are waited for up to the fifth', () => {
    expect(selectLanguages(known, ['python', 'c', 'cpp', 'bash', 'java', 'go'])).toMatchObject({
      right: { first: ['python', 'c', 'cpp', 'bash', 'java'] },
    })
  })

  it('are followed by every other one where `all` is among them', () => {
    expect(names(selectLanguages(known, ['all', 'python', 'c']))).toEqual([
      ...['python', 'c', 'cpp', 'bash', 'go', 'java', 'typescript'],
    ])
  })

  it('must be known', () => {
    expect(names(selectLanguages(known, ['python', 'klingon', 'elvish', 'all']))).toBe(
      'LANGUAGES names klingon, elvish; known are cpp, python, bash, c, go, java, typescript',
    )
  })
})
