import { createInterface } from 'node:readline'
import { ownerLabels } from '@runledger/sandbox/docker/container-options.ts'
import type Dockerode from 'dockerode'

/** Every container a log has had since the watch began. */
export type ContainerHistory = Readonly<{
  ids: () => ReadonlySet<string>
  close: () => void
}>

/** Follows the daemon's events: a container that came and went between two looks is known, too. */
export const watchContainers = async (docker: Dockerode, logId: string): Promise<ContainerHistory> => {
  const label = [`${ownerLabels.log}=${logId}`]
  const watch = new AbortController()
  const events = await docker.getEvents({
    filters: { type: ['container'], event: ['create'], label },
    abortSignal: watch.signal,
  })
  const present = await docker.listContainers({ all: true, filters: { label } })
  const ids = new Set(present.map(({ Id }) => Id))
  const lines = createInterface({ input: events })
  lines.on('line', line => ids.add(String(JSON.parse(line)['id'])))
  // How the stream ends once the watch is over.
  lines.on('error', () => undefined)
  return { ids: () => ids, close: () => watch.abort() }
}
