import type {
  OutputFileChunk,
  SealedOutputFileChunk,
} from '@runledger/shared-kernel/domain-events/output-file-chunk.ts'
import type {
  OutputFilesCollected,
  SealedOutputFilesCollected,
} from '@runledger/shared-kernel/domain-events/output-files-collected.ts'
import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import type { Row } from '../../projector/projection.ts'
import { attemptKey, rowsOf, type StoredAnnouncedRow, type StoredFilePieceRow } from './result-body.ts'
import { sealedIn } from './sealed-in.ts'

type Announced = OutputFilesCollected | SealedOutputFilesCollected
type Piece = OutputFileChunk | SealedOutputFileChunk

const namesIn = ({ schema, data }: Announced, recorded: RecordedEvent) =>
  schema === 1 ? { names: { paths: data.paths, leftOut: data.leftOut } } : { sealed: sealedIn(recorded, data) }

export const announcedRowOf = (submissionId: string, event: Announced, recorded: RecordedEvent): Row => {
  const { attempt, sizes, leftOutInAll, cut } = event.data
  const key = attemptKey(submissionId, attempt)
  const body: StoredAnnouncedRow = {
    ...{ attempt: key, sizes, leftOutInAll, ...namesIn(event, recorded) },
    ...(cut === undefined ? {} : { cut }),
  }
  return { collection: 'announced', id: key, body }
}

const contentIn = ({ schema, data }: Piece, recorded: RecordedEvent) =>
  schema === 1 ? { bytes: data.bytes } : { sealed: sealedIn(recorded, data) }

// Both numbers are padded so that rows come sorted by them.
export const filePieceRowOf = (submissionId: string, event: Piece, recorded: RecordedEvent): Row => {
  const { attempt, file, offset } = event.data
  const key = attemptKey(submissionId, attempt)
  const id = `${rowsOf(key)}${String(file).padStart(6, '0')}:${String(offset).padStart(12, '0')}`
  const body: StoredFilePieceRow = { attempt: key, file, offset, ...contentIn(event, recorded) }
  return { collection: 'files', id, body }
}
