import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expandArgv } from './expand-argv.ts'

const program = {
  entry: 'src/main.c',
  files: ['lib/twice.c', 'src/main.c', 'twice.h', 'notes.txt'],
  args: ['a b', '{entry}'],
  options: ['-O3', '-Wall'],
  sourceSuffixes: ['.c'],
}

describe('an expanded argv', () => {
  it('names the entry, whole or without its suffix', () => {
    expect(expandArgv(['run', '{entry}', '{stem}.js'], program)).toStrictEqual(['run', 'src/main.c', 'src/main.js'])
  })

  it('has the options in their place', () => {
    expect(expandArgv(['cc', '-O2', '{options}', '{entry}'], program)).toStrictEqual([
      ...['cc', '-O2', '-O3', '-Wall', 'src/main.c'],
    ])
  })

  it('names the sources, the entry first, and nothing else that was sent', () => {
    expect(expandArgv(['cc', '{sources}', '-lm'], program)).toStrictEqual(['cc', 'src/main.c', 'lib/twice.c', '-lm'])
  })

  it.each(['-o', '@options', '.hidden.c', ' .c'])(
    'gives the odd name %j with its folder, so that no tool takes it for an option',
    name => {
      expect(expandArgv(['cc', '{sources}'], { ...program, entry: name, files: [name] })).toStrictEqual([
        'cc',
        `./${name}`,
      ])
    },
  )

  it.each([
    ['.hidden', './.hidden'],
    ['folder.d/main', 'folder.d/main'],
    ['main.test.ts', 'main.test'],
  ])('takes one suffix from %j', (entry, stem) => {
    expect(expandArgv(['{stem}'], { ...program, entry })).toStrictEqual([stem])
  })

  it('hands any arguments over as they are, each as one', () => {
    void fc.assert(
      fc.property(fc.array(fc.string()), args => {
        expect(expandArgv(['run', '{args}'], { ...program, args })).toStrictEqual(['run', ...args])
      }),
    )
  })

  it('keeps any name whole, once, and never looks into it', () => {
    const name = fc.string({ minLength: 1 }).map(text => `${text}.c`)
    void fc.assert(
      fc.property(name, fc.uniqueArray(name), (entry, others) => {
        const files = [entry, ...others.filter(other => other !== entry)]
        const [, ...sources] = expandArgv(['cc', '{sources}'], { ...program, entry, files })
        expect(sources).toHaveLength(files.length)
        for (const [place, file] of files.entries()) expect([file, `./${file}`]).toContain(sources[place])
        expect(sources.every(source => /^[A-Za-z0-9_.]/.test(source))).toBe(true)
      }),
    )
  })
})
