import type { FieldError } from '@runledger/shared-kernel/http/problem.ts'
import { argumentsComplaint } from './argument.ts'
import { clashingNames } from './clashing-names.ts'
import { isBase64 } from './is-base64.ts'
import { judgingContradictions } from './judging-contradictions.ts'
import { outputContradictions } from './output-members.ts'
import type { SubmitBody } from './submit-body.ts'

/** What the members of a body, each well-formed, say against each other or sum up to. */
export const contradictions = (body: SubmitBody): ReadonlyArray<FieldError> => [
  ...bothForms(body),
  ...tooLong(body),
  ...badBase64(body),
  ...judgingContradictions(body),
  ...outputContradictions(body),
  ...clashingNames((body.files ?? []).map(({ name }) => name)),
]

const bothForms = ({ code, files }: SubmitBody): ReadonlyArray<FieldError> => [
  ...complaint(code !== undefined && files !== undefined, 'files', 'must not be sent together with code'),
  ...complaint(code === undefined && files?.length === 0, 'files', 'must not be empty'),
]

const tooLong = ({ args = [] }: SubmitBody): ReadonlyArray<FieldError> => {
  const message = argumentsComplaint(args)
  return message === null ? [] : [{ field: 'args', message }]
}

const badBase64 = ({ files = [], stdInput = '', stdInputEncoding }: SubmitBody): ReadonlyArray<FieldError> => [
  ...complaint(stdInputEncoding === 'base64' && !isBase64(stdInput), 'stdInput', 'must be base64'),
  ...files.flatMap(({ content, encoding }, index) =>
    complaint(encoding === 'base64' && !isBase64(content), `files[${index}].content`, 'must be base64'),
  ),
]

const complaint = (holds: boolean, field: string, message: string): ReadonlyArray<FieldError> =>
  holds ? [{ field, message }] : []
