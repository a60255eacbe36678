import { randomUUID } from 'node:crypto'
import { atGeneration } from '@runledger/query-service/projector/projection.ts'
import { type Served, serveOn } from '@runledger/query-service/query-service.fixture.ts'
import { projections } from '@runledger/query-service/read-models/projections.ts'
import type { RebuildingParts } from '@runledger/query-service/rebuild/rebuilding.contract.ts'
import { verifyProjection } from '@runledger/query-service/rebuild/verify-projection.ts'
import { commandIdIn } from '@runledger/shared-kernel/event-log/command-id-in.ts'
import { readWholeLog } from '@runledger/shared-kernel/event-log/contract/read-whole-log.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { decodeCommit } from '@runledger/shared-kernel/event-log/decode-commit.ts'
import type { LogStorage } from '@runledger/shared-kernel/event-log/log-storage.ts'
import { verifyLog } from '@runledger/shared-kernel/log-tools/verify-log.ts'
import { decide } from '@runledger/shared-kernel/submission/decide.ts'
import { evolve } from '@runledger/shared-kernel/submission/evolve.ts'
import type { SubmissionCommand } from '@runledger/shared-kernel/submission/submission-command.ts'
import { initialSubmission } from '@runledger/shared-kernel/submission/submission-state.ts'
import { submission } from '@runledger/shared-kernel/submission/test-support/events.ts'
import type { CommandId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { OldLog } from './old-logs.ts'
import { type Told, toldBy, writtenIn } from './written.ts'

/** An old log opened by today's code, its storage as the log's tools see it, and an empty store for its read models. */
export type OpenedLog = RebuildingParts & Readonly<{ storage: LogStorage }>

type Shown = Readonly<{ name: string; active: number; versions: ReadonlyArray<{ version: number; lag: number }> }>

const newCommandId = () => randomUUID() as string as CommandId

const together = 16
const patience = 100_000

const measured = ['cpuMs', 'memoryBytes', 'memorySource', 'wallMs']

const isTold = (told: Told, result: Readonly<Record<string, unknown>>): void => {
  const { stdOutput, stdError, encoding, status, outcome, usage } = result
  const bytes = (text: unknown) => Buffer.from(String(text), encoding === 'base64' ? 'base64' : 'utf8')
  const said = { status, outcome, stdout: bytes(stdOutput), stderr: bytes(stdError) }
  expect(said).toStrictEqual(told)
  // What was not measured then is not made up now.
  if (usage !== null) expect(Object.keys(usage ?? {}).toSorted()).toStrictEqual(measured)
}

const verdictsOn = async (storage: LogStorage) => {
  const options = { bounds: { from: new Map(), to: new Map() }, known: [], onPage: () => undefined }
  const { partitions, stray } = rightOf(await verifyLog(storage, options)())
  return { found: [...partitions.values()], stray }
}

/** What today's code must be able to do with a log of an earlier release. */
export const oldLogContract = (old: OldLog, open: () => Promise<OpenedLog>, rebuilt = projections): void => {
  let opened: OpenedLog
  let served: Served | null = null
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(async () => {
    await served?.close()
    await opened.close()
  })

  const commits = async () => (await readWholeLog(opened.log)).flat()

  const tell = (stream: string, command: SubmissionCommand, commandId = newCommandId()) =>
    opened.log.transact({
      ...{ stream, commandId, evolve, decide: decide(command), occurredAt: new Date().toISOString() },
      meta: { correlationId: 'c', causationId: 'c', actor: 'client', tenant: 'anonymous', traceparent: null },
      remembered: { version: 0, state: initialSubmission },
    })()

  it('is the log it was', async () => {
    expect(opened.log.logId).toBe(old.logId)
    const found = await commits()
    expect(found).toHaveLength(old.commits)
    const counted = Object.groupBy(found.flatMap(writtenIn), ({ type, schema }) => `${type}@${schema}`)
    expect(Object.fromEntries(Object.entries(counted).map(([name, all = []]) => [name, all.length]))).toStrictEqual(
      old.events,
    )
  })

  it('is verified to be as it was written', async () => {
    const { found, stray } = await verdictsOn(opened.storage)
    expect(stray).toBeNull()
    for (const verdict of found) expect(verdict).toMatchObject({ _tag: 'Intact', repaired: [], lost: [] })
  })

  it('is read to its last event', async () => {
    const decoded = (await commits()).map(decodeCommit)
    expect(decoded.filter(E.isLeft)).toStrictEqual([])
    expect(decoded.flatMap(rightOf)).toHaveLength(Object.values(old.events).reduce((sum, n) => sum + n, 0))
  })

  describe('given its read models are built', () => {
    beforeAll(async () => {
      served = await serveOn(opened)
    })

    const ask = async (path: string, init?: RequestInit) => {
      const response = await served?.get(path, init)
      return (await response?.json()) as Readonly<Record<string, unknown>>
    }

    const shown = async () => (await ask('/api/admin/projections'))['projections'] as ReadonlyArray<Shown>

    const isAbreast = ({ versions }: Shown): boolean => versions.every(({ lag }) => lag === 0)

    const untilAbreast = (version: number, names: ReadonlyArray<string>) =>
      vi.waitFor(
        async () => {
          const all = await shown()
          expect(all.filter(isAbreast)).toHaveLength(projections.length)
          const active = all.filter(({ name }) => names.includes(name)).map(projection => projection.active)
          expect(active).toStrictEqual(names.map(() => version))
        },
        { timeout: patience, interval: 250 },
      )

    it('answers every result as the bytes of the log tell it', { timeout: patience }, async () => {
      await untilAbreast(1, [])
      const all = [...toldBy(await commits())]
      for (let i = 0; i < all.length; i += together)
        await Promise.all(
          all.slice(i, i + together).map(async ([id, told]) => isTold(told, await ask(`/api/result/${id}`))),
        )
    })

    it('rebuilds each of them, and finds them as the log tells them', { timeout: patience }, async () => {
      const names = rebuilt.map(({ name }) => name)
      for (const name of names) await ask(`/api/admin/projections/${name}/rebuild`, { method: 'POST' })
      await untilAbreast(2, names)
      for (const projection of rebuilt) {
        const verified = await verifyProjection(opened.log, opened.store, atGeneration(projection, 2))
        expect(rightOf(verified)).toMatchObject({ count: 0, commits: old.commits })
      }
    })
  })

  it('goes on: knows what was told it then, and what has ended, and takes what is new', async () => {
    const [first] = (await commits()).filter(({ v }) => v === 1)
    if (first === undefined) throw new Error('no submission was received')
    const receive: SubmissionCommand = { _tag: 'ReceiveSubmission', data: submission }
    expect(rightOf(await tell(first.s, receive, (commandIdIn(first.meta) ?? '') as CommandId))).toMatchObject({
      outcome: 'repeated',
      position: { p: first.p, n: first.n },
    })
    expect(await tell(first.s, receive)).toMatchObject(E.left({ refusal: { _tag: 'AlreadyReceived' } }))
    const cancel: SubmissionCommand = { _tag: 'RequestCancellation', who: 'me', why: '' }
    expect(await tell(first.s, cancel)).toMatchObject(E.left({ refusal: { _tag: 'AlreadyEnded' } }))
    const id = randomUUID()
    expect(rightOf(await tell(`submission-${id}`, receive))).toMatchObject({ outcome: 'appended' })
    expect(rightOf(await tell(`submission-${id}`, cancel))).toMatchObject({ outcome: 'appended' })
    const { found } = await verdictsOn(opened.storage)
    expect(found.every(({ _tag }) => _tag === 'Intact')).toBe(true)
    expect(await commits()).toHaveLength(old.commits + 2)
  })
}
