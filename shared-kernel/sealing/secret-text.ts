import type { SubmissionReceived } from '../domain-events/submission-received.ts'

type File = SubmissionReceived['data']['files'][number]
type Members = Readonly<Record<string, unknown>>

/** A file with the length of its text in place of it. */
type Counted = Omit<File, 'content'> & Readonly<{ content: number }>

const isWellFormed = ({ content }: File): boolean => content.isWellFormed()

/**
 * What is secret of a submission, to be sealed: its JSON, and behind a line end the files' texts as they are. To escape their
 * line ends and quotes takes longer than to encrypt them. What has no UTF-8 goes into the JSON, as everything did before.
 */
export const secretText = (secret: Members, files: ReadonlyArray<File>): string => {
  if (!files.every(isWellFormed)) return JSON.stringify({ ...secret, files })
  const counted = files.map((file): Counted => ({ ...file, content: file.content.length }))
  return `${JSON.stringify({ ...secret, files: counted })}\n${files.map(({ content }) => content).join('')}`
}

/** The members of such a text; to be decoded. */
export const secretIn = (text: string): Members => {
  const end = text.indexOf('\n')
  if (end === -1) return JSON.parse(text)
  const secret: Members & Readonly<{ files: ReadonlyArray<Counted> }> = JSON.parse(text.slice(0, end))
  let next = end + 1
  const files = secret.files.map(file => {
    const begin = next
    next += file.content
    return { ...file, content: text.slice(begin, next) }
  })
  return { ...secret, files }
}
