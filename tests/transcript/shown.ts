import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '../support/client.ts'

export type ShownVersion = Readonly<{
  version: number
  state: string
  progress: number
  partitions: ReadonlyArray<Readonly<{ p: number; tail: number }>>
}>

const lookMs = 20
const patienceMs = 180_000

/** A version of the read model `result` as its server shows it; null where there is none. */
export const shownVersion = async (client: Client, version: number): Promise<ShownVersion | null> => {
  const { body } = await client.get('/api/admin/projections')
  const shown = body['projections'] as ReadonlyArray<{ name: string; versions: ReadonlyArray<ShownVersion> }>
  return shown.find(({ name }) => name === 'result')?.versions.find(each => each.version === version) ?? null
}

export const untilShown = async (
  client: Client,
  version: number,
  holds: (shown: ShownVersion) => boolean,
): Promise<ShownVersion> => {
  const deadline = performance.now() + patienceMs
  while (performance.now() < deadline) {
    const shown = await shownVersion(client, version)
    if (shown !== null && holds(shown)) return shown
    await pause(lookMs)
  }
  throw new Error(`version ${version} does not come to be what was waited for`)
}
