import type { Config } from '@runledger/shared-kernel/config/config.ts'
import { readConfig } from '@runledger/shared-kernel/config/read-config.ts'
import { createLogger } from '@runledger/shared-kernel/logger/create-logger.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { firstSteps } from './first-steps.ts'
import { leaveOnDefect } from './process/leave-on-defect.ts'
import { onStopSignal } from './process/on-stop-signal.ts'
import { createTeardown, type Teardown } from './process/teardown.ts'
import { announce } from './setup/announce.mjs'
import { startStandalone } from './start-standalone.ts'

// Whatever hangs, an end that was asked for comes.
const stopTimeoutMs = 20_000

const stopOnSignal = (teardown: Teardown): Readonly<{ stopping: () => boolean }> => {
  let stopping = false
  const leave = (status: number) => process.exit(status)
  const stop = () => {
    stopping = true
    announce('stopping (once more to leave at once)')
    setTimeout(() => leave(1), stopTimeoutMs).unref()
    void teardown.run().then(() => leave(0))
  }
  onStopSignal({ source: process, now: () => performance.now(), stop, leave })
  return { stopping: () => stopping }
}

const run = async (config: Config): Promise<void> => {
  const logger = createLogger(config.logLevel, process.stderr)
  leaveOnDefect(logger)
  const teardown = createTeardown(logger)
  const { stopping } = stopOnSignal(teardown)
  const started = await startStandalone({ config, logger, teardown, onProgress: announce })()
  if (stopping()) return
  if (isLeft(started)) {
    announce(started.left)
    await teardown.run()
    process.exit(1)
  }
  console.log(firstSteps(started.right))
}

const config = readConfig(process.env)
if (isLeft(config)) {
  for (const problem of config.left) announce(problem)
  process.exitCode = 1
} else await run(config.right)
