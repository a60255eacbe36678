import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Dockerode from 'dockerode'
import { clientOf } from '../support/client.ts'
import { logIdOf } from '../support/containers-of.ts'
import { containersOfLog } from '../support/containers-of-log.ts'
import { startStandalone } from '../support/standalone-process.ts'
import { tempFolder } from '../support/temp-folder.ts'
import type { Scene } from './attack.ts'
import { watchContainers } from './host/container-history.ts'
import type { Host } from './host/traces.ts'
import { languagesReady } from './languages-ready.ts'
import type { Mode } from './modes.ts'
import { createNeighbour, type Neighbour } from './neighbour.ts'

/** A Runledger of its own, the host below it, and a neighbour beside the attacks. */
export type Arena = Readonly<{
  scene: Scene
  host: Host
  neighbour: Neighbour
  pid: number
  dataDir: string
  close: () => Promise<void>
}>

/** Two attackers at a time, as some rows need, and the neighbour. */
const concurrency = 3

/** What the attacks are written in. */
const languages = 'python,c,cpp,go,rust,haskell,executable'

const newSecret = (whose: string) => `${whose}-secret-${randomUUID()}`

/** Starts Runledger with that pool mode, with secrets where an attacker may look for them. */
export const openArena = async (mode: Mode): Promise<Arena> => {
  const folder = tempFolder()
  const [dataDir, temporary] = ['data', 'temporary'].map(name => join(folder.path, name)) as [string, string]
  mkdirSync(temporary)
  const secret = newSecret('host')
  const hostFile = join(folder.path, 'secret')
  writeFileSync(hostFile, secret)
  const env = {
    SANDBOX_ISOLATION: mode.name,
    CONCURRENCY: String(concurrency),
    LANGUAGES: languages,
    TMPDIR: temporary,
    ATTACK_SECRET: secret,
  }
  const runledger = await startStandalone({ dataDir, env })
  const client = clientOf(runledger.url)
  await languagesReady(client)
  const docker = new Dockerode()
  const logId = logIdOf(dataDir)
  const history = await watchContainers(docker, logId)
  const neighbour = createNeighbour(client, newSecret('neighbour'))
  return {
    scene: { client, url: runledger.url, secret, neighbourSecret: neighbour.secret, hostFile },
    host: {
      ...{ docker, history, poolSize: mode.containers * concurrency, tempFolder: temporary },
      dockerRoot: String((await docker.info())['DockerRootDir']),
      present: () => containersOfLog(logId),
    },
    neighbour,
    pid: runledger.pid,
    dataDir,
    close: async () => {
      history.close()
      await runledger.end('SIGTERM')
      folder.remove()
    },
  }
}
