import { writeSync } from 'node:fs'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openMongoEventLog } from '@runledger/shared-kernel/event-log/mongo/open-mongo-event-log.ts'
import { appendUntilAnswered } from './append-until-answered.ts'

// A process of its own, to be killed: appends to the log named by its arguments, in streams that others write to as well,
// and writes each acknowledged append to stdout at once.

const writers = 8
const acknowledgements = 1

const [url = '', database = ''] = process.argv.slice(2)
const log = rightOf(await openMongoEventLog({ url, database })())

const appendForEver = async (writer: number): Promise<never> => {
  for (let i = 0; ; i++) {
    const { acknowledged } = await appendUntilAnswered(log, `stream-${(writer + i) % 12}`)
    writeSync(acknowledgements, `${acknowledged}\n`)
  }
}

await Promise.all(Array.from({ length: writers }, (_, writer) => appendForEver(writer)))
