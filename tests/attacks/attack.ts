import type { Client } from '../support/client.ts'

/** What an attack is run against, and what it must not find. */
export type Scene = Readonly<{
  client: Client
  url: string
  /** In the environment of Runledger's own process. */
  secret: string
  /** In source, input and output of the neighbour, which runs all the while. */
  neighbourSecret: string
  /** A file of the host with the secret in it. */
  hostFile: string
}>

/** One thing an attacker does. Rejects, saying what, where what must hold does not. */
export type Step = (scene: Scene) => Promise<void>

/** A row of the list of attacks that must be survived. */
export type Attack = Readonly<{ id: `A${number}`; title: string; steps: ReadonlyArray<Step> }>

export const attack = (id: Attack['id'], title: string, ...steps: ReadonlyArray<Step>): Attack => ({ id, title, steps })
