import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A new folder that `remove` deletes with all that is in it. */
export const tempFolder = (): Readonly<{ path: string; remove: () => void }> => {
  const path = mkdtempSync(join(tmpdir(), 'runledger-test-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
