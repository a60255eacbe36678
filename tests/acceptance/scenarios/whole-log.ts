import { describe, expect, it } from 'vitest'
import type { System } from '../../support/system.ts'
import { mixedRuns } from './mixed-runs.ts'
import type { UsedSystem } from './use-system.ts'

type Commit = Readonly<{ _id: string; p: number; n: number; s: string; events: string; hash: string }>
type Line = Readonly<{ commit?: Commit; cursor?: string }>
type Page = Readonly<{ commits: ReadonlyArray<Commit>; cursor: string }>

const pageAfter = async ({ url }: System, cursor: string | null, limit: number): Promise<Page> => {
  const after = cursor === null ? '' : `&after=${cursor}`
  const response = await fetch(`${url}/api/audit/commits?limit=${limit}${after}`)
  expect(response.headers.get('content-type')).toBe('application/x-ndjson')
  const lines = (await response.text())
    .trimEnd()
    .split('\n')
    .map((line): Line => JSON.parse(line))
  return {
    commits: lines.flatMap(({ commit }) => commit ?? []),
    cursor: lines.findLast(line => line.cursor !== undefined)?.cursor ?? '',
  }
}

/** Reads on a few commits at a time until nothing more comes and nobody writes any more. */
const readSlowly = async (system: System, isWriting: () => boolean): Promise<ReadonlyArray<Commit>> => {
  const read: Array<Commit> = []
  let cursor: string | null = null
  for (;;) {
    const wasWriting = isWriting()
    const page: Page = await pageAfter(system, cursor, 3)
    read.push(...page.commits)
    cursor = page.cursor
    if (page.commits.length === 0 && !wasWriting) return read
  }
}

/** `GET /api/audit/commits` */
export const wholeLog = (system: UsedSystem): void => {
  describe('the whole log', () => {
    it('is read on behind a cursor while sixteen clients write: nothing is missed, nothing comes twice', async () => {
      let isWriting = true
      const writing = mixedRuns(system()).finally(() => {
        isWriting = false
      })
      const commits = await readSlowly(system(), () => isWriting)
      const runs = await writing
      expect(new Set(commits.map(({ _id }) => _id)).size).toBe(commits.length)
      for (const [p, of] of Map.groupBy(commits, ({ p }) => p))
        expect([p, ...of.map(({ n }) => n)]).toEqual([p, ...of.map((_, index) => index + 1)])
      for (const { id, result } of runs) {
        const events = commits.filter(({ s }) => s === `submission-${id}`).flatMap(each => JSON.parse(each.events))
        expect(events).toHaveLength(Number(result['version']))
      }
    })
  })
}
