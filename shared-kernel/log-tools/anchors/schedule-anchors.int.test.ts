import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import * as E from 'fp-ts/lib/Either.js'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { notingTransaction } from '../../event-log/contract/noting-transaction.ts'
import { rightOf } from '../../event-log/contract/right-of.ts'
import { openInMemoryEventLog } from '../../event-log/in-memory/in-memory-event-log.ts'
import { createTeardown } from '../../process/teardown.ts'
import { createAnchorKey, publicKeyFile, readPublicKey } from './anchor-key.ts'
import { readAnchors } from './read-anchors.ts'
import { scheduleAnchors } from './schedule-anchors.ts'

describe('given a process that anchors its log', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'runledger-anchors-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const logger = pino({ level: 'silent' })
  const needs = () => ({ log: openInMemoryEventLog({ partitions: 2 }), logger, teardown: createTeardown(logger) })

  it('anchors at its start and now and then, until it ends', async () => {
    const [file, keyFile] = [join(folder, 'anchors'), join(folder, 'key')]
    rightOf(createAnchorKey(keyFile))
    const lines = () => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0)
    const running = needs()
    rightOf(await running.log.transact(notingTransaction('s', ['a']))())
    rightOf(scheduleAnchors({ ...running, anchors: { file, keyFile, everyMs: 20 } }))
    while (lines() < 3) await pause(5)
    await running.teardown.run()
    const key = rightOf(readPublicKey(publicKeyFile(keyFile)))
    const known = rightOf(await readAnchors(file, running.log, { key, newest: null })())
    expect(known).toHaveLength(2 * lines())
    expect(
      known
        .map(({ n }) => n)
        .toSorted()
        .at(-1),
    ).toBe(1)
  })

  it('does nothing where no file is named, and says what is missing where one is', () => {
    const file = join(folder, 'anchors')
    expect(scheduleAnchors({ ...needs(), anchors: { file: null, keyFile: null, everyMs: 20 } })).toStrictEqual(
      E.right(undefined),
    )
    expect(scheduleAnchors({ ...needs(), anchors: { file, keyFile: null, everyMs: 20 } })).toStrictEqual(
      E.left(expect.stringContaining('ANCHOR_KEY_FILE')),
    )
    const keyFile = join(folder, 'none')
    expect(scheduleAnchors({ ...needs(), anchors: { file, keyFile, everyMs: 20 } })).toStrictEqual(
      E.left(expect.stringContaining('cannot be read')),
    )
  })
})
