import { join } from 'node:path'
import { nodeEnvironmentIn, nodeOptionsOf } from '@runledger/standalone/setup/node-options.mjs'
import { type Link, openLink } from './link.ts'
import { masterKey } from './master-key.ts'
import { type ServerProcess, startServer } from './server-process.ts'
import { shiftedClock } from './shifted-clock.ts'
import { tempFolder } from './temp-folder.ts'

const ownSources = join(import.meta.dirname, '..', '..')

/** What a member reaches its dependencies through: a link for each of them that is its own. */
type MemberLinks = Readonly<{ mongo: Link; redis: Link; docker: Link }>

/** One place in the cluster that processes of one service come and go in. */
export type Member = Readonly<{
  name: string
  links: MemberLinks
  /** Of the process that serves now, or served last. */
  url: () => string
  pid: () => number
  /** What all its processes have printed. */
  printed: () => string
  signal: (signal: NodeJS.Signals) => void
  /** Ends the process and answers its exit status. */
  end: (signal: NodeJS.Signals) => Promise<number | NodeJS.Signals>
  /** Starts the next process; resolves once it serves. */
  start: () => Promise<void>
  /** Ends the process if there is one, and the links. */
  close: () => Promise<void>
}>

export type MemberSpec = Readonly<{
  service: 'command-service' | 'query-service' | 'execution-service'
  name: string
  mongoUrl: string
  redisUrl: string
  env: Readonly<Record<string, string>>
  /** How far its wall clock is ahead. */
  clockShiftMs: number
  /** Where its sources lie; absent: here. */
  root?: string | undefined
}>

const loopback = { host: '127.0.0.1', port: 0 }

const targetOf = (url: string) => {
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port) }
}

const through = (url: string, link: Link): string => {
  const linked = new URL(url)
  linked.hostname = loopback.host
  linked.port = String(link.port)
  return linked.href
}

const openLinks = async ({ mongoUrl, redisUrl }: MemberSpec, socket: string): Promise<MemberLinks> => ({
  mongo: await openLink(loopback, targetOf(mongoUrl)),
  redis: await openLink(loopback, targetOf(redisUrl)),
  docker: await openLink({ path: socket }, { path: '/var/run/docker.sock' }),
})

const programOf = (
  { service, name, mongoUrl, redisUrl, env, clockShiftMs, root = ownSources }: MemberSpec,
  links: MemberLinks,
  socket: string,
) => ({
  argv: [...nodeOptionsOf(service), ...shiftedClock(clockShiftMs).argv, join(root, service, 'main.ts')],
  env: {
    ...nodeEnvironmentIn(root),
    LOG_LEVEL: 'warn',
    MASTER_KEY: masterKey,
    ...env,
    WORKER_ID: name,
    ...shiftedClock(clockShiftMs).env,
    MONGO_URL: through(mongoUrl, links.mongo),
    REDIS_URL: through(redisUrl, links.redis),
    DOCKER_HOST: `unix://${socket}`,
    COMMAND_PORT: '0',
    QUERY_PORT: '0',
    EXECUTION_PORT: '0',
  },
})

/** A service as a real process, every dependency of which can be taken from it alone. */
export const startMember = async (spec: MemberSpec): Promise<Member> => {
  const folder = tempFolder()
  const socket = join(folder.path, 'docker.sock')
  const links = await openLinks(spec, socket)
  const program = programOf(spec, links, socket)
  const processes: Array<ServerProcess> = []

  const current = (): ServerProcess => {
    const last = processes.at(-1)
    if (last === undefined) throw new Error(`${spec.name} was never started`)
    return last
  }
  const start = async () => {
    processes.push(await startServer(program))
  }
  const close = async () => {
    for (const process of processes) await process.end('SIGKILL')
    for (const link of Object.values(links)) await link.close()
    folder.remove()
  }

  await start()
  return {
    name: spec.name,
    links,
    url: () => current().url,
    pid: () => current().pid,
    printed: () => processes.map(({ printed }) => printed()).join(''),
    signal: signal => void current().signal(signal),
    end: signal => current().end(signal),
    start,
    close,
  }
}
