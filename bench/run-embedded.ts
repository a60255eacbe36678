import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startStandalone } from '@runledger/tests/support/standalone-process.ts'
import Docker from 'dockerode'
import { measureAll } from './measure-all.ts'
import { imageOf } from './measurements/image-of.ts'
import { reportPlot, reportTables } from './report/report.ts'
import { targets } from './report/targets.ts'

const results = join(import.meta.dirname, 'results')

/** The image that Python's programs run on at `origin`. */
export const pythonImage = (origin: string): Promise<string> => imageOf(origin, 'python')

/** Measures and reports what one process over embedded parts does; true where every target is reached. */
export const runEmbedded = async (): Promise<boolean> => {
  // On the project's own disk: a temporary folder may be kept in memory, where flushing costs nothing.
  const folder = mkdtempSync(join(import.meta.dirname, 'data-'))
  const runledger = await startStandalone({
    dataDir: join(folder, 'data'),
    env: { LANGUAGES: 'python', SANDBOX_ISOLATION: 'single-use' },
  })
  try {
    const subject = {
      origin: runledger.url,
      pid: runledger.pid,
      docker: new Docker(),
      pythonImage: await pythonImage(runledger.url),
      folder,
    }
    const figures = await measureAll(subject, what => console.error(`measuring: ${what}`))
    mkdirSync(results, { recursive: true })
    writeFileSync(join(results, 'latest.svg'), reportPlot(figures))
    console.log(`\n${reportTables(figures)}\n\nplot: ${join('bench', 'results', 'latest.svg')}`)
    return targets(figures).every(({ reached }) => reached)
  } finally {
    await runledger.end('SIGTERM')
    rmSync(folder, { recursive: true })
  }
}
