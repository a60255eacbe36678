import { describe, expect, it } from 'vitest'
import { type System, untilProjected } from '../../support/system.ts'
import { mixedRuns } from './mixed-runs.ts'
import type { UsedSystem } from './use-system.ts'

export type HistoryLine = Readonly<{
  submissionId: string
  status: string
  outcome: string | null
  language: string
  receivedAt: string
}>

type Page = Readonly<{ submissions: ReadonlyArray<HistoryLine>; next: string | null }>

const pageOf = async ({ client }: System, query: string): Promise<Page> => {
  const { status, body } = await client.get(`/api/submissions?${query}`)
  expect(status).toBe(200)
  return body as unknown as Page
}

/** Every line that the filters let through, page by page. */
export const wholeHistory = async (system: System, filters = ''): Promise<ReadonlyArray<HistoryLine>> => {
  const lines: Array<HistoryLine> = []
  let before = ''
  for (;;) {
    const page: Page = await pageOf(system, `limit=100${filters}${before}`)
    lines.push(...page.submissions)
    if (page.next === null) return lines
    before = `&before=${page.next}`
  }
}

const idsOf = (lines: ReadonlyArray<HistoryLine>) => lines.map(({ submissionId }) => submissionId)

/** `GET /api/submissions` */
export const history = (system: UsedSystem): void => {
  describe('the history', () => {
    it('is found by language, outcome, status and time', async () => {
      const runs = await mixedRuns(system())
      await untilProjected(system())
      const all = await wholeHistory(system())
      const idsWith = async (filters: string) => new Set(idsOf(await wholeHistory(system(), filters)))
      const expected = (holds: (line: HistoryLine) => boolean) => new Set(idsOf(all.filter(holds)))

      for (const { id, kind } of runs)
        expect(all.find(({ submissionId }) => submissionId === id)).toMatchObject({
          status: 'completed',
          language: kind.split(' ')[0],
          outcome: kind.endsWith('success') ? 'success' : 'runtime_error',
        })
      expect(await idsWith('&lang=bash')).toEqual(expected(({ language }) => language === 'bash'))
      expect(await idsWith('&lang=py&outcome=runtime_error')).toEqual(
        expected(({ language, outcome }) => language === 'python' && outcome === 'runtime_error'),
      )
      expect(await idsWith('&status=completed')).toEqual(expected(({ status }) => status === 'completed'))
      expect(await idsWith('&status=cancelled')).toEqual(new Set())
      const from = all[9]?.receivedAt ?? ''
      const to = all[3]?.receivedAt ?? ''
      expect(await idsWith(`&from=${from}&to=${to}`)).toEqual(
        expected(({ receivedAt }) => receivedAt >= from && receivedAt < to),
      )
    })

    it('is paged by a cursor that what comes meanwhile does not move', async () => {
      await mixedRuns(system())
      await untilProjected(system())
      const before = idsOf(await wholeHistory(system()))
      const first = await pageOf(system(), 'limit=7')
      const id = await system().client.submit({ lang: 'bash', code: 'echo meanwhile' })
      await system().client.resultOf(id)
      await untilProjected(system())
      const second = await pageOf(system(), `limit=7&before=${first.next}`)
      expect([...idsOf(first.submissions), ...idsOf(second.submissions)]).toEqual(before.slice(0, 14))
      expect(idsOf(await wholeHistory(system()))).toEqual([id, ...before])
    })
  })
}
