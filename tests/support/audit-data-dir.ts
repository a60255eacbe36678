import { join } from 'node:path'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import { auditLog, type LogAudit } from './audit-log.ts'

/** Audits the log in a data folder that no process holds. */
export const auditDataDir = async (dataDir: string, ids: ReadonlyArray<string>): Promise<LogAudit> => {
  const log = rightOf(await openSqliteEventLog({ file: join(dataDir, 'runledger.sqlite') })())
  try {
    return await auditLog(log, ids)
  } finally {
    await log.close()
  }
}
