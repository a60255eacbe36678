import type { CommitMeta } from '@runledger/shared-kernel/event-log/commit.ts'
import type { EventLogFault, Refused, Transacted } from '@runledger/shared-kernel/event-log/event-log.ts'
import { decide } from '@runledger/shared-kernel/submission/decide.ts'
import { evolve } from '@runledger/shared-kernel/submission/evolve.ts'
import type { SubmissionCommand, SubmissionRefusal } from '@runledger/shared-kernel/submission/submission-command.ts'
import { initialSubmission, type SubmissionState } from '@runledger/shared-kernel/submission/submission-state.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { CommandId, SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Dependencies } from './dependencies.ts'

type Order = Readonly<{
  submissionId: SubmissionId
  commandId: CommandId
  meta: Omit<CommitMeta, 'commandId'>
  command: SubmissionCommand
}>

export type Executed = Transacted<SubmissionState>

/** Decides a command on the stream of its submission and appends what follows. */
export const execute = (
  { log, now }: Pick<Dependencies, 'log' | 'now'>,
  { submissionId, commandId, meta, command }: Order,
): TaskEither<EventLogFault | Refused<SubmissionRefusal>, Executed> =>
  log.transact({
    stream: submissionStream(submissionId),
    commandId,
    meta,
    occurredAt: now().toISOString(),
    remembered: { version: 0, state: initialSubmission },
    evolve,
    decide: decide(command),
  })
