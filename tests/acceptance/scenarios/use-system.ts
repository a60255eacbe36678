import { afterAll, beforeAll, expect } from 'vitest'
import { soundDataDir } from '../../support/audit-data-dir.ts'
import { masterKey } from '../../support/master-key.ts'
import { copySources } from '../../support/source-copy.ts'
import { type System, untilProjected } from '../../support/system.ts'
import { writeFragileReadModel } from './fragile-read-model.ts'

export type UsedSystem = () => System

// Short locks where there are any: what a death costs is seen in seconds.
const env = { LANGUAGES: 'python,bash,cpp', CONCURRENCY: '2', LOG_LEVEL: 'error', MASTER_KEY: masterKey }

const expectSoundEnd = async (system: System): Promise<void> => {
  await untilProjected(system)
  const exits = await system.stop()
  const left = { exits, audit: await system.audit(), containers: await system.containers() }
  expect(left).toEqual({ exits: exits.map(() => 0), audit: soundDataDir, containers: [] })
}

/**
 * One system for all scenarios of a file, with one read model more than it comes with. After the last scenario it is ended,
 * and log, read models and containers must be as they have to be.
 */
export const useSystem = (
  start: (root: string, env: Readonly<Record<string, string>>) => Promise<System>,
): UsedSystem => {
  const sources = copySources()
  let system: System | null = null
  beforeAll(async () => {
    writeFragileReadModel(sources.root, { isMended: false })
    system = await start(sources.root, env)
  })
  afterAll(async () => {
    try {
      if (system !== null) await expectSoundEnd(system)
    } finally {
      await system?.remove()
      sources.remove()
    }
  })
  return () => {
    if (system === null) throw new Error('the system has not been started yet')
    return system
  }
}
