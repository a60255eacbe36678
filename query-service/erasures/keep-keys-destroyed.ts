import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import { type Repetition, repeat } from '@runledger/shared-kernel/timing/repeat.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { type DestroyNeeds, destroyErasedKeys } from './destroy-erased-keys.ts'

// What a backup of the keys has brought back is gone within this time, or with the next start.
const everyMs = 600_000

/** Destroys the keys of what was erased again and again, from now on until it is stopped. */
export const keepKeysDestroyed = ({ logger, ...needs }: DestroyNeeds & Readonly<{ logger: Logger }>): Repetition => {
  const destroy = destroyErasedKeys(needs)
  const destroyOnce = async (): Promise<void> => {
    const destroyed = await destroy()
    if (isLeft(destroyed)) logger.warn({ fault: destroyed.left }, 'Keys of what was erased were not looked for')
    else if (destroyed.right > 0) logger.warn({ keys: destroyed.right }, 'Keys of what was erased were there again')
  }
  return repeat(destroyOnce, everyMs, err => logger.error({ err }, 'Destroying the keys of what was erased failed'))
}
