import type {
  Document,
  ReadModelStore,
  ReadModelStoreFault,
} from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { documentCollection, type Projection, rowCollection } from '../../projector/projection.ts'
import { decodeInputRow, decodeOutputRow, decodeResultBody } from './decode-result.ts'
import { hasContent, type Result, type StoredContent } from './result.ts'
import { attemptKey, outputOf, type ResultBody, type StoredInputRow, type StoredOutputRow } from './result-body.ts'
import { resultProjection } from './result-projection.ts'

const rowsPerPage = 500

type Found<A> = Promise<Either<ReadModelStoreFault, A>>

/** A store, and the generation that is read of it. */
type Place = Readonly<{ store: ReadModelStore; generation: Projection }>

const findOutput = async ({ store, generation }: Place, attempt: string): Found<ReadonlyArray<StoredOutputRow>> => {
  const rows: Array<StoredOutputRow> = []
  let after: string | null = null
  while (true) {
    const page: Either<ReadModelStoreFault, ReadonlyArray<Document>> = await store.find({
      collection: rowCollection(generation, 'output'),
      where: {},
      prefix: outputOf(attempt),
      order: 'ascending',
      after,
      limit: rowsPerPage,
    })()
    if (isLeft(page)) return page
    rows.push(...page.right.map(({ body }) => decodeOutputRow(body)))
    after = page.right.at(-1)?.id ?? null
    if (page.right.length < rowsPerPage) return right(rows)
  }
}

const findInput = async ({ store, generation }: Place, submissionId: string): Found<StoredInputRow> => {
  const row = await store.get(rowCollection(generation, 'input'), submissionId)()
  if (isLeft(row)) return row
  if (row.right === null) throw new Error(`the input of submission ${submissionId} is missing`)
  return right(decodeInputRow(row.right.body))
}

const findContent = async (place: Place, { submissionId, status, attempt }: ResultBody): Found<StoredContent> => {
  // Whatever attempts wrote that were given up is not shown.
  const [input, output] = await Promise.all([
    findInput(place, submissionId),
    status === 'completed' ? findOutput(place, attemptKey(submissionId, attempt)) : right([]),
  ])
  if (isLeft(input)) return input
  return isLeft(output) ? output : right({ input: input.right, output: output.right })
}

/** The result of a submission as the read model holds it; null where it does not know the id. */
export const findResult = async (
  store: ReadModelStore,
  submissionId: SubmissionId,
  generation: Projection = resultProjection,
): Found<Result | null> => {
  const document = await store.get(documentCollection(generation), submissionId)()
  if (isLeft(document)) return document
  if (document.right === null) return right(null)
  const { version } = document.right
  const body = decodeResultBody(document.right.body)
  if (!hasContent(body)) return right({ version, body, content: null })
  const content = await findContent({ store, generation }, body)
  return isLeft(content) ? content : right({ version, body, content: content.right })
}
