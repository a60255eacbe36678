import type {
  Document,
  JsonObject,
  ReadModelStore,
  ReadModelStoreFault,
} from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'
import { documentCollection, type Projection, rowCollection } from '../../projector/projection.ts'
import {
  decodeAnnouncedRow,
  decodeCaseRow,
  decodeFilePieceRow,
  decodeInputRow,
  decodeOutputRow,
  decodeResultBody,
} from './decode-result.ts'
import { hasContent, type Result, type StoredContent, type StoredFiles } from './result.ts'
import { attemptKey, type ResultBody, rowsOf, type StoredInputRow } from './result-body.ts'
import { resultProjection } from './result-projection.ts'

const rowsPerPage = 500

type Found<A> = Promise<Either<ReadModelStoreFault, A>>

/** A store, and the generation that is read of it. */
type Place = Readonly<{ store: ReadModelStore; generation: Projection }>

type Rows<A> = Readonly<{ collection: string; decode: (stored: JsonObject) => A }>

const findRows = async <A>(
  { store, generation }: Place,
  { collection, decode }: Rows<A>,
  attempt: string,
): Found<ReadonlyArray<A>> => {
  const rows: Array<A> = []
  let after: string | null = null
  while (true) {
    const page: Either<ReadModelStoreFault, ReadonlyArray<Document>> = await store.find({
      collection: rowCollection(generation, collection),
      where: {},
      prefix: rowsOf(attempt),
      order: 'ascending',
      after,
      limit: rowsPerPage,
    })()
    if (isLeft(page)) return page
    rows.push(...page.right.map(({ body }) => decode(body)))
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

// Whatever attempts wrote that were given up is not shown.
const findOutput = (place: Place, { submissionId, status, attempt }: ResultBody) =>
  status === 'completed'
    ? findRows(place, { collection: 'output', decode: decodeOutputRow }, attemptKey(submissionId, attempt))
    : right([])

const findCases = (place: Place, { submissionId, verdict, attempt }: ResultBody) =>
  verdict?.tests === undefined
    ? right([])
    : findRows(place, { collection: 'tests', decode: decodeCaseRow }, attemptKey(submissionId, attempt))

const findFiles = async (place: Place, body: ResultBody): Found<StoredFiles | null> => {
  if (body.outputLimits === undefined || body.status !== 'completed') return right(null)
  const attempt = attemptKey(body.submissionId, body.attempt)
  const announced = await place.store.get(rowCollection(place.generation, 'announced'), attempt)()
  if (isLeft(announced)) return announced
  if (announced.right === null) return right(null)
  const pieces = await findRows(place, { collection: 'files', decode: decodeFilePieceRow }, attempt)
  if (isLeft(pieces)) return pieces
  return right({ announced: decodeAnnouncedRow(announced.right.body), pieces: pieces.right })
}

const findContent = async (place: Place, body: ResultBody): Found<StoredContent> => {
  const [input, output, cases, files] = await Promise.all([
    findInput(place, body.submissionId),
    findOutput(place, body),
    findCases(place, body),
    findFiles(place, body),
  ])
  if (isLeft(input)) return input
  if (isLeft(output)) return output
  if (isLeft(cases)) return cases
  if (isLeft(files)) return files
  return right({ input: input.right, output: output.right, cases: cases.right, files: files.right })
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
