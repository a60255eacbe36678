import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Docker from 'dockerode'
import { measureAll } from './measure-all.ts'
import { imageOf } from './measurements/image-of.ts'
import { served } from './measurements/served.ts'
import { reportPlot, reportTables } from './report/report.ts'
import { targets } from './report/targets.ts'

const results = join(import.meta.dirname, 'results')

/** The image that Python's programs run on at `origin`. */
export const pythonImage = (origin: string): Promise<string> => imageOf(origin, 'python')

/** Measures and reports what one process over embedded parts does; true where every target is reached. */
export const runEmbedded = (): Promise<boolean> =>
  served({ languages: 'python', isolation: 'single-use' }, async ({ url, pid }, folder) => {
    const subject = {
      origin: url,
      pid,
      docker: new Docker(),
      pythonImage: await pythonImage(url),
      folder,
    }
    const figures = await measureAll(subject, what => console.error(`measuring: ${what}`))
    mkdirSync(results, { recursive: true })
    writeFileSync(join(results, 'latest.svg'), reportPlot(figures))
    console.log(`\n${reportTables(figures)}\n\nplot: ${join('bench', 'results', 'latest.svg')}`)
    return targets(figures).every(({ reached }) => reached)
  })
