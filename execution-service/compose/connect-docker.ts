import { randomUUID } from 'node:crypto'
import { probeDaemon } from '@runledger/sandbox/docker/probe-daemon.ts'
import type { SelfTestOptions } from '@runledger/sandbox/docker/self-test.ts'
import type { Config } from '@runledger/shared-kernel/config/config.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import Dockerode from 'dockerode'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

/** A daemon, and how containers are made there in the name of this process. */
export type DockerConnection = SelfTestOptions

/** CPUs one program may use. */
const cpus = 1

type Needs = Readonly<{ config: Config; logId: string; worker: string; logger: Logger }>

/** The daemon that DOCKER_HOST and its companions name. What it lacks is logged; Left where it does not answer. */
export const connectDocker = ({ config, logId, worker, logger }: Needs): TE.TaskEither<string, DockerConnection> => {
  const docker = new Dockerode()
  return pipe(
    () => probeDaemon(docker),
    TE.mapLeft(({ message }) => `Docker cannot be used: ${message}`),
    TE.map(({ problems }) => {
      for (const problem of problems) logger.warn({ problem }, 'the Docker daemon lacks something')
      const owner = { logId, workerId: worker, incarnation: randomUUID() }
      return { docker, owner, cpus, runtime: config.sandbox.runtime, log: logger }
    }),
  )
}
