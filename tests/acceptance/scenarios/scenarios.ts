import { auditTrail } from './audit-trail.ts'
import { badQuestions } from './bad-questions.ts'
import { compiledBefore } from './compiled-before.ts'
import { erasure } from './erasure.ts'
import { history } from './history.ts'
import { liveStream } from './live-stream.ts'
import { metrics } from './metrics.ts'
import { movedLog } from './moved-log.ts'
import { outputFiles } from './output-files.ts'
import { poisonStream } from './poison-stream.ts'
import { rebuilding } from './rebuilding.ts'
import { replays } from './replays.ts'
import { tallies } from './tallies.ts'
import { testCases } from './test-cases.ts'
import { timeTravel } from './time-travel.ts'
import type { UsedSystem } from './use-system.ts'
import { wholeLog } from './whole-log.ts'

/** What clients and operators are promised of the log, in the order in which one system goes through it. */
export const scenarios: ReadonlyArray<(system: UsedSystem) => void> = [
  ...[auditTrail, wholeLog, timeTravel, liveStream, history, replays, tallies, testCases, compiledBefore],
  ...[outputFiles, metrics, erasure],
  ...[rebuilding, poisonStream, movedLog, badQuestions],
]
