import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { untilProjected } from '../../support/system.ts'
import type { UsedSystem } from './use-system.ts'

type Members = Readonly<Record<string, unknown>>

/** `tests` of `POST /api/submit` */
export const testCases = (system: UsedSystem): void => {
  const submit = (submission: object) => system().client.submit({ lang: 'python', ...submission })

  const eventsOf = async (id: string): Promise<ReadonlyArray<Members & Readonly<{ type: string; data: Members }>>> => {
    const { body } = await system().client.get(`/api/submissions/${id}/events`)
    return body['events'] as ReadonlyArray<Members & Readonly<{ type: string; data: Members }>>
  }

  const casesIn = async (id: string) => (await eventsOf(id)).filter(({ type }) => type === 'TestCaseCompleted')

  describe('a submission with test cases', () => {
    const code =
      'import sys\na, b = map(int, input().split())\nprint(a // b, *sys.argv[1:])\nprint("told", file=sys.stderr)'
    const tests = [
      { name: 'even', stdin: '6 2\n', expectedOutput: '3\n' },
      { name: 'with arguments', stdin: '6 3', args: ['x'], expectedOutput: '2 x  ' },
      { stdin: '7 2', expectedOutput: '3.5' },
      { name: 'by nothing', stdin: '1 0', expectedOutput: '0' },
      { name: 'whatever', stdin: '9 3' },
    ]

    it('is run for each of them, and tells of each and of all', async () => {
      const result = await system().client.resultOf(await submit({ code, tests }))
      expect(result).toMatchObject({
        ...{ status: 'completed', outcome: 'wrong_answer', exitCode: 0, stdOutput: '' },
        testSummary: { total: 5, run: 5, passed: 3 },
        tests: [
          { name: 'even', outcome: 'accepted', exitCode: 0, stdOutput: '3\n', stdError: 'told\n' },
          { name: 'with arguments', outcome: 'accepted', stdOutput: '2 x\n' },
          { name: '3', outcome: 'wrong_answer', exitCode: 0, stdOutput: '3\n' },
          { name: 'by nothing', outcome: 'runtime_error', exitCode: 1, stdOutput: '' },
          { name: 'whatever', outcome: 'success', usage: { wallMs: expect.any(Number) } },
        ],
      })
    })

    it('ends with the first that fails where it is to, as the log and the history tell', async () => {
      const id = await submit({ code, tests, stopOnFirstFailure: true })
      const result = await system().client.resultOf(id)
      expect(result).toMatchObject({ outcome: 'wrong_answer', testSummary: { total: 5, run: 3, passed: 2 } })
      const told = (await casesIn(id)).map(({ data }) => [data['index'], data['outcome'], data['stdout']])
      expect(told).toEqual([
        [0, 'accepted', { content: '3\n', encoding: 'utf8' }],
        [1, 'accepted', { content: '2 x\n', encoding: 'utf8' }],
        [2, 'wrong_answer', { content: '3\n', encoding: 'utf8' }],
      ])
      await untilProjected(system())
      const { body } = await system().client.get('/api/submissions?outcome=wrong_answer')
      expect(body['submissions']).toEqual(expect.arrayContaining([expect.objectContaining({ submissionId: id })]))
      expect((await system().client.get(`/api/result/${id}?version=${result['version']}`)).body).toMatchObject({
        tests: result['tests'],
      })
    })

    it('is one case where there is but an expected output', async () => {
      const asked = {
        code: 'print(1 / 3)',
        expectedOutput: '0.3333',
        comparison: 'float',
        tolerance: { absolute: 1e-4 },
      }
      const result = await system().client.resultOf(await submit(asked))
      expect(result).toMatchObject({ outcome: 'accepted', tests: [{ name: '1', outcome: 'accepted' }] })
    })

    it('tells of each as it ends, and is cancelled between any two', async () => {
      const id = await submit({
        code: 'import time; time.sleep(float(input()))',
        tests: [{ stdin: '0' }, { stdin: '50' }],
      })
      await expect.poll(() => casesIn(id), { timeout: 20_000 }).toHaveLength(1)
      await system().client.post(`/api/submissions/${id}/cancel`, {})
      expect(await system().client.resultOf(id)).toMatchObject({ status: 'cancelled' })
    })

    it('shows the cases of no attempt that was given up', async () => {
      const id = await submit({
        code: 'import time; time.sleep(float(input())); print("whole")',
        tests: [{ stdin: '0' }, { stdin: '2', expectedOutput: 'whole' }],
      })
      await expect.poll(() => casesIn(id), { timeout: 20_000 }).toHaveLength(1)
      await system().killWorker()
      const result = await system().client.resultOf(id)
      expect(result).toMatchObject({ outcome: 'accepted', attempt: 2, testSummary: { total: 2, run: 2, passed: 2 } })
      expect(result['tests']).toHaveLength(2)
      const attempts = (await casesIn(id)).map(({ data }) => [data['attempt'], data['index']])
      expect(attempts).toEqual([
        [1, 0],
        [2, 0],
        [2, 1],
      ])
    })

    it('is never stored in plain, and gone when it is erased', async () => {
      const marker = `secret-${randomUUID()}`
      const test = { name: marker, stdin: marker, args: [marker], expectedOutput: marker }
      const id = await submit({ code: 'print(input())', tests: [test] })
      expect(await system().client.resultOf(id)).toMatchObject({
        outcome: 'accepted',
        tests: [{ name: marker, stdOutput: `${marker}\n` }],
      })
      await untilProjected(system())
      expect(await system().stored()).not.toContain(marker)
      await system().client.post(`/api/submissions/${id}/erase`, { why: 'asked for' })
      await untilProjected(system())
      const { body } = await system().client.get(`/api/result/${id}`)
      expect(body).toMatchObject({ erased: true, outcome: 'accepted', testSummary: { total: 1, run: 1, passed: 1 } })
      for (const told of [body, await eventsOf(id)]) expect(JSON.stringify(told)).not.toContain(marker)
    })

    it('is replayed with all of them', async () => {
      const id = await submit({ code, tests: tests.slice(0, 2) })
      await system().client.resultOf(id)
      const replay = await system().client.post(`/api/submissions/${id}/replay`, {})
      const result = await system().client.resultOf(String(replay.body['codeSubmissionId']))
      expect(result).toMatchObject({ outcome: 'accepted', testSummary: { total: 2, run: 2, passed: 2 } })
    })
  })
}
