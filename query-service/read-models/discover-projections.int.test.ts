import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openParts, serveOn } from '../query-service.fixture.ts'
import { verifyProjection } from '../rebuild/verify-projection.ts'
import { discoverProjections } from './discover-projections.ts'
import { projections } from './projections.ts'
import { append, completed, newSubmissionId, received, started } from './result/submission-events.fixture.ts'

const source = `
export const attemptsProjection = {
  name: 'attempts',
  version: 1,
  indexes: [['language']],
  rows: [],
  documentOf: ({ stream }) => stream,
  fold: (stored, events) => {
    const body = { language: 'none', attempts: 0, ...stored?.body }
    for (const { event } of events) {
      if (event.type === 'SubmissionReceived') body.language = event.data.language
      if (event.type === 'ExecutionStarted') body.attempts += 1
    }
    return { body, version: events.at(-1)?.version ?? stored?.version ?? 0, rows: [], poison: null }
  },
}
`

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runledger-read-models-'))
})
afterEach(() => rm(folder, { recursive: true }))

const addFolder = async (name: string): Promise<void> => {
  await mkdir(join(folder, name))
  await writeFile(join(folder, name, `${name}-projection.ts`), source)
}

describe('given a folder added to the read models', () => {
  it('its projection is built from the log that is there, follows it, and is rebuilt like any other', async () => {
    await addFolder('attempts')
    const parts = await openParts()
    const id = newSubmissionId()
    await append(parts.log, id, [received(), started()])
    const added = await discoverProjections(folder)
    expect(added.map(({ name }) => name)).toStrictEqual(['attempts'])
    const served = await serveOn(parts, { projections: [...projections, ...added] })
    const find = async (collection: string) => {
      const where = { language: 'python' }
      const found = await parts.store.find({ collection, where, order: 'ascending', after: null, limit: 10 })()
      return isLeft(found) ? [] : found.right.map(({ body }) => body)
    }
    const counted = [{ language: 'python', attempts: 1 }]
    await vi.waitFor(async () => expect(await find('attempts__v1')).toStrictEqual(counted))
    await append(parts.log, id, [completed()])
    const asked = await served.get('/api/admin/projections/attempts/rebuild', { method: 'POST' })
    expect(asked.status).toBe(202)
    await vi.waitFor(
      async () =>
        expect(await (await served.get('/api/admin/projections')).text()).toContain('"name":"attempts","active":2'),
      { timeout: 10_000 },
    )
    expect(await find('attempts__v2')).toStrictEqual(counted)
    for (const projection of added)
      expect(await verifyProjection(parts.log, parts.store, { ...projection, version: 2 })).toMatchObject({
        right: { count: 0 },
      })
    await served.close()
    await parts.close()
  })

  it('is refused where its name is taken', async () => {
    await addFolder('one')
    await addFolder('two')
    await expect(discoverProjections(folder)).rejects.toThrow('two projections have one name: attempts, attempts')
  })
})
