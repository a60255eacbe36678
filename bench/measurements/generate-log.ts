import { generateLog } from '@runledger/query-service/read-models/result/generate-log.fixture.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'

// A process of its own, so that what it takes counts for nothing that is measured: `generate-log.ts <file> <commits>`.
const [file = '', commits = '0'] = process.argv.slice(2)
const log = rightOf(await openSqliteEventLog({ file })())
await generateLog(log, { commits: Number(commits) })
await log.close()
