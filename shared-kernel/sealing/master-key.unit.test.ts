import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, describe, expect, it } from 'vitest'
import { rightOf } from '../event-log/contract/right-of.ts'
import { configuredMasterKey, masterKeyOf, ownMasterKey } from './master-key.ts'

const folder = mkdtempSync(join(tmpdir(), 'runledger-master-key-'))
afterAll(() => rmSync(folder, { recursive: true }))

const hex = '00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF'
const bytes = Buffer.from(hex, 'hex')

describe('a master key', () => {
  it.each([hex, bytes.toString('base64'), bytes.toString('base64').replace('=', '')])('may be written as %s', text => {
    expect(masterKeyOf(text)?.export()).toStrictEqual(bytes)
  })

  it.each(['', 'secret', hex.slice(1), `${hex}00`, bytes.subarray(1).toString('base64'), '*'.repeat(43)])(
    'is not %j',
    text => expect(masterKeyOf(text)).toBeNull(),
  )

  it('may be configured itself or as a file, not both, or not at all', () => {
    const file = join(folder, 'configured')
    writeFileSync(file, `${hex}\n`)
    expect(rightOf(configuredMasterKey({ text: hex, file: null }))?.export()).toStrictEqual(bytes)
    expect(rightOf(configuredMasterKey({ text: null, file }))?.export()).toStrictEqual(bytes)
    expect(rightOf(configuredMasterKey({ text: null, file: null }))).toBeNull()
    expect(configuredMasterKey({ text: hex, file })).toStrictEqual(E.left(expect.stringMatching(/MASTER_KEY.* both/)))
  })

  it('is told of by the name of its variable where its file is missing or holds something else', () => {
    const file = join(folder, 'wrong')
    writeFileSync(file, 'not a key')
    for (const bad of [file, join(folder, 'missing')]) {
      const refused = configuredMasterKey({ text: null, file: bad })
      expect(refused).toStrictEqual(E.left(expect.stringMatching(/^MASTER_KEY_FILE: /)))
      expect(JSON.stringify(refused)).not.toContain('not a key')
    }
  })
})

describe("a data folder's own master key", () => {
  it('is made once, for its owner alone', () => {
    const file = join(folder, 'own')
    const made = rightOf(ownMasterKey(file, false))
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(rightOf(ownMasterKey(file, true)).equals(made)).toBe(true)
  })

  it('is not made anew where keys have been wrapped with the one that is missing', () => {
    expect(ownMasterKey(join(folder, 'lost'), true)).toStrictEqual(E.left(expect.stringContaining('MASTER_KEY')))
  })
})
