import { expect } from 'vitest'
import { auditDataDir, soundDataDir } from './audit-data-dir.ts'

/** What a suite leaves: chains that hold, and read models as the log tells them. What ran when it ended stays open. */
export const expectSoundDataDir = async (dataDir: string): Promise<void> => {
  const { open: _open, ...audit } = await auditDataDir(dataDir, [])
  expect(soundDataDir).toMatchObject(audit)
}
