import { onStopSignal } from '@runledger/shared-kernel/process/on-stop-signal.ts'
import { createProgressBar } from '@runledger/shared-kernel/process/progress-bar.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { askServer } from './ask-server.ts'
import { listSubmissions } from './list-submissions.ts'
import { replayMany } from './replay-many.ts'
import { replayOne } from './replay-one.ts'
import { type ReplayOptions, readReplayOptions, usage } from './replay-options.ts'
import { reportChanges } from './report-changes.ts'

const exit = { nothingChanged: 0, changed: 1, notDone: 2, interrupted: 130 }

const replay = async (options: ReplayOptions, signal: AbortSignal): Promise<number> => {
  const ask = askServer(options.url, signal)
  const ids = await listSubmissions(ask, options)
  if (isLeft(ids)) {
    process.stderr.write(`${ids.left}\n`)
    return exit.notDone
  }
  const bar = createProgressBar({
    ...{ terminal: process.stderr, what: 'replaying', unit: 'submissions', total: ids.right.length, isQuiet: false },
    now: () => performance.now(),
  })
  const replayed = await replayMany(ids.right, {
    replay: id => replayOne({ ask, image: options.image, signal }, id),
    concurrency: options.concurrency,
    signal,
    onReplayed: () => bar.advance(1),
  })
  bar.done()
  const { lines, changed, failed } = reportChanges(replayed, ids.right.length)
  process.stdout.write(`${lines.join('\n')}\n`)
  if (signal.aborted) return exit.interrupted
  if (changed > 0) return exit.changed
  return failed > 0 ? exit.notDone : exit.nothingChanged
}

/** The first Ctrl-C ends it with what is known by then; a second one at once. */
const interruption = (): AbortSignal => {
  const controller = new AbortController()
  const stop = () => controller.abort()
  onStopSignal({ source: process, now: () => performance.now(), stop, leave: process.exit })
  return controller.signal
}

const options = readReplayOptions(process.argv.slice(2))
if (isLeft(options)) {
  process.stderr.write(`${options.left}\n\n${usage}\n`)
  process.exitCode = exit.notDone
} else {
  process.exitCode = await replay(options.right, interruption())
}
