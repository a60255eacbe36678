import type { KeyObject } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import type { Config } from '../../config/config.ts'
import type { EventLog } from '../../event-log/event-log.ts'
import type { Logger } from '../../logger/logger.ts'
import type { Teardown } from '../../process/teardown.ts'
import { createAlarm } from '../../timing/alarm.ts'
import { readAnchorKey } from './anchor-key.ts'
import { takeAnchor } from './take-anchor.ts'

type Needs = Readonly<{
  log: EventLog
  anchors: Config['anchors']
  logger: Logger
  teardown: Teardown
}>

const keepAnchoring = ({ log, anchors, logger, teardown }: Needs, file: string, key: KeyObject): void => {
  const alarm = createAlarm()
  let isStopped = false

  const anchorOnce = async (): Promise<void> => {
    const taken = await takeAnchor(log, { file, key, now: new Date() })()
    if (E.isLeft(taken)) logger.error({ file, failure: taken.left }, 'the log was not anchored')
    else logger.info({ file, root: taken.right.root }, 'the log was anchored')
  }

  const keepOn = async (): Promise<void> => {
    while (!isStopped) {
      await anchorOnce()
      if (!isStopped) await alarm.sleep(anchors.everyMs)
    }
  }

  const running = keepOn()
  teardown.add('anchors', () => {
    isStopped = true
    alarm.ring()
    return running
  })
}

/** Anchors the log now and then, where a file for it is configured. Left: why that cannot be, in words. */
export const scheduleAnchors = (needs: Needs): E.Either<string, void> => {
  const { file, keyFile } = needs.anchors
  if (file === null) return E.right(undefined)
  if (keyFile === null) return E.left('ANCHOR_FILE is set and ANCHOR_KEY_FILE is not: npm run log -- anchor --new-key')
  const key = readAnchorKey(keyFile)
  if (E.isLeft(key)) return E.left(`ANCHOR_KEY_FILE: ${key.left}`)
  keepAnchoring(needs, file, key.right)
  return E.right(undefined)
}
