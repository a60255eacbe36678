import type { LimitPolicy } from '@runledger/shared-kernel/config/limit-policy.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { JobQueue } from '@runledger/shared-kernel/job-queue/job-queue.ts'
import type { LanguageCatalogue } from '@runledger/shared-kernel/languages/language-catalogue.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { Keyring } from '@runledger/shared-kernel/sealing/keyring.ts'

/** What the command service is made of. `newId` makes UUIDv7s. */
export type Dependencies = Readonly<{
  log: Pick<EventLog, 'transact' | 'readStream'>
  keyring: Pick<Keyring, 'destroy' | 'fingerprint' | 'reserved'>
  queue: Pick<JobQueue, 'enqueue' | 'counts'>
  catalogue: LanguageCatalogue
  limits: LimitPolicy
  maxBodyBytes: number
  now: () => Date
  newId: () => string
  logger: Logger
}>
