import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '../support/client.ts'

export type ShownVersion = Readonly<{
  version: number
  state: string
  progress: number
  partitions: ReadonlyArray<Readonly<{ p: number; tail: number }>>
}>

const lookMs = 20
// Who looks all the time keeps a slow store from the work that is looked at.
const restPerLook = 3
const patienceMs = 180_000

type Seen = Readonly<{ status: number; shown: ShownVersion | null }>

const look = async (client: Client, version: number): Promise<Seen> => {
  const { status, body } = await client.get('/api/admin/projections')
  if (status !== 200) return { status, shown: null }
  const all = body['projections'] as ReadonlyArray<{ name: string; versions: ReadonlyArray<ShownVersion> }>
  const versions = all.find(({ name }) => name === 'result')?.versions ?? []
  return { status, shown: versions.find(each => each.version === version) ?? null }
}

/** Waits until that version of the read model `result` is shown as it is wanted. */
export const untilShown = async (
  client: Client,
  version: number,
  holds: (shown: ShownVersion) => boolean = () => true,
): Promise<ShownVersion> => {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const began = performance.now()
    const { status, shown } = await look(client, version)
    const tookMs = performance.now() - began
    if (shown !== null && holds(shown)) return shown
    if (performance.now() > deadline)
      throw new Error(`version ${version} is ${shown?.state}, ${shown?.progress} read, as an answer ${status} tells`)
    await pause(Math.max(lookMs, restPerLook * tookMs))
  }
}
