import { randomUUID } from 'node:crypto'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { append, completed, received, started, wrote } from './submission-events.fixture.ts'

const program = 'import sys\nfor line in sys.stdin:\n    print(line.strip()[::-1])\n'

// Ids begin with their time, as those of real submissions do.
const idAt = (index: number): SubmissionId =>
  `${index.toString(16).padStart(8, '0')}-0000-7${randomUUID().slice(15)}` as SubmissionId

const live = async (log: EventLog, index: number): Promise<SubmissionId> => {
  const id = idAt(index)
  const files = [{ name: 'main.py', content: `# ${index}\n${program}`, encoding: 'utf8' as const }]
  await append(log, id, [received({ files })])
  await append(log, id, [started()])
  await append(log, id, [wrote({ bytes: `line ${index}\n`.repeat(4) }), completed()])
  return id
}

/** Appends the lives of submissions, three commits each as short programs make them; `together` at once. */
export const generateLog = async (
  log: EventLog,
  { commits, together = 64 }: Readonly<{ commits: number; together?: number }>,
): Promise<ReadonlyArray<SubmissionId>> => {
  const ids: Array<SubmissionId> = []
  const total = Math.ceil(commits / 3)
  let next = 0
  const writer = async (): Promise<void> => {
    while (next < total) {
      next += 1
      ids.push(await live(log, next))
    }
  }
  await Promise.all(Array.from({ length: together }, writer))
  return ids
}
