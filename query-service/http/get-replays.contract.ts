import type { DomainEvent } from '@runledger/shared-kernel/domain-events/domain-event.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import type { TestPlan } from '@runledger/shared-kernel/types/test-plan.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Served } from '../query-service.fixture.ts'
import {
  announced,
  append,
  cancelled,
  completed,
  filled,
  judged,
  newSubmissionId,
  received,
  started,
  tested,
  wrote,
} from '../read-models/result/submission-events.fixture.ts'

type Serving = Pick<Served, 'get' | 'log' | 'close'>

type Body = Readonly<Record<string, unknown>> & Readonly<{ replays: ReadonlyArray<Readonly<Record<string, unknown>>> }>

const startedOn = (imageDigest: string): DomainEvent => ({
  type: 'ExecutionStarted',
  schema: 1,
  data: {
    ...{ attempt: 1, workerId: 'w', incarnation: 'i', budgetMs: 1000 },
    ...{ languageVersion: '3.14.0', imageDigest },
  },
})

const text = (content: string) => ({ content, encoding: 'utf8' as const })

const same = (value: unknown) => ({ original: value, replay: value, same: true })

/** What `GET /api/submissions/:id/replays` answers, whatever store is behind it. */
export const getReplaysContract = (name: string, open: () => Promise<Serving>): void => {
  describe(`the replays of a submission, on ${name}`, () => {
    let served: Serving
    beforeAll(async () => {
      served = await open()
    })
    afterAll(() => served.close())

    const ran = async (
      id: SubmissionId,
      output: string,
      replayOf: SubmissionId | null = null,
    ): Promise<SubmissionId> => {
      await append(served.log, id, [received({ replayOf }), started(), wrote({ bytes: output }), completed()])
      return id
    }

    const ask = async (path: string): Promise<Readonly<{ status: number; body: Body }>> => {
      const response = await served.get(path)
      return { status: response.status, body: (await response.json()) as Body }
    }

    const replaysOf = async (id: SubmissionId, count: number, query = ''): Promise<Body> => {
      const path = `/api/submissions/${id}/replays${query}`
      await expect.poll(async () => (await ask(path)).body.replays?.length, { timeout: 10_000 }).toBe(count)
      return (await ask(path)).body
    }

    const comparisonOf = async (replay: SubmissionId, original: SubmissionId, count = 1) =>
      (await replaysOf(original, count)).replays.find(({ submissionId }) => submissionId === replay)

    it('are none where it was never replayed', async () => {
      const id = await ran(newSubmissionId(), '1\n')
      expect(await ask(`/api/submissions/${id}/replays`)).toMatchObject({
        status: 200,
        body: { original: { submissionId: id, status: 'completed', outcome: 'success' }, replays: [], next: null },
      })
    })

    it('are the same where the program did the same', async () => {
      const original = await ran(newSubmissionId(), '1\n')
      const replay = await ran(newSubmissionId(), '1\n', original)
      const body = await replaysOf(original, 1)
      expect(body.replays).toMatchObject([
        {
          submissionId: replay,
          status: 'completed',
          ranOn: 'original',
          same: true,
          outcome: same('success'),
          exit: same({ exitCode: 0, signal: null }),
          output: { same: true, firstDifference: null },
          image: same('sha256:0'),
          usage: {
            cpuMs: { original: 12, replay: 12, ratio: 1 },
            wallMs: { original: 34, replay: 34, ratio: 1 },
            memoryBytes: { original: 5_000_000, replay: 5_000_000, ratio: 1 },
          },
        },
      ])
    })

    it('show where the output parts, the outcome and the image', async () => {
      const original = await ran(newSubmissionId(), 'héllo 1\n')
      const replay = newSubmissionId()
      const output = [wrote({ bytes: 'héllo 2\n' }), wrote({ stream: 'stderr', bytes: 'oops' })]
      const events = [received({ replayOf: original }), startedOn('sha256:1'), ...output, completed('time_limit')]
      await append(served.log, replay, events)
      const body = await replaysOf(original, 1)
      expect(body.replays).toMatchObject([
        {
          ranOn: 'current',
          same: false,
          outcome: { original: 'success', replay: 'time_limit', same: false },
          output: {
            same: false,
            firstDifference: {
              stream: 'stdout',
              offset: 7,
              original: { content: '1\n', encoding: 'utf8' },
              replay: { content: '2\n', encoding: 'utf8' },
            },
          },
          image: { original: 'sha256:0', replay: 'sha256:1', same: false },
          languageVersion: { original: '3.13.5', replay: '3.14.0', same: false },
        },
      ])
    })

    it('show the first test case that did something else, and how many did', async () => {
      const tests: TestPlan = {
        cases: ['first', 'second', 'third'].map(name => ({ name, stdin: text(''), args: [], expectedOutput: null })),
        ...{ comparison: { mode: 'trimmed' }, stopOnFirstFailure: false },
      }
      const judgedOn = async (outputs: ReadonlyArray<string>, replayOf: SubmissionId | null = null) => {
        const cases = outputs.map((output, index) => tested(index, Buffer.from(output)))
        const id = newSubmissionId()
        await append(served.log, id, [received({ replayOf, tests }), started(), ...cases, judged(1, outputs.length)])
        return id
      }
      const original = await judgedOn(['1', '2', '3'])
      const again = await judgedOn(['1', '2', '3'], original)
      expect(await comparisonOf(again, original)).toMatchObject({
        ...{ same: true, files: null },
        tests: { same: true, changed: 0, firstDifference: null },
      })
      const shorter = await judgedOn(['1', 'two'], original)
      expect(await comparisonOf(shorter, original, 2)).toMatchObject({
        ...{ same: false, outcome: { same: true } },
        tests: {
          ...{ same: false, changed: 2 },
          firstDifference: {
            ...{ name: 'second', outcome: same('success'), exit: same({ exitCode: 0, signal: null }) },
            output: { firstDifference: { stream: 'stdout', offset: 0, original: text('2'), replay: text('two') } },
          },
        },
      })
      const cut = await judgedOn(['1', '2'], original)
      expect(await comparisonOf(cut, original, 3)).toMatchObject({
        tests: { changed: 1, firstDifference: { name: 'third', outcome: { original: 'success', replay: null } } },
      })
    })

    it('show the first file that is not the same, and how many are not', async () => {
      const outputLimits = { files: 9, fileBytes: 9, totalBytes: 99 }
      const left = async (files: Readonly<Record<string, string>>, replayOf: SubmissionId | null = null) => {
        const contents = Object.values(files)
        const sizes = contents.map(({ length }) => length)
        const collected = [
          announced(Object.keys(files), sizes),
          ...contents.map((content, file) => filled(file, 0, content)),
        ]
        const id = newSubmissionId()
        const asked = received({ replayOf, outputs: ['*'], outputLimits })
        await append(served.log, id, [asked, started(), ...collected, completed()])
        return id
      }
      const original = await left({ 'a.txt': 'same', 'b.txt': 'before' })
      const again = await left({ 'a.txt': 'same', 'b.txt': 'before' }, original)
      expect(await comparisonOf(again, original)).toMatchObject({
        ...{ same: true, tests: null },
        files: { same: true, changed: 0, firstDifference: null },
      })
      const other = await left({ 'a.txt': 'same', 'b.txt': 'behind', 'c.txt': 'new' }, original)
      expect(await comparisonOf(other, original, 2)).toMatchObject({
        same: false,
        files: {
          ...{ same: false, changed: 2 },
          firstDifference: {
            ...{ name: 'b.txt', size: same(6) },
            content: { offset: 2, original: text('fore'), replay: text('hind') },
          },
        },
      })
      const fewer = await left({ 'b.txt': 'before' }, original)
      expect(await comparisonOf(fewer, original, 3)).toMatchObject({
        files: { changed: 1, firstDifference: { name: 'a.txt', size: { original: 4, replay: null }, content: null } },
      })
    })

    it('are pending while they have not ended', async () => {
      const original = await ran(newSubmissionId(), '1\n')
      const replay = newSubmissionId()
      await append(served.log, replay, [received({ replayOf: original })])
      const pending = { submissionId: replay, status: 'pending', ranOn: null, same: null, completedAt: null }
      expect((await replaysOf(original, 1)).replays).toMatchObject([pending])
      await append(served.log, replay, [cancelled('not needed')])
      await expect
        .poll(async () => (await replaysOf(original, 1)).replays, { timeout: 10_000 })
        .toMatchObject([{ status: 'cancelled', same: false, outcome: { original: 'success', replay: null } }])
    })

    it('come page by page, the latest first, those of this submission only', async () => {
      const original = await ran(newSubmissionId(), '1\n')
      const replays: Array<SubmissionId> = []
      for (const output of ['1\n', '2\n', '1\n']) replays.push(await ran(newSubmissionId(), output, original))
      const ofReplay = await ran(newSubmissionId(), '2\n', replays[0])
      const ids = replays.toSorted().toReversed()
      expect((await replaysOf(original, 3)).replays.map(({ submissionId }) => submissionId)).toStrictEqual(ids)
      expect(await replaysOf(original, 2, '?limit=2')).toMatchObject({ next: ids[1] })
      const last = await replaysOf(original, 1, `?limit=2&before=${ids[1]}`)
      expect(last).toMatchObject({ replays: [{ submissionId: ids[2] }], next: null })
      const first = replays[0] ?? original
      expect((await replaysOf(first, 1)).replays).toMatchObject([{ submissionId: ofReplay }])
    })

    it('are named by their results', async () => {
      const original = await ran(newSubmissionId(), '1\n')
      const [again, waiting] = [await ran(newSubmissionId(), '1\n', original), newSubmissionId()]
      await append(served.log, waiting, [received({ replayOf: original })])
      const replayPart = async (id: SubmissionId) => (await ask(`/api/result/${id}?wait=0`)).body['replay']
      await expect.poll(() => replayPart(again), { timeout: 10_000 }).toEqual({ of: original, image: 'original' })
      expect(await replayPart(waiting)).toStrictEqual({ of: original, image: null })
      expect(await replayPart(original)).toBeNull()
    })

    it.each(['nonsense', newSubmissionId()])('are not known of %s', async id => {
      expect((await ask(`/api/submissions/${id}/replays`)).status).toBe(404)
    })

    it.each(['limit=0', 'limit=101', 'limit=x', 'before=x', 'page=1'])('refuse ?%s by name', async query => {
      const { status, body } = await ask(`/api/submissions/${newSubmissionId()}/replays?${query}`)
      expect(status).toBe(422)
      expect(body['errors']).toMatchObject([{ field: query.split('=')[0] }])
    })
  })
}
