import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { languageDefinition } from '@runledger/sandbox/languages/language-definition.ts'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { scaffoldLanguage } from './scaffold-language.ts'

let languages: string
beforeEach(async () => {
  languages = await mkdtemp(join(tmpdir(), 'runledger-languages-'))
})
afterEach(() => rm(languages, { recursive: true }))

describe('a language that is added', () => {
  it('has a folder with a Dockerfile and a definition that can be read', async () => {
    const folder = join(languages, 'forth')
    expect(await scaffoldLanguage(languages, 'forth')()).toEqual(E.right(folder))
    expect(await readdir(folder)).toEqual(['Dockerfile', 'language.json'])
    const text = await readFile(join(folder, 'language.json'), 'utf8')
    expect(languageDefinition.decode(JSON.parse(text))).toMatchObject({ _tag: 'Right', right: { name: 'forth' } })
  })

  it('takes the place of none that is there', async () => {
    await scaffoldLanguage(languages, 'forth')()
    expect(await scaffoldLanguage(languages, 'forth')()).toEqual(E.left(['forth: is there already']))
  })

  it.each(['', '../forth', 'Forth', '-x', 'a/b'])('is not named %j', async name => {
    expect(E.isLeft(await scaffoldLanguage(languages, name)())).toBe(true)
    expect(await readdir(languages)).toEqual([])
  })
})
