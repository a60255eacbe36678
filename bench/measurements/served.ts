import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type StandaloneProcess, startStandalone } from '@runledger/tests/support/standalone-process.ts'

type Served = Readonly<{ languages: string; isolation: 'single-use' | 'per-tenant' }>

/** Starts Runledger in a folder of its own, and ends it and removes that once it was measured. */
export const served = async <Figures>(
  { languages, isolation }: Served,
  measure: (runledger: StandaloneProcess, folder: string) => Promise<Figures>,
): Promise<Figures> => {
  // On the project's own disk: a temporary folder may be kept in memory, where flushing costs nothing.
  const folder = mkdtempSync(join(import.meta.dirname, '..', 'data-'))
  const env = { LANGUAGES: languages, SANDBOX_ISOLATION: isolation }
  const runledger = await startStandalone({ dataDir: join(folder, 'data'), env })
  try {
    return await measure(runledger, folder)
  } finally {
    await runledger.end('SIGTERM')
    rmSync(folder, { recursive: true })
  }
}
