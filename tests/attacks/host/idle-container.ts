import { readdirSync, readFileSync } from 'node:fs'
import type Dockerode from 'dockerode'

const writable = ['box', 'tmp', 'dev/shm', 'dev/mqueue']

const commandOf = (pid: number): string => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? ''

const filesIn = (pid: number): ReadonlyArray<string> =>
  writable.flatMap(folder => readdirSync(`/proc/${pid}/root/${folder}`).map(name => `/${folder}/${name}`))

const strangers = (pids: ReadonlyArray<number>): ReadonlyArray<string> =>
  pids.map(commandOf).filter(command => command !== '/runledger/runner')

const heldBy = (pids: ReadonlyArray<number>): ReadonlyArray<string> => [
  ...strangers(pids).map(command => `process ${command}`),
  ...filesIn(pids[0] ?? 0).map(file => `file ${file}`),
]

type Described = Dockerode.ContainerInspectInfo & Readonly<{ SizeRw?: number }>

const outsideOf = ({ SizeRw = 0, Mounts, LogPath }: Described): ReadonlyArray<string> => [
  ...(SizeRw > 0 ? [`${SizeRw} bytes on disk`] : []),
  ...Mounts.map(({ Type, Source }) => `${Type} ${Source}`),
  ...(LogPath === '' ? [] : [`log ${LogPath}`]),
]

const look = async (container: Dockerode.Container, pids: ReadonlyArray<number>): Promise<ReadonlyArray<string>> => {
  const described = (await container.inspect({ size: true } as object)) as Described
  const left = pids.length === 1 ? heldBy(pids) : [`${pids.length} processes: ${pids.map(commandOf).join(', ')}`]
  return [...left, ...outsideOf(described)].map(found => `holds ${found}`)
}

/**
 * What a container that waits for its next run holds beside the runner: processes, files, disk, volumes, a log. One that
 * goes while it is looked at is not waiting.
 */
export const leftIn = async (
  container: Dockerode.Container,
  pids: ReadonlyArray<number>,
): Promise<ReadonlyArray<string>> => {
  const left = await look(container, pids).catch(error => [`cannot be looked at: ${error}`])
  return left.map(found => `container ${container.id.slice(0, 12)} ${found}`)
}
