import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { findRedis } from '../run/find-redis.mjs'
import { freePort } from './free-port.ts'
import { tempFolder } from './temp-folder.ts'

/** A Redis. Without a pid it is somebody else's, to be used but neither stopped nor started. */
export type RedisServer = Readonly<{
  url: string
  pid: number | null
  /** Ends it, by SIGTERM unless told otherwise; its data stays. */
  stop: (signal?: NodeJS.Signals) => Promise<void>
  /** Starts it again, on the same port, with its data. */
  restart: () => Promise<void>
  /** Ends it and removes its data. */
  close: () => Promise<void>
}>

type Child = ChildProcessByStdio<null, Readable, null>

const launch = (program: string, port: number, folder: string): Child => {
  const settings = {
    port,
    dir: folder,
    bind: '127.0.0.1',
    appendonly: 'yes',
    save: '',
    'maxmemory-policy': 'noeviction',
  }
  const argv = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, `${value}`])
  return spawn(program, argv, { argv0: 'redis-server', stdio: ['ignore', 'pipe', 'ignore'] })
}

const untilReady = (child: Child): Promise<void> =>
  new Promise((resolve, reject) => {
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed = `${printed}${text}`.slice(-10_000)
      if (printed.includes('Ready to accept connections')) resolve()
    })
    child.once('close', () => reject(new Error(`Redis ended before it was ready:\n${printed}`)))
    child.once('error', reject)
  })

const hasEnded = (child: Child): boolean => child.exitCode !== null || child.signalCode !== null

const end = async (child: Child, signal: NodeJS.Signals): Promise<void> => {
  if (hasEnded(child)) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

/** A Redis of the test's own, on a free port of this machine. */
export const startOwnRedis = async (): Promise<RedisServer> => {
  const program = findRedis()
  if (program === null) throw new Error('no redis-server was found')
  const folder = tempFolder()
  const port = await freePort()
  const start = async (): Promise<Child> => {
    const started = launch(program, port, folder.path)
    await untilReady(started)
    return started
  }
  let child = await start()
  const stop = (signal: NodeJS.Signals = 'SIGTERM') => end(child, signal)
  return {
    url: `redis://127.0.0.1:${port}`,
    get pid() {
      return child.pid ?? null
    },
    stop,
    restart: async () => {
      await stop()
      child = await start()
    },
    close: async () => {
      await stop('SIGKILL')
      folder.remove()
    },
  }
}

const notOurs = async (): Promise<never> => {
  throw new Error('the Redis that REDIS_URL names is not for a test to stop')
}

/** The Redis that REDIS_URL names, else one of the test's own. */
export const startRedis = async (): Promise<RedisServer> => {
  const url = process.env['REDIS_URL']
  return url === undefined || url === ''
    ? startOwnRedis()
    : { url, pid: null, stop: notOurs, restart: notOurs, close: async () => undefined }
}
