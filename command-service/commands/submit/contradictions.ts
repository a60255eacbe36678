import type { FieldError } from '@runledger/shared-kernel/http/problem.ts'
import { clashingNames } from './clashing-names.ts'
import type { SubmitBody } from './submit-body.ts'

const mostArgumentBytes = 64 * 1024

/** What the members of a body, each well-formed, say against each other or sum up to. */
export const contradictions = (body: SubmitBody): ReadonlyArray<FieldError> => [
  ...bothForms(body),
  ...tooLong(body),
  ...badBase64(body),
  ...clashingNames((body.files ?? []).map(({ name }) => name)),
]

const bothForms = ({ code, files }: SubmitBody): ReadonlyArray<FieldError> => [
  ...complaint(code !== undefined && files !== undefined, 'files', 'must not be sent together with code'),
  ...complaint(code === undefined && files?.length === 0, 'files', 'must not be empty'),
]

const tooLong = ({ args = [] }: SubmitBody): ReadonlyArray<FieldError> =>
  complaint(
    args.reduce((sum, arg) => sum + Buffer.byteLength(arg) + 1, 0) > mostArgumentBytes,
    'args',
    `must be at most ${mostArgumentBytes} bytes together`,
  )

const badBase64 = ({ files = [], stdInput = '', stdInputEncoding }: SubmitBody): ReadonlyArray<FieldError> => [
  ...complaint(stdInputEncoding === 'base64' && !isBase64(stdInput), 'stdInput', 'must be base64'),
  ...files.flatMap(({ content, encoding }, index) =>
    complaint(encoding === 'base64' && !isBase64(content), `files[${index}].content`, 'must be base64'),
  ),
]

/** Padded, of the standard alphabet, without white space: the one text that these bytes have. */
const isBase64 = (text: string): boolean => Buffer.from(text, 'base64').toString('base64') === text

const complaint = (holds: boolean, field: string, message: string): ReadonlyArray<FieldError> =>
  holds ? [{ field, message }] : []
