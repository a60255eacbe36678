import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, describe, expect, it } from 'vitest'
import type { StoredCommit } from '../../event-log/commit.ts'
import { rightOf } from '../../event-log/contract/right-of.ts'
import { createAnchorKey, publicKeyFile, readAnchorKey, readPublicKey } from '../anchors/anchor-key.ts'
import { readAnchors } from '../anchors/read-anchors.ts'
import { takeAnchor } from '../anchors/take-anchor.ts'
import { brokenIn, type ExposeLog, exposedLogWith } from './exposed-log.ts'

/** What signed heads of a log prove that its chains cannot. */
export const anchorsContract = (name: string, expose: ExposeLog): void => {
  describe(`${name} that is anchored`, () => {
    const given = exposedLogWith(12, expose)
    const folder = mkdtempSync(join(tmpdir(), 'runledger-anchors-'))
    afterAll(() => rmSync(folder, { recursive: true }))
    const keyFile = join(folder, 'anchor-key')
    rightOf(createAnchorKey(keyFile))
    const now = new Date('2026-05-06T07:08:09.012Z')

    const anchorTo = async (file: string) =>
      rightOf(await takeAnchor(given.exposed.storage, { file, key: rightOf(readAnchorKey(keyFile)), now })())
    const read = (file: string, publicKey = publicKeyFile(keyFile), newest: string | null = null) =>
      readAnchors(file, given.exposed.storage, { key: rightOf(readPublicKey(publicKey)), newest })()

    it('keeps its key to its owner and never writes over it', () => {
      expect(statSync(keyFile).mode & 0o777).toBe(0o600)
      expect(createAnchorKey(keyFile)).toMatchObject(E.left(expect.stringContaining('EEXIST')))
    })

    it('is found cut off at its end, or written anew, and is fine while it grows', async () => {
      const file = join(folder, 'anchors')
      await anchorTo(file)
      await given.append('stream-1', 'more')
      await anchorTo(file)
      await given.append('stream-1', 'and more')
      const known = rightOf(await read(file))
      expect(brokenIn(await given.verify(known))).toStrictEqual([])

      const last = given.original.findLast(({ p }) => p === 0) as StoredCommit
      await given.exposed.store(given.original.filter(commit => commit !== last))
      expect(brokenIn(await given.verify())).toStrictEqual([])
      expect(brokenIn(await given.verify(known))).toContainEqual({ p: 0, n: last.n })

      const { original } = given
      await given.exposed.store(original)
      const elsewhere = known.map(head => (head.p === 0 ? { ...head, hash: 'f'.repeat(64) } : head))
      expect(brokenIn(await given.verify(elsewhere))).toContainEqual({ p: 0, n: last.n })
    })

    it('believes no other key, no altered anchor and none of another log', async () => {
      const file = join(folder, 'altered')
      const taken = await anchorTo(file)
      const otherKey = join(folder, 'other-key')
      rightOf(createAnchorKey(otherKey))
      expect(await read(file, publicKeyFile(otherKey))).toMatchObject(
        E.left(expect.stringContaining('line 1: its sign')),
      )
      for (const change of [
        { heads: taken.heads.map(({ n }) => ({ n, hash: 'f'.repeat(64) })) },
        { heads: taken.heads.map(({ hash }) => ({ n: 1, hash })) },
        { heads: [] },
        { at: '2020-01-01T00:00:00.000Z' },
        { root: 'f'.repeat(64) },
        { logId: 'another' },
        { signature: '' },
      ]) {
        writeFileSync(file, `${JSON.stringify({ ...taken, ...change })}\n`)
        expect(await read(file)).toMatchObject(E.left(expect.stringContaining('line 1: its ')))
      }
    })

    it('is known to miss anchors by whoever knows the newest', async () => {
      const file = join(folder, 'known')
      await anchorTo(file)
      const before = readFileSync(file, 'utf8')
      await given.append('stream-2', 'once more')
      const { root } = await anchorTo(file)
      const readUpTo = () => read(file, publicKeyFile(keyFile), root)
      expect(await readUpTo()).toMatchObject({ _tag: 'Right' })
      writeFileSync(file, before)
      expect(await read(file)).toMatchObject({ _tag: 'Right' })
      expect(await readUpTo()).toStrictEqual(E.left(`${file} does not hold the anchor ${root}: lines were cut from it`))
    })

    it('says so where a line is cut, or there is none', async () => {
      const file = join(folder, 'cut')
      await anchorTo(file)
      writeFileSync(file, readFileSync(file, 'utf8').slice(0, -20))
      expect(await read(file)).toMatchObject(E.left(expect.stringContaining('line 1 is no anchor')))
      writeFileSync(file, '')
      expect(await read(file)).toMatchObject(E.left(expect.stringContaining('holds no anchor')))
    })
  })
}
