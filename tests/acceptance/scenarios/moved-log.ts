import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredCommit } from '@runledger/shared-kernel/event-log/commit.ts'
import { afterAll, describe, expect, it } from 'vitest'
import { clientOf } from '../../support/client.ts'
import { expectSoundDataDir } from '../../support/expect-sound-data-dir.ts'
import { runLogTool } from '../../support/log-tool.ts'
import { masterKey } from '../../support/master-key.ts'
import { startStandalone } from '../../support/standalone-process.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { mixedRuns } from './mixed-runs.ts'
import type { UsedSystem } from './use-system.ts'

const commitsIn = (file: string): ReadonlyArray<StoredCommit> =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
    .filter(({ record }) => record === 'commit')
    .map(({ record: _, ...commit }) => commit)

/** Three commits in a row of one partition, with another one behind them. */
const threeInARow = (commits: ReadonlyArray<StoredCommit>) => {
  const longest = [...Map.groupBy(commits, ({ p }) => p).values()].toSorted((a, b) => b.length - a.length)[0] ?? []
  const [first, second, third] = longest.slice(-4, -1)
  const last = longest.at(-1)
  if (first === undefined || second === undefined || third === undefined || last === undefined)
    throw new Error('no partition is long enough')
  return { first, second, third, last }
}

const flipped = (text: string): string => {
  const at = Math.floor(text.length / 2)
  const flippedByte = Buffer.from(text)
  flippedByte[at] = (flippedByte[at] ?? 0) ^ 1
  return flippedByte.toString('latin1') === text ? text : flippedByte.toString()
}

/** `npm run log`: what is moved is the same, what is altered is found. */
export const movedLog = (system: UsedSystem): void => {
  const folder = tempFolder()
  afterAll(folder.remove)
  const inFolder = (name: string) => join(folder.path, name)
  const exported = inFolder('log.ndjson')

  describe('a log that is exported while it is served', () => {
    it('makes the same log elsewhere: same bytes, same results', async () => {
      const runs = await mixedRuns(system())
      expect(await runLogTool(system().env, 'export', exported, '--quiet')).toMatchObject({ status: 0 })
      const elsewhere = { DATA_DIR: inFolder('elsewhere') }
      expect(await runLogTool(elsewhere, 'import', exported, '--quiet')).toMatchObject({ status: 0 })
      expect(await runLogTool(elsewhere, 'export', inFolder('again.ndjson'), '--quiet')).toMatchObject({ status: 0 })
      expect(readFileSync(inFolder('again.ndjson'))).toEqual(readFileSync(exported))

      const served = await startStandalone({
        dataDir: elsewhere.DATA_DIR,
        env: { LANGUAGES: 'bash', CONCURRENCY: '1', MASTER_KEY: masterKey },
      })
      const client = clientOf(served.url)
      const results = await Promise.all(runs.map(({ id }) => client.resultOf(id)))
      expect(await served.end('SIGTERM')).toBe(0)
      expect(results).toEqual(runs.map(({ result }) => result))
      await expectSoundDataDir(elsewhere.DATA_DIR)
    })
  })

  describe('a stored log that somebody altered', () => {
    it('is found out at its first bad position, whatever was done to it', async () => {
      const commits = commitsIn(exported)
      const { first, second, third, last } = threeInARow(commits)
      const spare = system().openSpare()
      const anchors = { ANCHOR_FILE: inFolder('anchors'), ANCHOR_KEY_FILE: inFolder('key') }
      const run = (...args: ReadonlyArray<string>) => runLogTool({ ...spare.env, ...anchors }, ...args)
      const put = (old: StoredCommit, changed: StoredCommit) => commits.map(each => (each === old ? changed : each))
      const later = commits.map(each => (each.p === second.p && each.n >= second.n ? { ...each, n: each.n + 1 } : each))
      const alterations: ReadonlyArray<readonly [string, ReadonlyArray<StoredCommit>, StoredCommit]> = [
        ['a flipped byte', put(second, { ...second, events: flipped(second.events) }), second],
        ['a dropped commit', commits.filter(each => each !== second), second],
        [
          'two swapped commits',
          put(second, { ...third, n: second.n }).map(each => (each === third ? { ...second, n: third.n } : each)),
          second,
        ],
        ['an inserted commit', [...later, { ...second, _id: first._id.replace(/^./, 'f'), s: 'another' }], second],
      ]
      expect(await run('import', exported, '--quiet')).toMatchObject({ status: 0 })
      expect(await run('anchor', '--new-key')).toMatchObject({ status: 0 })
      expect(await run('anchor')).toMatchObject({ status: 0 })
      for (const [what, altered, { p, n }] of alterations) {
        await spare.store(altered)
        const { status, said } = await run('verify', '--quiet')
        expect([what, status, said.split('\n')[0]]).toEqual([
          what,
          1,
          expect.stringContaining(`BROKEN partition ${p}, position ${n}:`),
        ])
      }
      await spare.store(commits.filter(each => each !== last))
      expect(await run('verify', '--quiet')).toMatchObject({ status: 0 })
      expect(await run('verify', '--quiet', '--anchors', anchors.ANCHOR_FILE)).toMatchObject({
        status: 1,
        said: expect.stringContaining(`BROKEN partition ${last.p}, position ${last.n}: ends before`),
      })
      await spare.store(commits)
      expect(await run('verify', '--quiet', '--anchors', anchors.ANCHOR_FILE)).toMatchObject({ status: 0 })
      await spare.remove()
    })
  })
}
