import { randomUUID } from 'node:crypto'
import type { Position } from '@runledger/shared-kernel/event-log/commit.ts'
import { positionToken } from '@runledger/shared-kernel/http/position-token.ts'
import { createInProcessWakeUp } from '@runledger/shared-kernel/wake-up/in-process-wake-up.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openParts, type Served, serveOn } from './query-service.fixture.ts'
import {
  append,
  completed,
  newSubmissionId,
  received,
  started,
  wrote,
} from './read-models/result/submission-events.fixture.ts'

type Partition = Readonly<{ p: number; tail: number; checkpoint: number; owner: string | null }>
type Projections = Readonly<{
  projections: ReadonlyArray<
    Readonly<{ name: string; versions: ReadonlyArray<Readonly<{ lag: number; partitions: ReadonlyArray<Partition> }>> }>
  >
}>

const deaf: WakeUp = { announce: () => undefined, subscribe: () => () => undefined, close: async () => undefined }

let parts: Awaited<ReturnType<typeof openParts>>
let services: Array<Served> = []
beforeEach(async () => {
  parts = await openParts()
})
afterEach(async () => {
  await Promise.all(services.splice(0).map(service => service.close()))
  await parts.close()
})

const partitionsOf = async ({ get }: Served): Promise<ReadonlyArray<Partition>> => {
  const { projections } = (await (await get('/api/admin/projections')).json()) as Projections
  return projections[0]?.versions[0]?.partitions ?? []
}

/** Two query services on one log and one store, each with half of the partitions. */
const two = async (applied: WakeUp): Promise<readonly [Served, Served]> => {
  const first = await serveOn(parts, { sharing: { name: `a-${randomUUID()}`, applied, beatMs: 20 } })
  const second = await serveOn(parts, { sharing: { name: `b-${randomUUID()}`, applied, beatMs: 20 } })
  services = [first, second]
  await vi.waitFor(
    async () => expect(services.map(({ service }) => service.health().partitions)).toStrictEqual([32, 32]),
    { timeout: 10_000 },
  )
  return [first, second]
}

const heard = (): WakeUp =>
  createInProcessWakeUp(defect => {
    throw defect
  })

const aRun = [started(), wrote({ bytes: 'out' }), completed()]

describe('given two query services that share the log', () => {
  it.each([
    ['hears of it', heard],
    ['finds out by itself', () => deaf],
  ] as const)('each answers whoever waits for any end, whoever projects it: it %s', async (_, hints) => {
    const [first, second] = await two(hints())
    const ids = Array.from({ length: 6 }, newSubmissionId)
    for (const id of ids) await append(parts.log, id, [received()])
    const answers = ids.flatMap(id => [first, second].map(({ get }) => get(`/api/result/${id}?wait=30`)))
    for (const id of ids) await append(parts.log, id, aRun)
    for (const answer of answers)
      expect(await (await answer).json()).toMatchObject({ status: 'completed', stdOutput: 'out' })
  })

  it.each([
    ['hears of it', heard],
    ['finds out by itself', () => deaf],
  ] as const)('each shows what a position token stands for: it %s', async (_, hints) => {
    const [first, second] = await two(hints())
    const before = performance.now()
    for (let i = 0; i < 4; i += 1) {
      const id = newSubmissionId()
      await append(parts.log, id, [received()])
      const position: Position = await append(parts.log, id, aRun)
      for (const { get } of [first, second]) {
        const response = await get(`/api/result/${id}?positionToken=${positionToken(position)}`)
        expect(await response.json()).toMatchObject({ status: 'completed' })
      }
    }
    expect(performance.now() - before).toBeLessThan(5_000)
  })

  it('tell alike how far each partition is and who projects it', async () => {
    const [first, second] = await two(heard())
    await append(parts.log, newSubmissionId(), [received()])
    await vi.waitFor(async () => {
      const shown = await partitionsOf(first)
      expect(shown).toHaveLength(parts.log.partitions)
      expect(shown.filter(({ tail }) => tail > 0)).toMatchObject([{ tail: 1, checkpoint: 1 }])
    })
    const shown = await partitionsOf(first)
    expect(new Set(shown.map(({ owner }) => owner?.slice(0, 1)))).toStrictEqual(new Set(['a', 'b']))
    expect(await partitionsOf(second)).toStrictEqual(shown)
  })

  it('leave everything to one when the other stops', async () => {
    const [first, second] = await two(heard())
    await second.service.stop()
    await vi.waitFor(() => expect(first.service.health().partitions).toBe(parts.log.partitions), { timeout: 4_000 })
    const id = newSubmissionId()
    await append(parts.log, id, [received(), ...aRun])
    await vi.waitFor(async () =>
      expect(await (await first.get(`/api/result/${id}`)).json()).toMatchObject({ status: 'completed' }),
    )
  })
})
