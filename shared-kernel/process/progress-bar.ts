/** How far work has come, for whoever waits for it. */
export type ProgressBar = Readonly<{
  advance: (count: number) => void
  /** Says the last word; nothing is written after it. */
  done: () => void
}>

type Terminal = Readonly<{ isTTY?: boolean; columns?: number; write: (text: string) => unknown }>

type Options = Readonly<{
  terminal: Terminal
  /** What is being done, and what is counted. */
  what: string
  unit: string
  /** Null where nobody knows. */
  total: number | null
  isQuiet: boolean
  /** Milliseconds of a clock that never runs backwards. */
  now: () => number
}>

const barWidth = 24
const redrawMs = 100
const plainLineMs = 5000

const grouped = (value: number): string => Math.round(value).toLocaleString('en-US')

const duration = (seconds: number): string =>
  seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.floor(seconds / 60)} min ${Math.ceil(seconds % 60)} s`

const shareOf = (count: number, total: number): number => (total === 0 ? 1 : Math.min(1, count / total))

const bar = (share: number): string => {
  const filled = Math.round(share * barWidth)
  return `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}]`
}

type State = Readonly<{ count: number; seconds: number; isOver: boolean }>

const timeWord = ({ count, seconds, isOver }: State, total: number | null): string => {
  if (isOver) return `in ${duration(seconds)}`
  if (total === null || count === 0) return `${duration(seconds)} so far`
  return `ETA ${duration((Math.max(0, total - count) * seconds) / count)}`
}

const lineOf = ({ what, unit, total }: Options, state: State): string => {
  const { count, seconds } = state
  const rate = `${grouped(count / Math.max(seconds, 0.001))}/s`
  if (total === null) return [what, `${grouped(count)} ${unit}`, rate, timeWord(state, total)].join('  ')
  const share = shareOf(count, total)
  const percent = `${Math.floor(share * 100)} %`
  return [
    ...[what, bar(share), percent],
    ...[`${grouped(count)} / ${grouped(total)} ${unit}`, rate, timeWord(state, total)],
  ].join('  ')
}

const silent: ProgressBar = { advance: () => undefined, done: () => undefined }

/**
 * Rate, share and time left of long work: one line drawn anew on a terminal; where there is none, a plain line every
 * few seconds and one at the end.
 */
export const createProgressBar = (options: Options): ProgressBar => {
  if (options.isQuiet) return silent
  const { terminal, now } = options
  const isTerminal = terminal.isTTY === true
  const started = now()
  const everyMs = isTerminal ? redrawMs : plainLineMs
  let drawn = started
  let count = 0
  let isOver = false

  const draw = (): void => {
    drawn = now()
    const line = lineOf(options, { count, seconds: (drawn - started) / 1000, isOver })
    // Erased to its end: the line before may have been longer. A wrapped line could not be drawn over.
    if (isTerminal) terminal.write(`\r\u001b[K${line.slice(0, (terminal.columns ?? 80) - 1)}${isOver ? '\n' : ''}`)
    else terminal.write(`${line}\n`)
  }

  return {
    advance: added => {
      count += added
      if (!isOver && now() - drawn >= everyMs) draw()
    },
    done: () => {
      if (isOver) return
      isOver = true
      draw()
    },
  }
}
