import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import type { Teardown } from '@runledger/shared-kernel/process/teardown.ts'
import type { Keyring } from '@runledger/shared-kernel/sealing/keyring.ts'
import { repeat } from '@runledger/shared-kernel/timing/repeat.ts'
import * as E from 'fp-ts/lib/Either.js'
import { forgetUnusedKeys } from './forget-unused-keys.ts'

type Needs = Readonly<{ log: EventLog; keyring: Keyring; logger: Logger; teardown: Teardown }>

const everyMs = 10 * 60 * 1000

/** Looks for keys that were never used, at once and then now and then. Any number of processes may do so. */
export const scheduleForgetting = ({ log, keyring, logger, teardown }: Needs): void => {
  const forget = forgetUnusedKeys({ log, keyring, now: () => new Date() })

  const forgetOnce = async (): Promise<void> => {
    const forgotten = await forget()
    if (E.isLeft(forgotten))
      logger.warn({ fault: forgotten.left }, 'Unused data keys were not deleted; tried again later')
    else if (forgotten.right > 0) logger.info({ keys: forgotten.right }, 'Data keys that were never used were deleted')
  }

  const loop = repeat(forgetOnce, everyMs, err => logger.error({ err }, 'The deletion of unused data keys failed'))
  teardown.add('unused data keys', loop.stop)
}
