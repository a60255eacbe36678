import type Dockerode from 'dockerode'
import * as E from 'fp-ts/lib/Either.js'
import { callDocker } from './call-docker.ts'
import { type DaemonFacts, decodeDaemonInfo } from './daemon-info.ts'
import { type Shortcomings, shortcomingsOf } from './daemon-shortcomings.ts'
import type { DockerFault } from './docker-fault.ts'

/** `facts` null: the daemon answered in words we do not know. */
export type DaemonProbe = Shortcomings & Readonly<{ facts: DaemonFacts | null }>

const probeTimeoutMs = 10_000

/** Asks the daemon what it can do. Left where it does not answer. */
export const probeDaemon = async (docker: Dockerode): Promise<E.Either<DockerFault, DaemonProbe>> => {
  const asked = await callDocker('ask Docker what it can do', probeTimeoutMs, abortSignal => info(docker, abortSignal))
  return E.map((answer: unknown) => {
    const facts = decodeDaemonInfo(answer)
    return { facts, ...shortcomingsOf(facts) }
  })(asked)
}

// The library's types know of no options here.
const info = (docker: Dockerode, abortSignal: AbortSignal): Promise<unknown> =>
  Reflect.apply(docker.info, docker, [{ abortSignal }])
