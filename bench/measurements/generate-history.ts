import { resultProjection } from '@runledger/query-service/read-models/result/result-projection.ts'
import {
  completed,
  received,
  started,
  wrote,
} from '@runledger/query-service/read-models/result/submission-events.fixture.ts'
import { bulkInProcess } from '@runledger/query-service/rebuild/bulk-in-process.ts'
import { openBulkSources } from '@runledger/query-service/rebuild/open-bulk-sources.ts'
import type { DomainEvent } from '@runledger/shared-kernel/domain-events/domain-event.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { createProgressBar } from '@runledger/shared-kernel/process/progress-bar.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import { beginBulkLog } from './bulk-log.ts'
import { historyId } from './history-id.ts'

/** Submissions that are under way at once. */
const together = 64

const program = 'import sys\nfor line in sys.stdin:\n    print(line.strip()[::-1])\n'

const life = (index: number): ReadonlyArray<ReadonlyArray<DomainEvent>> => [
  [received({ files: [{ name: 'main.py', content: `# ${index}\n${program}`, encoding: 'utf8' }] })],
  [started()],
  [wrote({ bytes: `line ${index}\n`.repeat(4) }), completed()],
]

const progressBar = (what: string, unit: string, total: number) =>
  createProgressBar({ terminal: process.stderr, what, unit, total, isQuiet: false, now: () => performance.now() })

const writeLog = (file: string, submissions: number): void => {
  const log = beginBulkLog(file)
  const progress = progressBar('writing the log', 'submissions', submissions)
  for (let first = 0; first < submissions; first += together) {
    const count = Math.min(together, submissions - first)
    const lives = Array.from({ length: count }, (_, i) => ({ id: historyId(first + i), commits: life(first + i) }))
    for (let turn = 0; turn < 3; turn += 1)
      for (const { id, commits } of lives) log.append(submissionStream(id), turn, commits[turn] ?? [])
    progress.advance(count)
  }
  log.close()
  progress.done()
}

const project = async (files: Readonly<{ log: string; store: string }>, commits: number): Promise<void> => {
  const sources = rightOf(await openBulkSources({ kind: 'sqlite', ...files })())
  const progress = progressBar('projecting results', 'commits', commits)
  let shown = 0
  const onProgress = ({ done }: Readonly<{ done: number }>): void => {
    progress.advance(done - shown)
    shown = done
  }
  rightOf(await bulkInProcess(sources).build(resultProjection, { mayGoOn: () => true, onProgress }))
  progress.done()
  await sources.close()
}

// A process of its own, so that what it takes counts for nothing that is measured:
// `generate-history.ts <log> <read models> <submissions>`.
const [log = '', store = '', submissions = '0'] = process.argv.slice(2)
writeLog(log, Number(submissions))
await project({ log, store }, 3 * Number(submissions))
