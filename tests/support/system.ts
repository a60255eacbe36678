import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { KeyStore } from '@runledger/shared-kernel/sealing/key-store.ts'
import { expect, vi } from 'vitest'
import type { DataDirAudit } from './audit-data-dir.ts'
import type { Client } from './client.ts'
import type { SpareStore } from './spare-stores.ts'

type SystemStores = Readonly<{
  log: Pick<EventLog, 'tails' | 'readPartition' | 'readStream'>
  store: ReadModelStore
  close: () => Promise<void>
}>

/** A whole Runledger, embedded or distributed, as its clients and its operator know it. */
export type System = Readonly<{
  /** Where clients reach all of it; the same over restarts. */
  url: string
  client: Client
  /** What each of its processes answers at `/metrics`, one behind the other. */
  metrics: () => Promise<string>
  /** What tells the tools of the command line where log and read models are. */
  env: Readonly<Record<string, string>>
  /** Where its sources lie. */
  root: string
  /** Kills whatever runs programs and starts it again. */
  killWorker: () => Promise<void>
  /** Ends whatever projects and starts it again, with the sources as they are by then. */
  restartReaders: () => Promise<void>
  /** Log and read models as a process beside it sees them. */
  openStores: () => Promise<SystemStores>
  /** The data keys as a process beside it sees them. */
  openKeys: () => Promise<KeyStore>
  /** Every byte of its log and read models, as Latin-1. */
  stored: () => Promise<string>
  /** An empty store of the same kind, for another log. */
  openSpare: () => SpareStore
  /** Ends it as an operator does; answers the exit statuses. */
  stop: () => Promise<ReadonlyArray<number | NodeJS.Signals>>
  /** What is left of it once it has ended. */
  audit: () => Promise<DataDirAudit>
  containers: () => Promise<ReadonlyArray<string>>
  remove: () => Promise<void>
}>

type Version = Readonly<{
  version: number
  state: 'building' | 'live' | 'standby' | 'failed'
  lag: number
  progress: number
  parked: number
}>

export type Shown = Readonly<{ name: string; active: number; versions: ReadonlyArray<Version> }>

/** What `GET /api/admin/projections` shows. */
const shownProjections = async ({ client }: System): Promise<ReadonlyArray<Shown>> => {
  const { body } = await client.get('/api/admin/projections')
  return body['projections'] as ReadonlyArray<Shown>
}

export const shownProjection = async (system: System, name: string): Promise<Shown> => {
  const shown = (await shownProjections(system)).find(each => each.name === name)
  if (shown === undefined) throw new Error(`no projection ${name} is shown`)
  return shown
}

/** Waits until every read model has followed the log to its end. */
export const untilProjected = (system: System): Promise<void> =>
  vi.waitFor(
    async () => {
      const versions = (await shownProjections(system)).flatMap(({ versions }) => versions)
      expect(versions.filter(({ lag }) => lag > 0)).toEqual([])
    },
    { timeout: 30_000, interval: 100 },
  )
