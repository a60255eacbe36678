import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type Dockerode from 'dockerode'
import { cgroupsOf } from './cgroups-of.ts'
import type { ContainerHistory } from './container-history.ts'
import { leftIn } from './idle-container.ts'
import { processesByContainer } from './processes-of.ts'

export type Host = Readonly<{
  docker: Dockerode
  /** The daemon's folder. */
  dockerRoot: string
  history: ContainerHistory
  /** Ids of the containers that belong to the log now. */
  present: () => Promise<ReadonlyArray<string>>
  /** The most containers there may be while nothing runs. */
  poolSize: number
  /** Runledger's own folder for temporary files. */
  tempFolder: string
}>

/** The group of every program, whichever user it runs as. */
const runGid = 65534

// By group: in a folder that others use as well, only what a program made is an attack's.
const filesOfPrograms = (): ReadonlyArray<string> =>
  ['/tmp', '/var/tmp', '/dev/shm', '/run', '/run/lock']
    .flatMap(folder => (existsSync(folder) ? readdirSync(folder).map(name => join(folder, name)) : []))
    .filter(path => lstatSync(path, { throwIfNoEntry: false })?.gid === runGid)

/** Queues, segments and semaphores of the host's own namespace that a program owns. */
const ipcOfPrograms = (): ReadonlyArray<string> =>
  ['msg', 'shm', 'sem'].filter(kind => {
    const [head = '', ...objects] = readFileSync(`/proc/sysvipc/${kind}`, 'utf8').trim().split('\n')
    const column = head.trim().split(/\s+/).indexOf('gid')
    return objects.some(line => Number(line.trim().split(/\s+/)[column]) === runGid)
  })

const tracesOfDead = ({ dockerRoot }: Host, dead: ReadonlySet<string>): ReadonlyArray<string> => {
  const processes = [...processesByContainer()].filter(([id]) => dead.has(id))
  const folders = [...dead].map(id => join(dockerRoot, 'containers', id)).filter(existsSync)
  return [
    ...processes.map(([id, pids]) => `processes ${pids.join(', ')} outlive container ${id.slice(0, 12)}`),
    ...cgroupsOf(dead).map(path => `cgroup ${path} is left`),
    ...folders.map(path => `folder ${path} is left`),
  ]
}

const tracesOfLiving = async (
  { docker, poolSize }: Host,
  living: ReadonlyArray<string>,
): Promise<ReadonlyArray<string>> => {
  const processes = processesByContainer()
  const left = await Promise.all(living.map(id => leftIn(docker.getContainer(id), processes.get(id) ?? [])))
  return [...(living.length > poolSize ? [`${living.length} containers are left`] : []), ...left.flat()]
}

/** What a host holds of programs that have ended, seen from outside; nothing once all is clean. */
export const traces = async (host: Host): Promise<ReadonlyArray<string>> => {
  const living = await host.present()
  const dead = new Set([...host.history.ids()].filter(id => !living.includes(id)))
  return [
    ...(await tracesOfLiving(host, living)),
    ...tracesOfDead(host, dead),
    ...filesOfPrograms().map(path => `file ${path} is left on the host`),
    ...ipcOfPrograms().map(kind => `an IPC object (${kind}) is left on the host`),
    ...readdirSync(host.tempFolder).map(name => `file ${name} is left in the temporary folder`),
  ]
}
