import { setImmediate as nextTurn } from 'node:timers/promises'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import type { WakeUp } from '@runledger/shared-kernel/wake-up/wake-up.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { atGeneration, documentCollection, type Projection, rowCollection } from '../projector/projection.ts'
import { type Served, serveOn } from '../query-service.fixture.ts'
import { projections } from '../read-models/projections.ts'
import { resultProjection } from '../read-models/result/result-projection.ts'
import {
  append,
  completed,
  newSubmissionId,
  received,
  started,
  wrote,
} from '../read-models/result/submission-events.fixture.ts'
import { verifyProjection } from './verify-projection.ts'

export type RebuildingParts = Readonly<{
  log: EventLog
  store: ReadModelStore
  wakeUp: WakeUp
  close: () => Promise<void>
}>

type Version = Readonly<{ version: number; state: string; reason: string | null; lag: number; parked: number }>
type Shown = Readonly<{ name: string; active: number; versions: ReadonlyArray<Version> }>

const admin = '/api/admin/projections'

export const rebuildingContract = (open: () => Promise<RebuildingParts>): void => {
  let parts: RebuildingParts
  let served: Served
  beforeEach(async () => {
    parts = await open()
  })
  afterEach(async () => {
    await served.close()
    await parts.close()
  })

  const run = async (id: SubmissionId = newSubmissionId()): Promise<SubmissionId> => {
    await append(parts.log, id, [received()])
    await append(parts.log, id, [started()])
    await append(parts.log, id, [wrote({ bytes: `of ${id}` }), completed()])
    return id
  }

  const post = async (path: string): Promise<Readonly<{ status: number; body: Record<string, unknown> }>> => {
    const response = await served.get(`${admin}/${path}`, { method: 'POST' })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }

  const all = async (): Promise<ReadonlyArray<Shown>> =>
    ((await (await served.get(admin)).json()) as { projections: ReadonlyArray<Shown> }).projections

  const shown = async (): Promise<Shown> => {
    const result = (await all()).find(({ name }) => name === 'result')
    if (result === undefined) throw new Error('no projection is shown')
    return result
  }

  const states = async () => Object.fromEntries((await shown()).versions.map(({ version, state }) => [version, state]))

  const untilActive = (version: number) =>
    vi.waitFor(async () => expect((await shown()).active).toBe(version), { timeout: 15_000 })

  const untilAbreast = () =>
    vi.waitFor(async () => expect((await shown()).versions.every(({ lag }) => lag === 0)).toBe(true), {
      timeout: 10_000,
    })

  const differences = async (version: number, projection: Projection = resultProjection) => {
    const verified = await verifyProjection(parts.log, parts.store, atGeneration(projection, version))
    if (isLeft(verified)) throw new Error(verified.left.message)
    return verified.right.differences
  }

  const statusOf = async (id: SubmissionId): Promise<unknown> =>
    ((await (await served.get(`/api/result/${id}`)).json()) as { status: unknown }).status

  describe('given a projection that is built anew while submissions come in', () => {
    beforeEach(async () => {
      for (let i = 0; i < 40; i += 1) await run()
      served = await serveOn(parts)
    })

    it('is read as it was until the new version takes its place, which then can be undone', async () => {
      const ids: Array<SubmissionId> = []
      let writing = true
      const writer = (async () => {
        while (writing) {
          ids.push(await run())
          await nextTurn()
        }
      })()
      const asked = await Promise.all([post('result/rebuild'), post('result/rebuild')])
      for (const answer of asked) expect(answer).toMatchObject({ status: 202, body: { version: 2 } })
      expect(asked.map(({ body }) => String(body['joined'])).toSorted()).toStrictEqual(['false', 'true'])
      await untilActive(2)
      writing = false
      await writer
      await untilAbreast()
      expect(await states()).toStrictEqual({ 1: 'standby', 2: 'live' })
      expect([await differences(1), await differences(2)]).toStrictEqual([[], []])
      expect(new Set(await Promise.all(ids.map(statusOf)))).toStrictEqual(new Set(['completed']))

      expect(await post('result/rollback')).toMatchObject({ status: 202, body: { active: 1 } })
      expect(await post('result/rollback')).toMatchObject({ status: 409 })
      const late = await run()
      await untilAbreast()
      expect(await statusOf(late)).toBe('completed')
      expect([await differences(1), await differences(2)]).toStrictEqual([[], []])
      expect(await post('result/swap')).toMatchObject({ status: 202, body: { active: 2 } })
      expect(await statusOf(late)).toBe('completed')
    })

    it('is as the log tells it, whichever projection it is, also those over many streams', async () => {
      for (const { name } of projections) expect((await post(`${name}/rebuild`)).status).toBe(202)
      for (let i = 0; i < 20; i += 1) await run()
      const states = async () =>
        (await all()).map(({ active, versions }) => [active, ...versions.map(({ lag }) => lag)])
      await vi.waitFor(async () => expect(await states()).toStrictEqual(projections.map(() => [2, 0, 0])), {
        timeout: 40_000,
      })
      for (const projection of projections)
        expect([projection.name, await differences(1, projection), await differences(2, projection)]).toStrictEqual([
          ...[projection.name, [], []],
        ])
    })

    it('loses a version that is dropped, never the one that is read', async () => {
      await post('result/rebuild')
      await untilActive(2)
      const drop = (version: number) => served.get(`${admin}/result/versions/${version}`, { method: 'DELETE' })
      expect((await drop(2)).status).toBe(409)
      expect((await drop(7)).status).toBe(409)
      expect((await drop(1)).status).toBe(202)
      await vi.waitFor(async () => expect(await states()).toStrictEqual({ 2: 'live' }), { timeout: 10_000 })
      const query = { where: {}, order: 'ascending', after: null, limit: 1 } as const
      const collection = documentCollection(atGeneration(resultProjection, 1))
      expect(await parts.store.find({ collection, ...query })()).toMatchObject({ right: [] })
      const later = await run()
      await vi.waitFor(async () => expect(await statusOf(later)).toBe('completed'))
      expect((await post('result/rebuild')).body).toMatchObject({ version: 3 })
      await untilActive(3)
    })

    it('refuses by name what there is not', async () => {
      expect(await post('nothing/rebuild')).toMatchObject({
        status: 404,
        body: { error: 'There is no projection nothing' },
      })
      expect((await post('result/paint')).status).toBe(404)
      expect((await post('result/swap')).status).toBe(409)
    })
  })

  it('finds whatever in the store is not as the log tells it', async () => {
    const [changed, missing] = [await run(), await run()]
    served = await serveOn(parts, { leavesDifferences: true })
    await untilAbreast()
    expect(await differences(1)).toStrictEqual([])
    const documents = documentCollection(resultProjection)
    const outputs = rowCollection(resultProjection, 'output')
    await parts.store.apply(
      [
        { kind: 'delete', collection: documents, id: changed, expected: 0 },
        { kind: 'put', collection: documents, document: { id: changed, version: 4, body: {} }, expected: 0 },
        { kind: 'delete', collection: documents, id: missing, expected: 0 },
        { kind: 'delete', collection: outputs, id: `${missing}:1:stdout:000000000000`, expected: 0 },
        { kind: 'insert', collection: outputs, document: { id: 'surplus', version: 1, body: {} } },
        { kind: 'insert', collection: outputs, document: { id: 'surplus2', version: 1, body: {} } },
      ],
      [],
    )()
    expect([...(await differences(1))].sort()).toStrictEqual(
      [
        `${documents} ${changed}: has another content`,
        `${documents} ${missing}: is missing`,
        `${outputs} ${missing}:1:stdout:000000000000: is missing`,
        `${outputs} surplus: should not be there`,
        `${outputs} surplus2: should not be there`,
      ].sort(),
    )
  })

  describe('given an event the code cannot fold', () => {
    let isBroken = true
    const fold: Projection['fold'] = (stored, events, id) => {
      const at = isBroken ? events.findIndex(({ event }) => event.type === 'ExecutionStarted') : -1
      const poison = events[at]
      if (poison === undefined) return resultProjection.fold(stored, events, id)
      return { ...resultProjection.fold(stored, events.slice(0, at), id), poison: { event: poison, error: 'boom' } }
    }
    const fragile: Projection = { ...resultProjection, fold, foldUnchecked: fold }
    beforeEach(async () => {
      isBroken = true
      served = await serveOn(parts, { projections: [fragile] })
    })

    it('parks its stream and says so; once the code is right a replay heals it', async () => {
      const id = await run()
      await untilAbreast()
      expect(served.service.health().problems).toStrictEqual(['1 streams of projection result are parked'])
      expect((await shown()).versions[0]).toMatchObject({ parked: 1 })
      await post('result/replay-parked')
      await vi.waitFor(async () => expect((await shown()).versions[0]).toMatchObject({ parked: 1 }))
      isBroken = false
      await post('result/replay-parked')
      await vi.waitFor(async () => expect((await shown()).versions[0]).toMatchObject({ parked: 0 }))
      await vi.waitFor(() => expect(served.service.health().problems).toStrictEqual([]))
      expect(await statusOf(id)).toBe('completed')
      const later = await run()
      await untilAbreast()
      expect(await statusOf(later)).toBe('completed')
      expect(await differences(1, fragile)).toStrictEqual([])
    })

    it('fails a rebuild with the reason, and leaves alone what is read', async () => {
      isBroken = false
      const id = await run()
      await untilAbreast()
      isBroken = true
      expect((await post('result/rebuild')).status).toBe(202)
      await vi.waitFor(async () => expect(await states()).toStrictEqual({ 1: 'live', 2: 'failed' }), {
        timeout: 10_000,
      })
      expect((await shown()).versions[1]?.reason).toContain('boom')
      expect((await shown()).active).toBe(1)
      expect(await statusOf(id)).toBe('completed')
      isBroken = false
      expect((await post('result/rebuild')).body).toMatchObject({ version: 3, joined: false })
      await untilActive(3)
    })
  })

  it('fails a rebuild that makes bodies which are not as their codec has them', async () => {
    const foldUnchecked: Projection['fold'] = (...given) => {
      const folded = resultProjection.fold(...given)
      return { ...folded, body: folded.body === null ? null : { ...folded.body, surplus: 1 } }
    }
    served = await serveOn(parts, { projections: [{ ...resultProjection, foldUnchecked }] })
    const id = await run()
    await untilAbreast()
    expect((await post('result/rebuild')).status).toBe(202)
    await vi.waitFor(async () => expect(await states()).toStrictEqual({ 1: 'live', 2: 'failed' }), { timeout: 10_000 })
    expect((await shown()).versions[1]?.reason).toContain('has another content')
    expect(await statusOf(id)).toBe('completed')
  })

  it('newer code builds its version by itself, and reads the streams until it is there', async () => {
    const ids = [await run(), await run()]
    served = await serveOn(parts)
    await untilAbreast()
    await served.close()
    served = await serveOn(parts, { projections: [{ ...resultProjection, version: 2 }] })
    expect(await Promise.all(ids.map(statusOf))).toStrictEqual(['completed', 'completed'])
    await untilActive(2)
    expect(await Promise.all(ids.map(statusOf))).toStrictEqual(['completed', 'completed'])
    expect(await differences(2)).toStrictEqual([])
  })
}
