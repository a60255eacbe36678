import type { CommitMeta } from '@runledger/shared-kernel/event-log/commit.ts'
import type { CommandId, SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import type { Request } from 'express'
import type { Caller } from './caller.ts'

type Cause = Readonly<{ caller: Caller; submissionId: SubmissionId; commandId: CommandId }>

const correlationPattern = /^[\w.:-]{1,128}$/
const traceparentPattern = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

/** What a commit keeps of the request that caused it. Headers that are not what they should be are left out. */
export const commitMetaOf = (
  request: Request,
  { caller, submissionId, commandId }: Cause,
): Omit<CommitMeta, 'commandId'> => ({
  ...caller,
  correlationId: matching(request.get('x-correlation-id'), correlationPattern) ?? submissionId,
  causationId: commandId,
  traceparent: matching(request.get('traceparent'), traceparentPattern),
})

const matching = (value: string | undefined, pattern: RegExp): string | null =>
  value !== undefined && pattern.test(value) ? value : null
