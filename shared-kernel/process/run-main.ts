import { isLeft } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Config } from '../config/config.ts'
import { readConfig } from '../config/read-config.ts'
import { createLogger } from '../logger/create-logger.ts'
import type { Logger } from '../logger/logger.ts'
import { createMeter } from '../metrics/create-meter.ts'
import { measureProcess } from '../metrics/measure-process.ts'
import type { Meter } from '../metrics/meter.ts'
import { leaveOnDefect } from './leave-on-defect.ts'
import { onStopSignal } from './on-stop-signal.ts'
import { createTeardown, type Teardown } from './teardown.ts'

/** What a process is given to start with. What it opens it adds to the teardown, whose run ends it. */
export type ProcessNeeds = Readonly<{
  config: Config
  logger: Logger
  meter: Meter
  teardown: Teardown
  /** Aborted when the process is told to stop. */
  stopping: AbortSignal
}>

type Main = Readonly<{
  env: Readonly<Record<string, string | undefined>>
  /** Says a line to whoever started the process. */
  announce: (line: string) => void
  /** Left: why it cannot be, in words. */
  start: (needs: ProcessNeeds) => TaskEither<string, unknown>
}>

// Whatever hangs, an end that was asked for comes.
const stopTimeoutMs = 20_000

const stopOnSignal = (teardown: Teardown, announce: Main['announce']): AbortSignal => {
  const stopping = new AbortController()
  const leave = (status: number) => process.exit(status)
  const stop = () => {
    announce('stopping (once more to leave at once)')
    setTimeout(() => leave(1), stopTimeoutMs).unref()
    stopping.abort()
    void teardown.run().then(() => leave(0))
  }
  onStopSignal({ source: process, now: () => performance.now(), stop, leave })
  return stopping.signal
}

const run = async (config: Config, { announce, start }: Main): Promise<void> => {
  const logger = createLogger(config.logLevel, process.stderr)
  leaveOnDefect(logger)
  const meter = createMeter()
  measureProcess(meter)
  const teardown = createTeardown(logger)
  const stopping = stopOnSignal(teardown, announce)
  const started = await start({ config, logger, meter, teardown, stopping })()
  if (stopping.aborted || !isLeft(started)) return
  announce(started.left)
  await teardown.run()
  process.exit(1)
}

/** The life of a process: configuration, start, a stop signal, an end in order. Exits with 1 where it cannot start. */
export const runMain = async (main: Main): Promise<void> => {
  const config = readConfig(main.env)
  if (!isLeft(config)) return run(config.right, main)
  for (const problem of config.left) main.announce(problem)
  process.exitCode = 1
}
