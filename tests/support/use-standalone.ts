import { afterAll, beforeAll } from 'vitest'
import { type Client, clientOf } from './client.ts'
import { expectSoundDataDir } from './expect-sound-data-dir.ts'
import { type StandaloneProcess, startStandalone } from './standalone-process.ts'
import { tempFolder } from './temp-folder.ts'

/** A Runledger of the suite's own, there from its first test to its last. */
export type UsedStandalone = Readonly<{ client: () => Client; process: () => StandaloneProcess }>

/** Starts Runledger on a new data folder before the suite's tests, and after them ends it, verifies what it leaves, and removes the folder. */
export const useStandalone = (): UsedStandalone => {
  const folder = tempFolder()
  let runledger: StandaloneProcess | null = null
  beforeAll(async () => {
    runledger = await startStandalone({ dataDir: folder.path })
  })
  afterAll(async () => {
    await runledger?.end('SIGTERM')
    if (runledger !== null) await expectSoundDataDir(folder.path)
    folder.remove()
  })
  const process = (): StandaloneProcess => {
    if (runledger === null) throw new Error('Runledger has not been started yet')
    return runledger
  }
  return { process, client: () => clientOf(process().url) }
}
