import * as E from 'fp-ts/lib/Either.js'
import { failure } from 'io-ts/lib/PathReporter.js'
import { describe, expect, it } from 'vitest'
import { languageDefinition } from './language-definition.ts'

const minimal = {
  name: 'lisp',
  aliases: ['cl'],
  fileName: 'main.lisp',
  compile: null,
  run: { argv: ['lisp', '{entry}'] },
  env: {},
  runFactors: { memoryBytes: 2 },
  compileFactors: {},
  versionArgv: ['lisp', '--version'],
  selfTest: [{ name: 'hello', code: ['(print 1)', '(print 2)'] }],
}

const complaints = (input: unknown): string => E.match(failure, () => [])(languageDefinition.decode(input)).join('\n')

describe('a language definition', () => {
  it('may leave out what has a default', () => {
    expect(languageDefinition.decode(minimal)).toStrictEqual(
      E.right({
        ...minimal,
        sourceSuffixes: [],
        sizedByLimits: true,
        npmPackages: [],
        selfTest: [
          {
            name: 'hello',
            code: '(print 1)\n(print 2)\n',
            files: [],
            stdin: '',
            args: [],
            outcome: 'success',
            exitCode: null,
            stdout: null,
          },
        ],
      }),
    )
  })

  it.each([
    ['at the top', { ...minimal, comand: 1 }, 'comand'],
    ['in a command', { ...minimal, run: { argv: ['lisp'], shell: true } }, 'shell'],
    ['in a self-test', { ...minimal, selfTest: [{ name: 'hello', code: [], stdni: '' }] }, 'stdni'],
    ['among the factors', { ...minimal, runFactors: { memory: 2 } }, 'memory'],
  ])('is refused with an unknown member %s', (_, input, stranger) => {
    expect(complaints(input)).toContain(stranger)
  })

  it.each([
    ['an empty argv', { ...minimal, run: { argv: [] } }],
    ['a factor of zero', { ...minimal, runFactors: { memoryBytes: 0 } }],
    ['a factor that is no number', { ...minimal, compileFactors: { cpuTimeMs: '2' } }],
    ['a file name with a folder', { ...minimal, fileName: '../main.lisp' }],
    ['an alias nobody can type in lower case', { ...minimal, aliases: ['CL'] }],
    ['an npm package without an exact version', { ...minimal, npmPackages: ['lisp@latest'] }],
    ['no self-test member', { ...minimal, selfTest: undefined }],
  ])('is refused with %s', (_, input) => {
    expect(complaints(input)).not.toBe('')
  })
})
