import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isInsert } from '../faults/is-insert.ts'
import { type Link, openLink, type Watch } from '../support/link.ts'
import { startOwnMongo } from '../support/mongo-server.ts'
import { appendUntilAnswered } from './append-until-answered.ts'
import { expectWholeLog } from './expect-whole-log.ts'

const server = await startOwnMongo()
afterAll(() => server.remove())

const portOf = (url: string): number => Number(new URL(url).port)

// Without the names of the replica set's members the driver keeps to the link.
const through = (link: Link): string => `mongodb://127.0.0.1:${link.port}/?directConnection=true`

type Fate = 'whole' | 'lost' | 'unanswered'

// Some inserts never arrive, some arrive and their answers do not.
const anyFate = (): Fate => {
  const dice = Math.random()
  if (dice < 0.15) return 'lost'
  return dice < 0.3 ? 'unanswered' : 'whole'
}

const cutIf = (isCut: boolean) => (isCut ? 'cut' : 'pass')

const decreeing = (fateOfInsert: () => Fate) => (): Watch => {
  let fate: Fate = 'whole'
  const request = (data: Buffer) => {
    fate = isInsert(data) ? fateOfInsert() : 'whole'
    return cutIf(fate === 'lost')
  }
  return (direction, data) => (direction === 'request' ? request(data) : cutIf(fate === 'unanswered'))
}

describe('given connections that are cut in the middle of inserts', () => {
  let link: Link
  let logs: ReadonlyArray<EventLog>
  let database = 0

  beforeEach(async () => {
    link = await openLink({ host: '127.0.0.1', port: 0 }, { host: '127.0.0.1', port: portOf(server.url) })
    const place = { url: through(link), database: `cut-${database++}`, partitions: 2 }
    logs = [rightOf(await openMongoEventLog(place)()), rightOf(await openMongoEventLog(place)())]
  })
  afterEach(async () => {
    link.watch(null)
    await Promise.all(logs.map(log => log.close()))
    await link.close()
  })

  const appendAtOnce = (writers: number, each: number) =>
    Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        const answers: Array<Awaited<ReturnType<typeof appendUntilAnswered>>> = []
        const log = logs[writer % logs.length]
        for (let i = 0; log !== undefined && i < each; i++) answers.push(await appendUntilAnswered(log, `s-${i % 3}`))
        return answers
      }),
    ).then(answers => answers.flat())

  it('appends every command once and answers for what is there', async () => {
    link.watch(decreeing(anyFate))
    const answers = await appendAtOnce(6, 8)
    link.watch(null)
    const [log] = logs
    if (log === undefined) throw new Error('no log')
    const commits = await expectWholeLog(
      log,
      answers.map(({ acknowledged }) => acknowledged),
    )
    expect(commits).toBe(answers.length)
    const unexplained = answers.filter(({ outcome, faults }) => outcome !== 'appended' && faults === 0)
    expect(unexplained).toStrictEqual([])
  })

  it('claims for its own what it sent without an answer', async () => {
    const fates: Array<Fate> = ['unanswered']
    link.watch(decreeing(() => fates.pop() ?? 'whole'))
    const [answer] = await appendAtOnce(1, 1)
    expect(fates).toStrictEqual([])
    expect(answer).toMatchObject({ outcome: 'appended', faults: 0 })
  })
})
