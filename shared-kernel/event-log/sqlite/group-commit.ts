/** One SQLite transaction. Each step throws where the store fails. */
export type TransactionSteps = Readonly<{ begin: () => void; commit: () => void; rollback: () => void }>

export type GroupCommitOptions = Readonly<{
  /** True where what was thrown says that the store failed, hence the whole group. Anything else is one caller's own. */
  isStoreFailure: (thrown: unknown) => boolean
  /** A group takes no further work after this time: the event loop has others to serve. */
  maxMilliseconds: number
  /** Patient work that comes alone behind a group of several waits so long for others. Absent: no work waits. */
  gatherMilliseconds?: number
}>

type Work = Readonly<{
  /** Runs within the transaction; answers what to do when it has been committed. */
  run: () => () => void
  reject: (reason: unknown) => void
  isPatient: boolean
}>

/**
 * Runs work that arrives in one turn of the event loop in one transaction: one flush to the disk for all of it. A lone
 * piece of work waits for no timer, only for the turn to end, unless it is patient and more is on its way.
 */
export const createGroupCommit = (steps: TransactionSteps, options: GroupCommitOptions) => {
  const { isStoreFailure, maxMilliseconds, gatherMilliseconds = 0 } = options
  let waiting: Array<Work> = []
  let isScheduled = false
  let wasOfSeveral = false
  let gathering: NodeJS.Timeout | undefined

  const runOne = ({ run, reject }: Work): (() => void) => {
    try {
      return run()
    } catch (thrown) {
      if (isStoreFailure(thrown)) throw thrown
      return () => reject(thrown)
    }
  }

  const takeGroup = (taken: Array<Work>): ReadonlyArray<() => void> => {
    const started = performance.now()
    const answers: Array<() => void> = []
    do {
      const work = waiting[taken.length]
      if (work === undefined) break
      taken.push(work)
      answers.push(runOne(work))
    } while (performance.now() - started < maxMilliseconds)
    return answers
  }

  const rollBack = (cause: unknown): unknown => {
    try {
      steps.rollback()
      return cause
    } catch (alsoThrown) {
      return isStoreFailure(alsoThrown) ? cause : alsoThrown
    }
  }

  const commitGroup = (taken: Array<Work>): ReadonlyArray<() => void> => {
    try {
      steps.begin()
      const answers = takeGroup(taken)
      steps.commit()
      return answers
    } catch (thrown) {
      const reason = rollBack(thrown)
      const group = taken.length === 0 ? waiting : taken
      return group.map(work => () => work.reject(reason))
    }
  }

  const flush = (): void => {
    const answers = commitGroup([])
    wasOfSeveral = answers.length > 1
    waiting = waiting.slice(answers.length)
    for (const answer of answers) answer()
  }

  const stopGathering = (): void => {
    clearTimeout(gathering)
    gathering = undefined
  }

  const flushInTurn = (): void => {
    isScheduled = false
    stopGathering()
    if (waiting.length > 0) flush()
    schedule()
  }

  const schedule = (): void => {
    if (isScheduled || waiting.length === 0) return
    if (waiting.length === 1 && waiting[0]?.isPatient && wasOfSeveral && gatherMilliseconds > 0) {
      gathering ??= setTimeout(flushInTurn, gatherMilliseconds)
      return
    }
    isScheduled = true
    setImmediate(flushInTurn)
  }

  return {
    /** Answers once the work's transaction is durable; rejects with what the work, or the store, threw. */
    submit: <A>(work: () => A, isPatient = false): Promise<A> =>
      new Promise<A>((resolve, reject) => {
        const run = () => {
          const answer = work()
          return () => resolve(answer)
        }
        waiting.push({ run, reject, isPatient })
        schedule()
      }),
    /** Commits all that waits, now. */
    drain: (): void => {
      stopGathering()
      while (waiting.length > 0) flush()
    },
  }
}
