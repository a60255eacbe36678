import type { FieldError } from '@runledger/shared-kernel/http/problem.ts'
import { clashingNames } from './clashing-names.ts'
import type { SubmitBody } from './submit-body.ts'

const mostFiles = 256
const mostArguments = 256
const mostArgumentBytes = 64 * 1024

/** What the members of a body, each well-formed, say against each other or sum up to. Counts first: they bound the rest. */
export const contradictions = (body: SubmitBody): ReadonlyArray<FieldError> => {
  const counts = [...bothForms(body), ...tooMany(body)]
  const names = (body.files ?? []).map(({ name }) => name)
  return counts.length > 0 ? counts : [...badBase64(body), ...clashingNames(names)]
}

const bothForms = ({ code, files }: SubmitBody): ReadonlyArray<FieldError> => [
  ...complaint(code !== undefined && files !== undefined, 'files', 'must not be sent together with code'),
  ...complaint(code === undefined && files?.length === 0, 'files', 'must not be empty'),
]

const tooMany = ({ files = [], args = [] }: SubmitBody): ReadonlyArray<FieldError> => [
  ...complaint(files.length > mostFiles, 'files', `must be at most ${mostFiles}`),
  ...complaint(args.length > mostArguments, 'args', `must be at most ${mostArguments}`),
  ...complaint(
    args.reduce((sum, arg) => sum + Buffer.byteLength(arg) + 1, 0) > mostArgumentBytes,
    'args',
    `must be at most ${mostArgumentBytes} bytes together`,
  ),
]

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
