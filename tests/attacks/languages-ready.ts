import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '../support/client.ts'

type Answered = ReadonlyArray<Readonly<{ name: string; state: string }>>

const pauseMs = 200

/** Resolves once none of the languages is being built or tested any more: that would be measured as an attack's doing. */
export const languagesReady = async (client: Client): Promise<void> => {
  const { body } = await client.get('/api/languages')
  const languages = body['languages'] as Answered
  const failed = languages.filter(({ state }) => state === 'failed').map(({ name }) => name)
  if (failed.length > 0) throw new Error(`not ready: ${failed.join(', ')}`)
  if (languages.every(({ state }) => state === 'ready')) return
  await delay(pauseMs)
  await languagesReady(client)
}
