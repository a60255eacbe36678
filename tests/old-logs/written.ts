import type { StoredCommit } from '@runledger/shared-kernel/event-log/commit.ts'

type Written = Readonly<{ type: string; schema: number; data: Readonly<Record<string, unknown>> }>

/** What a client must find of a submission, told by the bytes of its log alone. */
export type Told = Readonly<{ status: string; outcome: string | null; stdout: Buffer; stderr: Buffer }>

const nothing = Buffer.alloc(0)

const untold: Told = { status: 'pending', outcome: null, stdout: nothing, stderr: nothing }

const statuses: Readonly<Record<string, string>> = {
  ExecutionCompleted: 'completed',
  ExecutionFailed: 'failed',
  SubmissionCancelled: 'cancelled',
}

const chunkOf = ({ type, data }: Written, stream: 'stdout' | 'stderr'): Buffer =>
  type === 'OutputChunk' && data['stream'] === stream ? Buffer.from(String(data['bytes']), 'base64') : nothing

const tell = (told: Told, written: Written): Told => {
  // What an attempt wrote before it was given up is not its submission's output.
  if (written.type === 'ExecutionAbandoned') return untold
  const outcome = written.type === 'ExecutionFailed' ? 'internal_error' : written.data['outcome']
  return {
    status: statuses[written.type] ?? told.status,
    outcome: typeof outcome === 'string' ? outcome : told.outcome,
    stdout: Buffer.concat([told.stdout, chunkOf(written, 'stdout')]),
    stderr: Buffer.concat([told.stderr, chunkOf(written, 'stderr')]),
  }
}

/** Events of a commit as they were written: no codec and no upcaster comes between. */
export const writtenIn = ({ events }: StoredCommit): ReadonlyArray<Written> => JSON.parse(events)

/** What the commits tell of each submission, by its id. Reads the first schema of each event, which no later code alters. */
export const toldBy = (commits: ReadonlyArray<StoredCommit>): ReadonlyMap<string, Told> => {
  const told = new Map<string, Told>()
  for (const commit of commits) {
    const id = commit.s.replace('submission-', '')
    told.set(id, writtenIn(commit).reduce(tell, told.get(id) ?? untold))
  }
  return told
}
