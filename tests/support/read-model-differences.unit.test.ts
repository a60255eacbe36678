import { applyTogether } from '@runledger/query-service/projector/apply-together.ts'
import { decodeFeedItem } from '@runledger/query-service/projector/decode-feed-item.ts'
import { resumeProjection } from '@runledger/query-service/projector/live-projection.ts'
import { documentCollection } from '@runledger/query-service/projector/projection.ts'
import { projections } from '@runledger/query-service/read-models/projections.ts'
import {
  append,
  completed,
  newSubmissionId,
  received,
  started,
  wrote,
} from '@runledger/query-service/read-models/result/submission-events.fixture.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openInMemoryEventLog } from '@runledger/shared-kernel/event-log/in-memory/in-memory-event-log.ts'
import { openInMemoryReadModelStore } from '@runledger/shared-kernel/read-model-store/in-memory/in-memory-read-model-store.ts'
import { expect, it } from 'vitest'
import { readModelDifferences } from './read-model-differences.ts'

const projected = async () => {
  const log = openInMemoryEventLog({ partitions: 1 })
  const store = openInMemoryReadModelStore()
  const id = newSubmissionId()
  await append(log, id, [received()])
  await append(log, id, [started(), wrote({ bytes: 'x' }), completed()])
  const items = rightOf(await log.readPartition(0, 0, 10)()).map(decodeFeedItem)
  for (const projection of projections)
    rightOf(await applyTogether(store, [rightOf(await resumeProjection(store, projection))], items))
  return { log, store }
}

it('finds nothing where all read models are as the log says', async () => {
  const { log, store } = await projected()
  expect(await readModelDifferences(log, store)).toStrictEqual([])
})

it.each(projections)('names the document of $name that is not', async projection => {
  const { log, store } = await projected()
  const collection = documentCollection(projection)
  const document = { id: 'foreign', version: 1, body: {} }
  await store.apply([{ kind: 'put', collection, document, expected: 0 }], [])()
  expect(await readModelDifferences(log, store)).toStrictEqual([`${collection} foreign: should not be there`])
})
