import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import type { MongoServer } from './mongo-server.ts'
import { tempFolder } from './temp-folder.ts'

type Child = ChildProcessByStdio<Writable, Readable, null>

// It ends with its standard input, hence with this process, however that ends.
const launch = (made: string, port: number, journal: string): Child => {
  const classPath = [join(made, 'classes'), join(made, 'lib', '*')].join(':')
  const argv = ['-Xmx512m', '-XX:TieredStopAtLevel=1', '-cp', classPath, 'MongoStandIn', String(port), journal]
  return spawn('java', argv, { stdio: ['pipe', 'pipe', 'inherit'] })
}

const untilReady = async (child: Child): Promise<number> => {
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /^READY mongodb:\/\/127\.0\.0\.1:(\d+)$/.exec(line)?.[1]
    if (port !== undefined) return Number(port)
  }
  throw new Error('the stand-in for MongoDB ended before it was ready')
}

const ended = async (child: Child): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

/** The stand-in made in that folder, on a free loopback port, with a journal that outlives the process. */
export const startMongoStandIn = async (made: string): Promise<MongoServer> => {
  const folder = tempFolder()
  const journal = join(folder.path, 'journal')
  let child = launch(made, 0, journal)
  const port = await untilReady(child)
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    await ended(child)
  }
  return {
    url: `mongodb://127.0.0.1:${port}`,
    get pid() {
      return child.pid ?? null
    },
    stop,
    restart: async () => {
      await ended(child)
      child = launch(made, port, journal)
      await untilReady(child)
    },
    remove: async () => {
      await stop('SIGKILL')
      folder.remove()
    },
  }
}
