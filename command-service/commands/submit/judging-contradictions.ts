import type { FieldError } from '@runledger/shared-kernel/http/problem.ts'
import { argumentsComplaint } from './argument.ts'
import { isBase64 } from './is-base64.ts'
import type { SubmitBody } from './submit-body.ts'

type Case = NonNullable<SubmitBody['tests']>[number]

const complaint = (holds: boolean, field: string, message: string): ReadonlyArray<FieldError> =>
  holds ? [{ field, message }] : []

const ofCase = ({ stdin = '', args = [], expectedOutput = '', encoding }: Case, index: number) => {
  const tooLong = argumentsComplaint(args)
  const isBinary = encoding === 'base64'
  return [
    ...complaint(isBinary && !isBase64(stdin), `tests[${index}].stdin`, 'must be base64'),
    ...complaint(isBinary && !isBase64(expectedOutput), `tests[${index}].expectedOutput`, 'must be base64'),
    ...(tooLong === null ? [] : [{ field: `tests[${index}].args`, message: tooLong }]),
  ]
}

const besideTests = ({ tests, stdInput, expectedOutput }: SubmitBody): ReadonlyArray<FieldError> => {
  if (tests === undefined) return []
  const message = 'must not be sent together with tests, of which each has its own'
  return [
    ...complaint(tests.length === 0, 'tests', 'must not be empty'),
    ...complaint(stdInput !== undefined, 'stdInput', message),
    ...complaint(expectedOutput !== undefined, 'expectedOutput', message),
  ]
}

const withoutUse = ({ tests, expectedOutput, comparison, tolerance, stopOnFirstFailure }: SubmitBody) => {
  const isJudged = tests !== undefined || expectedOutput !== undefined
  const message = 'is of no use without tests or expectedOutput'
  return [
    ...complaint(!isJudged && comparison !== undefined, 'comparison', message),
    ...complaint(!isJudged && stopOnFirstFailure !== undefined, 'stopOnFirstFailure', message),
    ...complaint(tolerance !== undefined && comparison !== 'float', 'tolerance', 'is for the comparison float only'),
  ]
}

/** What the members that say how a program is judged say against each other and the rest. */
export const judgingContradictions = (body: SubmitBody): ReadonlyArray<FieldError> => [
  ...besideTests(body),
  ...withoutUse(body),
  ...(body.tests ?? []).flatMap(ofCase),
]
