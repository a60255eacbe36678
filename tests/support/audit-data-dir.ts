import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projections } from '@runledger/query-service/read-models/projections.ts'
import { foldDifferences } from '@runledger/query-service/rebuild/fold-differences.fixture.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import { openSqliteEventLog } from '@runledger/shared-kernel/event-log/sqlite/open-sqlite-event-log.ts'
import { openSqliteReadModelStore } from '@runledger/shared-kernel/read-model-store/sqlite/sqlite-read-model-store.ts'
import { auditLog, type LogAudit, soundLog } from './audit-log.ts'

/** What must never be found in log and read models of a data folder. */
export type DataDirAudit = LogAudit & Readonly<{ readModels: ReadonlyArray<string> }>

export const soundDataDir: DataDirAudit = { ...soundLog, readModels: [] }

const auditReadModels = async (dataDir: string, log: EventLog): Promise<ReadonlyArray<string>> => {
  const file = join(dataDir, 'read-models.sqlite')
  if (!existsSync(file)) return []
  const store = rightOf(await openSqliteReadModelStore({ file })())
  try {
    return await foldDifferences(log, store, projections)
  } finally {
    await store.close()
  }
}

/** Audits the log and the read models in a data folder that no process holds. */
export const auditDataDir = async (dataDir: string, ids: ReadonlyArray<string>): Promise<DataDirAudit> => {
  const log = rightOf(await openSqliteEventLog({ file: join(dataDir, 'runledger.sqlite') })())
  try {
    return { ...(await auditLog(log, ids)), readModels: await auditReadModels(dataDir, log) }
  } finally {
    await log.close()
  }
}
