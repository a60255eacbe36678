import { randomUUID } from 'node:crypto'
import { Dockerode } from '@runledger/sandbox/docker/dockerode.ts'
import { type DaemonProbe, probeDaemon } from '@runledger/sandbox/docker/probe-daemon.ts'
import type { SelfTestOptions } from '@runledger/sandbox/docker/self-test.ts'
import type { Config } from '@runledger/shared-kernel/config/config.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type DaemonReport, judgeDaemon } from './judge-daemon.ts'

/** A daemon, what is to be told of it, and how containers are made there in the name of this process. */
export type DockerConnection = SelfTestOptions & Readonly<{ daemon: DaemonReport }>

/** `isPassing`: the daemon may answer later. Otherwise it is of no use as it is configured. */
export type NotConnected = Readonly<{ message: string; isPassing: boolean }>

/** CPUs one program may use. */
const cpus = 1

type Needs = Readonly<{ config: Config; logId: string; worker: string; logger: Logger }>

const tell = (logger: Logger, { facts }: DaemonProbe, { warnings }: DaemonReport): void => {
  logger.info({ daemon: facts }, 'the Docker daemon was asked what it can do')
  for (const problem of warnings) logger.warn({ problem }, 'the Docker daemon lacks something')
}

/** The daemon that DOCKER_HOST and its companions name, if programs may run there. What it is and lacks is logged, once. */
export const connectDocker = (needs: Needs): TE.TaskEither<NotConnected, DockerConnection> => {
  const { config, logId, worker, logger } = needs
  const docker = new Dockerode()
  return pipe(
    () => probeDaemon(docker),
    TE.mapLeft(({ message }) => ({ message: `Docker cannot be used: ${message}`, isPassing: true })),
    TE.flatMapEither(probe =>
      pipe(
        judgeDaemon(probe, config.sandbox),
        E.mapLeft(message => ({ message, isPassing: false })),
        E.tap(report => E.right(tell(logger, probe, report))),
      ),
    ),
    TE.map(daemon => {
      const owner = { logId, workerId: worker, incarnation: randomUUID() }
      return { docker, owner, cpus, runtime: config.sandbox.runtime, log: logger, daemon }
    }),
  )
}
