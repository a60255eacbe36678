import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import type { Served } from '../query-service.fixture.ts'
import { append, newSubmissionId, received, started } from '../read-models/result/submission-events.fixture.ts'

type Line = Readonly<{ commit?: { p: number; n: number; hash: string }; cursor?: string }>

const writers = 16
const commitsEach = 40

const writeAll = async (log: EventLog): Promise<void> => {
  const write = async (): Promise<void> => {
    for (let count = 0; count < commitsEach; count += 2) {
      const id = newSubmissionId()
      await append(log, id, [received()])
      await append(log, id, [started()])
    }
  }
  await Promise.all(Array.from({ length: writers }, write))
}

const positionsOf = async (log: EventLog): Promise<ReadonlyArray<string>> => {
  const tails = await log.tails()()
  if (isLeft(tails)) throw new Error(tails.left.message)
  return tails.right.flatMap((tail, p) => Array.from({ length: tail }, (_, index) => `${p}:${index + 1}`))
}

async function* recordsIn(response: Response): AsyncGenerator<Line> {
  let text = ''
  for await (const piece of response.body ?? []) {
    text += Buffer.from(piece).toString('utf8')
    const lines = text.split('\n')
    text = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line)
  }
}

/** Reads up to so many cursors and then hangs up, as a reader on a bad line does. What no cursor followed is forgotten. */
const readSlowly = async (served: Served, after: string | null, mostCursors: number) => {
  const aborting = new AbortController()
  const query = after === null ? '' : `?after=${after}`
  const response = await served.get(`/api/audit/commits${query}`, { signal: aborting.signal })
  expect(response.status).toBe(200)
  const seen: Array<string> = []
  let pending: Array<string> = []
  let cursor = after
  let cursors = 0
  for await (const { commit, cursor: next } of recordsIn(response)) {
    if (commit !== undefined) pending.push(`${commit.p}:${commit.n}`)
    if (next === undefined) continue
    seen.push(...pending)
    pending = []
    cursor = next
    cursors += 1
    if (cursors === mostCursors) break
  }
  aborting.abort()
  return { seen, cursor }
}

const storedAt = async (log: EventLog, { p, n }: Readonly<{ p: number; n: number }>) => {
  const read = await log.readPartition(p, n - 1, 1)()
  return isLeft(read) ? null : read.right[0]
}

/** What the whole log's reader is promised, on whatever store the service is served from. */
export const commitsContract = (store: string, use: <A>(test: (served: Served) => Promise<A>) => Promise<A>): void => {
  describe(`GET /api/audit/commits over ${store}`, () => {
    it('gives a reader that is cut off again and again every commit once, while 16 writers append', () =>
      use(async served => {
        let isWritten = false
        const writing = writeAll(served.log).finally(() => {
          isWritten = true
        })
        const seen: Array<string> = []
        let cursor: string | null = null
        for (let rest: ReadonlyArray<string> = ['begin']; rest.length > 0 || !isWritten; ) {
          const read: Awaited<ReturnType<typeof readSlowly>> = await readSlowly(served, cursor, 5)
          cursor = read.cursor
          rest = read.seen
          seen.push(...rest)
        }
        await writing
        const last = await readSlowly(served, cursor, Number.POSITIVE_INFINITY)
        seen.push(...last.seen)
        expect(seen.toSorted()).toStrictEqual([...(await positionsOf(served.log))].toSorted())
      }))

    it('gives as many commits as are asked for, as they are stored, and a cursor behind them', () =>
      use(async served => {
        for (let count = 0; count < 3; count += 1) await append(served.log, newSubmissionId(), [received()])
        const response = await served.get('/api/audit/commits?limit=2')
        expect(response.headers.get('content-type')).toBe('application/x-ndjson')
        const lines = (await response.text()).trimEnd().split('\n')
        const records = lines.map(line => JSON.parse(line) as Line)
        const commits = records.flatMap(({ commit }) => commit ?? [])
        expect(commits).toHaveLength(2)
        for (const commit of commits) expect(await storedAt(served.log, commit)).toStrictEqual(commit)
        const rest = await served.get(`/api/audit/commits?after=${records.at(-1)?.cursor}`)
        expect((await rest.text()).match(/"commit"/g)).toHaveLength(1)
      }))

    it('refuses a cursor of another log and one that is none, and says which', () =>
      use(async served => {
        const refused = async (query: string) => {
          const response = await served.get(`/api/audit/commits?${query}`)
          const { detail } = (await response.json()) as { detail: string }
          return `${response.status} ${detail}`
        }
        expect(await refused('after=nothing')).toBe('422 after must be a cursor that this endpoint gave')
        const foreign = Buffer.alloc(16 + served.log.partitions).toString('base64url')
        expect(await refused(`after=${foreign}`)).toBe('422 after is a cursor of another log')
        expect(await refused('limit=0')).toBe('422 limit must be a whole number from 1 to 1000000000')
      }))
  })
}
