import { join } from 'node:path'
import {
  append,
  completed,
  newSubmissionId,
  received,
  wrote,
} from '@runledger/query-service/read-models/result/submission-events.fixture.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'

type Run = Readonly<{ image: string; code: string; output: string }>

/** Puts on record that a python program ran on that image. Answers the submission's id. */
export const recordRunOn = async (log: EventLog, { image, code, output }: Run): Promise<string> => {
  const id = newSubmissionId()
  const worker = { workerId: 'earlier', incarnation: 'earlier', budgetMs: 60_000 }
  await append(log, id, [
    received({ files: [{ name: 'main.py', content: code, encoding: 'utf8' }] }),
    {
      type: 'ExecutionStarted',
      schema: 1,
      data: { attempt: 1, ...worker, languageVersion: '3.12.0', imageDigest: image },
    },
    wrote({ bytes: output }),
    completed(),
  ])
  return id
}

/** The same in a data folder that nobody serves now. */
export const recordRunIn = async (dataDir: string, run: Run): Promise<string> => {
  const log = rightOf(await openSqliteEventLog({ file: join(dataDir, 'runledger.sqlite') })())
  const id = await recordRunOn(log, run)
  await log.close()
  return id
}
