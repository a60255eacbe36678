import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import type { AskServer } from './ask-server.ts'
import { listSubmissions } from './list-submissions.ts'

const chosen = { ids: [], concurrency: 4, url: 'http://127.0.0.1:3005', image: 'current' } as const
const since = '2026-01-31T00:00:00.000Z'

/** Stands for the history: `pages` by the cursor that asks for them. */
const history = (pages: Readonly<Record<string, unknown>>) => {
  const asked: Array<URL> = []
  const ask: AskServer = async ({ path, answer }) => {
    const url = new URL(path, chosen.url)
    asked.push(url)
    return E.mapLeft(() => 'unknown')(answer.decode(pages[url.searchParams.get('before') ?? '']))
  }
  return { ask, asked }
}

const some = (...ids: ReadonlyArray<string>) => ids.map(submissionId => ({ submissionId, status: 'completed' }))

describe('given a time to replay from', () => {
  it('lists page after page what the history has of it', async () => {
    const { ask, asked } = history({
      '': { submissions: some('c', 'b'), next: 'cursor' },
      cursor: { submissions: some('a'), next: null },
    })
    const options = { ...chosen, since, language: 'python', outcome: 'success' } as const
    expect(await listSubmissions(ask, options)).toStrictEqual(E.right(['c', 'b', 'a']))
    expect(asked.map(({ pathname }) => pathname)).toStrictEqual(['/api/submissions', '/api/submissions'])
    expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toStrictEqual({
      ...{ from: since, lang: 'python', outcome: 'success', limit: '100' },
    })
  })

  it('stops at the limit', async () => {
    const { ask, asked } = history({ '': { submissions: some('c', 'b'), next: 'cursor' } })
    expect(await listSubmissions(ask, { ...chosen, since, limit: 1 })).toStrictEqual(E.right(['c']))
    expect(asked).toHaveLength(1)
  })

  it('leaves replays out', async () => {
    const [original, replay] = [
      { submissionId: 'a', replayOf: null },
      { submissionId: 'b', replayOf: 'a' },
    ]
    const { ask } = history({ '': { submissions: [replay, original], next: null } })
    expect(await listSubmissions(ask, { ...chosen, since })).toStrictEqual(E.right(['a']))
  })

  it('says so where the history cannot be asked', async () => {
    const { ask } = history({ '': { nothing: 'known' } })
    expect(await listSubmissions(ask, { ...chosen, since })).toStrictEqual(E.left('unknown'))
  })
})
