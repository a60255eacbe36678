import { readWholeLog } from '@runledger/shared-kernel/event-log/contract/read-whole-log.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { verifyChain } from '@runledger/shared-kernel/event-log/verify-chain.ts'
import { expect } from 'vitest'
import { readStreams } from '../support/read-streams.ts'

/** An append as its writer saw it answered. */
export const acknowledgement = (stream: string, commandId: string): string => `${stream} ${commandId}`

/**
 * Dense positions, chains that hold, dense versions, no command twice, and every acknowledged append there. Answers the
 * number of commits.
 */
export const expectWholeLog = async (log: EventLog, acknowledged: Iterable<string>): Promise<number> => {
  const partitions = await readWholeLog(log)
  for (const [p, { length }] of partitions.entries()) {
    expect(rightOf(await verifyChain(log, p)())).toMatchObject({ _tag: 'Intact', n: length })
  }
  const streams = await readStreams(log)
  for (const events of streams.values()) {
    expect(events.map(({ version }) => version)).toStrictEqual(events.map((_, index) => index + 1))
  }
  const recorded = [...streams].flatMap(([stream, events]) => events.map(({ meta }) => `${stream} ${meta.commandId}`))
  expect(new Set(recorded).size).toBe(recorded.length)
  expect([...acknowledged].filter(each => !recorded.includes(each))).toStrictEqual([])
  return partitions.flat().length
}
