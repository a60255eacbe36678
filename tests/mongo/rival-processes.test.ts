import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startOwnMongo } from '../support/mongo-server.ts'
import { type AppendingProcess, appendingProcess } from './appending-process.ts'
import { expectWholeLog } from './expect-whole-log.ts'

const server = await startOwnMongo()
afterAll(() => server.remove())

describe('given processes that append to one partition', () => {
  let databases = 0
  let database: string
  let log: EventLog
  let writers: Array<AppendingProcess>

  const start = (): AppendingProcess => {
    const writer = appendingProcess(server.url, database)
    writers.push(writer)
    return writer
  }

  beforeEach(async () => {
    database = `rivals-${databases++}`
    log = rightOf(await openMongoEventLog({ url: server.url, database, partitions: 1 })())
    writers = []
  })
  afterEach(() => log.close())

  const endAndExpectWhole = async () => {
    await Promise.all(writers.map(writer => writer.kill()))
    const acknowledged = writers.flatMap(writer => writer.acknowledged)
    expect(await expectWholeLog(log, acknowledged)).toBeGreaterThanOrEqual(acknowledged.length)
  }

  it('keeps what each was answered, whenever they are killed', async () => {
    for (const count of [20, 1]) {
      const [one, other] = [start(), start()]
      await Promise.all([one.goesOn(count), other.goesOn(count)])
      await Promise.all([one.kill(), other.kill()])
    }
    await endAndExpectWhole()
  })

  it('lets each go on beside the other', async () => {
    const rivals = [start(), start(), start()]
    await Promise.all(rivals.map(rival => rival.goesOn(10)))
    await endAndExpectWhole()
  })

  it('keeps what was answered when the server is killed, and goes on when it is back', async () => {
    const rivals = [start(), start()]
    for (let round = 0; round < 2; round++) {
      await Promise.all(rivals.map(rival => rival.goesOn(10)))
      await server.stop('SIGKILL')
      await server.restart()
    }
    await Promise.all(rivals.map(rival => rival.goesOn(10)))
    await endAndExpectWhole()
  })
})
