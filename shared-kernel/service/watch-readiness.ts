import type { Readiness } from '../health/readiness.ts'
import type { Logger } from '../logger/logger.ts'

type Options = Readonly<{
  readiness: () => Promise<Readiness>
  /** Told once, when the service is ready for the first time. */
  onFirstReady: () => void
  logger: Pick<Logger, 'info' | 'warn'>
  /** How often it looks while something is missing, and while nothing is. */
  pausesMs?: Readonly<{ unready: number; ready: number }>
}>

const inWords = ({ problems }: Readiness): string =>
  problems.map(({ part, problem }) => `${part}: ${problem}`).join('; ')

/** One log line for every change of what a service waits for. Answers how to end it. */
export const watchReadiness = ({ readiness, onFirstReady, logger, ...options }: Options): (() => void) => {
  const { unready, ready } = options.pausesMs ?? { unready: 250, ready: 5000 }
  let seen = ''
  let said = ''
  let wasReady = false
  let ended = false
  let timer: NodeJS.Timeout | null = null

  const say = (words: string): void => {
    if (words === said) return
    if (words === '') logger.info({}, 'nothing is waited for any more')
    else logger.warn({ problems: words }, 'waiting')
    said = words
  }

  const look = async (): Promise<void> => {
    const found = await readiness()
    if (ended) return
    const words = inWords(found)
    // What is gone at the next look was on its way already.
    if (words === '' || words === seen) say(words)
    seen = words
    if (found.ready && !wasReady) onFirstReady()
    wasReady ||= found.ready
    timer = setTimeout(() => void look(), found.ready ? ready : unready)
  }

  void look()
  return () => {
    ended = true
    if (timer !== null) clearTimeout(timer)
  }
}
