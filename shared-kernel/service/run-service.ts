import type { Server } from 'node:http'
import type { Router } from 'express'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Config } from '../config/config.ts'
import { healthRouter } from '../health/health-router.ts'
import { type Part, type Readiness, readinessOf } from '../health/readiness.ts'
import { closeServer } from '../http/close-server.ts'
import { createApp } from '../http/create-app.ts'
import { listen, urlOf } from '../http/listen.ts'
import { measureRequests } from '../metrics/measure-requests.ts'
import { metricsRouter } from '../metrics/metrics-router.ts'
import { type ProcessNeeds, runMain } from '../process/run-main.ts'
import { awaitDependencies, type Dependencies } from './await-dependencies.ts'
import { createLateRouter } from './late-router.ts'
import { watchReadiness } from './watch-readiness.ts'

/** `announce` says a line to whoever started the process. */
export type ServiceNeeds = ProcessNeeds & Pick<Dependencies, 'waitFor'> & Readonly<{ announce: (line: string) => void }>

/** A service once everything it needs has been opened, and it has begun. */
export type OpenService = Readonly<{
  router: Router
  /** The parts without which it is not ready, as they are now. */
  parts: () => Promise<ReadonlyArray<Part>>
  /** Ends the answers that wait, so that no connection is held open by them. */
  release: () => Promise<void>
}>

type Service = Readonly<{
  name: string
  portVariable: string
  port: (config: Config) => number
  /** Left: why it can never be, with the remedy. What it opens it adds to the teardown. */
  open: (needs: ServiceNeeds) => TE.TaskEither<string, OpenService>
}>

/** A service from its first moment on: what it waits for while it waits, then what it needs to go on. */
const createFront = (needs: ProcessNeeds, { waiting }: Pick<Dependencies, 'waiting'>) => {
  const late = createLateRouter()
  let service: OpenService | null = null
  const readiness = async (): Promise<Readiness> =>
    service === null ? { ...readinessOf(waiting()), ready: false } : readinessOf(await service.parts())
  return {
    app: createApp(
      [measureRequests(needs.meter), healthRouter(readiness), metricsRouter(needs.meter), late.handle],
      needs.logger,
    ),
    readiness,
    join: (opened: OpenService): void => {
      late.open(opened.router)
      service = opened
    },
  }
}

const start =
  (service: Service, announce: (line: string) => void) =>
  (needs: ProcessNeeds): TE.TaskEither<string, void> => {
    const { config, logger, teardown, stopping } = needs
    const dependencies = awaitDependencies(stopping)
    const { app, readiness, join } = createFront(needs, dependencies)

    const watch = (server: Server): void => {
      const onFirstReady = () => void process.stdout.write(`${service.name} serves at ${urlOf(server)}\n`)
      teardown.add('HTTP server', () => closeServer(server))
      teardown.add('readiness', watchReadiness({ readiness, onFirstReady, logger }))
    }

    // The end begins here: nobody new is let in while what they would need is closed.
    const serve = (server: Server, opened: OpenService): void => {
      join(opened)
      teardown.add('requests', () => Promise.all([closeServer(server), opened.release()]))
    }

    return pipe(
      () => listen(app, { host: config.host, port: service.port(config), portVariable: service.portVariable }),
      TE.mapLeft(({ message }) => message),
      TE.tapIO(server => () => watch(server)),
      TE.flatMap(server =>
        pipe(
          service.open({ ...needs, waitFor: dependencies.waitFor, announce }),
          TE.map(opened => serve(server, opened)),
        ),
      ),
    )
  }

/** The life of a service as a process of its own: it answers for its health at once, and serves when it can. */
export const runService = (service: Service, env: NodeJS.ProcessEnv): Promise<void> => {
  const announce = (line: string) => void process.stderr.write(`${service.name}: ${line}\n`)
  return runMain({ env, announce, start: start(service, announce) })
}
