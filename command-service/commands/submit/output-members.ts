import type { SubmissionReceived } from '@runledger/shared-kernel/domain-events/submission-received.ts'
import type { FieldError } from '@runledger/shared-kernel/http/problem.ts'
import type { OutputLimits } from '@runledger/shared-kernel/types/output-limits.ts'
import * as t from 'io-ts'
import { integerUpTo } from './integer-up-to.ts'
import { outputPatterns } from './output-pattern.ts'

/** What a submission says of the files it wants to have from its program. */
export const outputMembers = ({ files, fileBytes, totalBytes }: OutputLimits) => ({
  outputs: outputPatterns,
  outputLimits: t.exact(
    t.partial({
      files: integerUpTo(files),
      fileBytes: integerUpTo(fileBytes),
      totalBytes: integerUpTo(totalBytes),
    }),
    'an object of limits',
  ),
})

type Members = Readonly<{
  outputs?: ReadonlyArray<string> | undefined
  outputLimits?: { [Limit in keyof OutputLimits]?: number | undefined } | undefined
}>

type Judging = Readonly<{ tests?: unknown; expectedOutput?: unknown }>

/** Cases run on files of their own, which no submission has a name for. */
const besideJudging = 'must not be sent together with tests or expectedOutput: files are kept of a single run only'

export const outputContradictions = (body: Members & Judging): ReadonlyArray<FieldError> => {
  const { outputs, outputLimits, tests, expectedOutput } = body
  const isJudged = tests !== undefined || expectedOutput !== undefined
  return [
    ...(outputs?.length === 0 ? [{ field: 'outputs', message: 'must not be empty' }] : []),
    ...(outputs !== undefined && isJudged ? [{ field: 'outputs', message: besideJudging }] : []),
    ...(outputs === undefined && outputLimits !== undefined
      ? [{ field: 'outputLimits', message: 'is of no use without outputs' }]
      : []),
  ]
}

/** The same as it is recorded: with the limits that hold. */
export const outputsOf = (
  { outputs, outputLimits = {} }: Members,
  most: OutputLimits,
): Pick<SubmissionReceived['data'], 'outputs' | 'outputLimits'> => {
  if (outputs === undefined) return {}
  const { files = most.files, fileBytes = most.fileBytes, totalBytes = most.totalBytes } = outputLimits
  return { outputs, outputLimits: { files, fileBytes, totalBytes } }
}
