import type Docker from 'dockerode'

type Counted = Readonly<Partial<Record<'rss' | 'cache' | 'anon' | 'file', number>>>

/** What its processes and files hold, by either version of control groups; the kernel's own is not among it. */
const heldBytes = ({ rss, cache, anon, file }: Counted): number =>
  (rss ?? anon ?? Number.NaN) + (cache ?? file ?? Number.NaN)

const memoryOf = async (docker: Docker, id: string): Promise<number> => {
  const { memory_stats } = await docker.getContainer(id).stats({ stream: false })
  return heldBytes(memory_stats.stats as Counted) / 1024 / 1024
}

/** MiB of the largest of these containers, in which no program runs. */
export const idleMiB = async (docker: Docker, containers: ReadonlyArray<string>): Promise<number> => {
  if (containers.length === 0) throw new Error('no container is warm')
  return Math.max(...(await Promise.all(containers.map(id => memoryOf(docker, id)))))
}
