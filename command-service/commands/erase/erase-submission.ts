import type { CommitMeta } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLogFault, Refused } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { KeyStoreFault } from '@runledger/shared-kernel/sealing/key-store.ts'
import type { SubmissionRefusal } from '@runledger/shared-kernel/submission/submission-command.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { CommandId, SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Dependencies } from '../../dependencies.ts'
import { type Executed, execute } from '../../execute.ts'

export type EraseDependencies = Pick<Dependencies, 'log' | 'now'> &
  Readonly<{ keyring: Pick<Dependencies['keyring'], 'destroy'> }>

type Erasure = Readonly<{
  submissionId: SubmissionId
  commandId: CommandId
  meta: Omit<CommitMeta, 'commandId'>
  why: string
}>

export type EraseFault = EventLogFault | KeyStoreFault | Refused<SubmissionRefusal>

/**
 * Records the erasure, then deletes the data key: after a crash between the two the log says what has still to be
 * deleted. Done again, it does what was left undone.
 */
export const eraseSubmission = (
  dependencies: EraseDependencies,
  { why, ...order }: Erasure,
): TE.TaskEither<EraseFault, Executed> =>
  pipe(
    execute(dependencies, { ...order, command: { _tag: 'EraseSubmission', who: order.meta.actor, why } }),
    TE.tap(
      (): TE.TaskEither<EraseFault, number> => dependencies.keyring.destroy([submissionStream(order.submissionId)]),
    ),
  )
