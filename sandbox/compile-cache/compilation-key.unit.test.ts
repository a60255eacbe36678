import { describe, expect, it } from 'vitest'
import { type CompilationInputs, createCompilationKeys } from './compilation-key.ts'
import { file, someInputs } from './test-compilation.ts'

const keyOf = createCompilationKeys()
const { limits, files } = someInputs()

const changes: ReadonlyArray<readonly [string, Partial<CompilationInputs>]> = [
  ['tenant', { tenant: 'umbrella' }],
  ['image', { image: 'sha256:2' }],
  ['language', { language: 'cpp' }],
  ['option', { argv: ['gcc', '-O3', 'main.c'] }],
  ['order of options', { argv: ['gcc', 'main.c', '-O2'] }],
  ['environment', { env: { HOME: '/box', PATH: '/sbin' } }],
  ...Object.keys(limits).map(name => [`limit ${name}`, { limits: { ...limits, [name]: 99 } }] as const),
  ['file more', { files: [...files, file('b.h', '')] }],
  ['name of a file', { files: [file('main.c', 'int main() {}'), file('b.h', '')] }],
  ['content of a file', { files: [file('main.c', 'int main() { }'), file('a.h', '')] }],
  ['mode of a file', { files: files.map(sent => ({ ...sent, isExecutable: true })) }],
  ['end of one file', { files: [file('main.c', 'int main() {'), file('a.h', '}')] }],
  ['owner of a content', { files: [file('main.c', ''), file('a.h', 'int main() {}')] }],
]

describe('given a compilation that was seen before', () => {
  it('has the same key', () => {
    expect(keyOf(someInputs())).toEqual(keyOf(someInputs()))
  })

  it('has it in whatever order files and environment come', () => {
    const shuffled = someInputs({ files: files.toReversed(), env: { PATH: '/bin', HOME: '/box' } })
    expect(keyOf(shuffled)).toEqual(keyOf(someInputs()))
  })

  it.each(changes)('has another one with another %s', (_, change) => {
    const [own, other] = [keyOf(someInputs()), keyOf(someInputs(change))]
    expect(other.place).not.toBe(own.place)
    expect(other.secret).not.toEqual(own.secret)
  })

  it('has one in another process that nobody could know before', () => {
    expect(createCompilationKeys()(someInputs()).place).not.toBe(keyOf(someInputs()).place)
  })
})

describe('given words that read the same when they are joined', () => {
  it.each([
    [{ argv: ['gcc', 'a b'] }, { argv: ['gcc', 'a', 'b'] }],
    [{ argv: ['gcc", "x'] }, { argv: ['gcc', 'x'] }],
    [
      { tenant: 'a', image: 'bc' },
      { tenant: 'ab', image: 'c' },
    ],
    [{ files: [file('a', 'b'), file('c', '')] }, { files: [file('a', ''), file('c', 'b')] }],
  ])('tells %j and %j apart', (one, other) => {
    expect(keyOf(someInputs(one)).place).not.toBe(keyOf(someInputs(other)).place)
  })
})
