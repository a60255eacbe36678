import type { Config } from '@runledger/shared-kernel/config/config.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { Teardown } from '@runledger/shared-kernel/process/teardown.ts'
import { repeat } from '@runledger/shared-kernel/timing/repeat.ts'
import * as E from 'fp-ts/lib/Either.js'
import { v7 } from 'uuid'
import { applyRetention, type RetentionDependencies } from './apply-retention.ts'

type Needs = Omit<RetentionDependencies, 'now' | 'newId'> &
  Readonly<{ retention: Config['retention']; logger: Logger; teardown: Teardown }>

/** Erases what is old enough now and then, where there is a policy. Any number of processes may do so at once. */
export const scheduleRetention = ({ retention, logger, teardown, ...needs }: Needs): void => {
  if (retention.days === null && retention.daysByTenant.size === 0) return
  let isStopped = false
  const apply = applyRetention({ ...needs, now: () => new Date(), newId: v7 }, retention, () => isStopped)

  const applyOnce = async (): Promise<void> => {
    const applied = await apply()
    if (E.isLeft(applied)) logger.warn({ fault: applied.left }, 'The retention was not applied; it will be tried again')
    else if (applied.right > 0) logger.info({ submissions: applied.right }, 'Content past its retention was erased')
  }

  const loop = repeat(applyOnce, retention.everyMs, err => logger.error({ err }, 'The retention failed'))
  teardown.add('retention', () => {
    isStopped = true
    return loop.stop()
  })
}
