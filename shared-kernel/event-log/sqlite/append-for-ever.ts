import { writeSync } from 'node:fs'
import { notingTransaction } from '../contract/noting-transaction.ts'
import { rightOf } from '../contract/right-of.ts'
import { openSqliteEventLog } from './open-sqlite-event-log.ts'

// A process of its own, to be killed: appends to the log in the file named by its argument and writes each acknowledged
// stream and commandId to stdout at once.

const writers = 16
const acknowledged = 1

const log = rightOf(
  await openSqliteEventLog({ file: process.argv[2] ?? '', isSoleWriter: process.argv[3] === 'sole' })(),
)

const appendForEver = async (writer: number): Promise<never> => {
  for (let i = 0; ; i++) {
    const stream = `writer-${writer}-${i % 3}`
    const transaction = notingTransaction(
      stream,
      Array.from({ length: 1 + (i % 3) }, (_, k) => `${i}.${k}`.repeat(60)),
    )
    rightOf(await log.transact(transaction)())
    writeSync(acknowledged, `${stream} ${transaction.commandId}\n`)
  }
}

await Promise.all(Array.from({ length: writers }, (_, writer) => appendForEver(writer)))
