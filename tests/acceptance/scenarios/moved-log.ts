import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredCommit } from '@runledger/shared-kernel/event-log/commit.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { createAnchorKey } from '@runledger/shared-kernel/log-tools/anchors/anchor-key.ts'
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

const flipped = (text: string): string => {
  const bytes = Buffer.from(text)
  const at = Math.floor(bytes.length / 2)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  return bytes.toString()
}

/** The beginnings of all partitions of at least three commits. */
const longPartitions = (commits: ReadonlyArray<StoredCommit>) =>
  [...Map.groupBy(commits, ({ p }) => p).values()].flatMap(([first, second, third]) =>
    first === undefined || second === undefined || third === undefined ? [] : [{ first, second, third }],
  )

type Place = Readonly<{ p: number; n: number }>
type Alteration = Readonly<{ at: Place; make: (commits: ReadonlyArray<StoredCommit>) => ReadonlyArray<StoredCommit> }>

const replace = (old: StoredCommit, changed: StoredCommit) => (commits: ReadonlyArray<StoredCommit>) =>
  commits.map(each => (each === old ? changed : each))

/** One thing done to each of four partitions, and where that is to be found out. */
const alterationsOf = (commits: ReadonlyArray<StoredCommit>): ReadonlyArray<Alteration> => {
  const [flip, drop, swap, insert] = longPartitions(commits)
  if (flip === undefined || drop === undefined || swap === undefined || insert === undefined)
    throw new Error('no four partitions are long enough')
  const forged = { ...insert.second, _id: insert.first._id.replace(/^./, 'z'), s: 'another' }
  return [
    { at: flip.second, make: replace(flip.second, { ...flip.second, events: flipped(flip.second.events) }) },
    { at: drop.second, make: all => all.filter(each => each !== drop.second) },
    {
      at: swap.second,
      make: all =>
        all.map(each => {
          if (each === swap.second) return { ...swap.third, n: swap.second.n }
          return each === swap.third ? { ...swap.second, n: swap.third.n } : each
        }),
    },
    {
      at: insert.second,
      make: all => [
        ...all.map(each => (each.p === forged.p && each.n >= forged.n ? { ...each, n: each.n + 1 } : each)),
        forged,
      ],
    },
  ]
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
      const spare = system().openSpare()
      const anchors = { ANCHOR_FILE: inFolder('anchors'), ANCHOR_KEY_FILE: inFolder('key') }
      const run = (...args: ReadonlyArray<string>) => runLogTool({ ...spare.env, ...anchors }, ...args)
      expect(await run('import', exported, '--quiet')).toMatchObject({ status: 0 })
      rightOf(createAnchorKey(anchors.ANCHOR_KEY_FILE))
      expect(await run('anchor')).toMatchObject({ status: 0 })

      const alterations = alterationsOf(commits)
      await spare.store(alterations.reduce((altered, { make }) => make(altered), commits))
      const { status, said } = await run('verify', '--quiet')
      const found = [...said.matchAll(/^BROKEN partition (\d+), position (\d+):/gm)]
      expect(status).toBe(1)
      expect(found.map(([, p, n]) => ({ p: Number(p), n: Number(n) }))).toEqual(
        alterations.map(({ at: { p, n } }) => ({ p, n })),
      )

      const last = commits.at(-1)
      await spare.store(commits.slice(0, -1))
      expect(await run('verify', '--quiet')).toMatchObject({ status: 0 })
      expect(await run('verify', '--quiet', '--anchors', anchors.ANCHOR_FILE)).toMatchObject({
        status: 1,
        said: expect.stringContaining(`BROKEN partition ${last?.p}, position ${last?.n}: ends before`),
      })
      await spare.remove()
    })
  })
}
