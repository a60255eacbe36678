import * as E from 'fp-ts/lib/Either.js'
import type { CompilationCompleted, SealedCompilationCompleted } from '../domain-events/compilation-completed.ts'
import type { DomainEvent } from '../domain-events/domain-event.ts'
import type { OutputChunk, SealedOutputChunk } from '../domain-events/output-chunk.ts'
import type { OutputFileChunk, SealedOutputFileChunk } from '../domain-events/output-file-chunk.ts'
import {
  collectedNames,
  type OutputFilesCollected,
  type SealedOutputFilesCollected,
} from '../domain-events/output-files-collected.ts'
import {
  isKnownMember,
  type SealedSubmissionReceived,
  type SubmissionReceived,
  submissionReceived,
} from '../domain-events/submission-received.ts'
import {
  caseOutput,
  type SealedTestCaseCompleted,
  type TestCaseCompleted,
} from '../domain-events/test-case-completed.ts'
import { decodeBytes, encodeBytes } from '../types/encoded-bytes.ts'
import { quickDecoder } from '../types/quick-decoder.ts'
import { type DataKey, seal, unseal } from './seal-bytes.ts'
import { secretIn, secretText } from './secret-text.ts'

export type PlainContent =
  | SubmissionReceived
  | CompilationCompleted
  | OutputChunk
  | TestCaseCompleted
  | OutputFilesCollected
  | OutputFileChunk
export type SealedContent =
  | SealedSubmissionReceived
  | SealedCompilationCompleted
  | SealedOutputChunk
  | SealedTestCaseCompleted
  | SealedOutputFilesCollected
  | SealedOutputFileChunk

/** What the seal of an event is bound to: it opens nowhere else. */
export type EventPlace = Readonly<{ stream: string; id: string }>

const contentTypes: ReadonlySet<string> = new Set([
  'SubmissionReceived',
  'CompilationCompleted',
  'OutputChunk',
  'TestCaseCompleted',
  'OutputFilesCollected',
  'OutputFileChunk',
])

export const isPlainContent = (event: DomainEvent): event is PlainContent =>
  contentTypes.has(event.type) && event.schema === 1

export const isSealedContent = (event: DomainEvent): event is SealedContent =>
  contentTypes.has(event.type) && event.schema === 2

const contextOf = ({ stream, id }: EventPlace): string => `event ${id} of ${stream}`

type Members = Record<string, unknown>

const parted = (data: SubmissionReceived['data']): Readonly<{ known: Members; secret: Members }> => {
  const parts: Readonly<{ known: Members; secret: Members }> = { known: {}, secret: {} }
  for (const [name, value] of Object.entries(data)) parts[isKnownMember(name) ? 'known' : 'secret'][name] = value
  return parts
}

/** The event as the log keeps it. */
export const sealEvent = (key: DataKey, place: EventPlace, event: PlainContent): SealedContent => {
  const sealed = (bytes: Uint8Array): string => seal(key, contextOf(place), bytes)
  switch (event.type) {
    case 'SubmissionReceived': {
      const { known, secret } = parted(event.data)
      const data = { ...known, sealed: sealed(Buffer.from(secretText(secret, event.data.files))) }
      return { type: 'SubmissionReceived', schema: 2, data: data as SealedSubmissionReceived['data'] }
    }
    case 'CompilationCompleted': {
      const { output, ...known } = event.data
      return { type: 'CompilationCompleted', schema: 2, data: { ...known, sealed: sealed(decodeBytes(output)) } }
    }
    case 'OutputChunk': {
      const { bytes, ...known } = event.data
      const raw = Buffer.from(bytes, 'base64')
      return { type: 'OutputChunk', schema: 2, data: { ...known, size: raw.length, sealed: sealed(raw) } }
    }
    case 'TestCaseCompleted': {
      const { stdout, stderr, ...known } = event.data
      const written = sealed(Buffer.from(JSON.stringify({ stdout, stderr })))
      return { type: 'TestCaseCompleted', schema: 2, data: { ...known, sealed: written } }
    }
    case 'OutputFilesCollected': {
      const { paths, leftOut, ...known } = event.data
      const names = sealed(Buffer.from(JSON.stringify({ paths, leftOut })))
      return { type: 'OutputFilesCollected', schema: 2, data: { ...known, sealed: names } }
    }
    case 'OutputFileChunk': {
      const { bytes, ...known } = event.data
      const raw = Buffer.from(bytes, 'base64')
      return { type: 'OutputFileChunk', schema: 2, data: { ...known, size: raw.length, sealed: sealed(raw) } }
    }
  }
}

/** The bytes an event's seal holds; null where the key or the place is another. */
export const openSealed = (key: DataKey, place: EventPlace, sealed: string): Buffer | null =>
  unseal(key, contextOf(place), sealed)

const decodeReceived = quickDecoder(submissionReceived)

/** What was received, of the known members and the bytes that were sealed; null where they are none. */
const receivedOf = ({ data }: SealedSubmissionReceived, secret: Buffer): SubmissionReceived | null => {
  const { sealed: _, ...known } = data
  const decoded = decodeReceived({
    type: 'SubmissionReceived',
    schema: 1,
    data: { ...known, ...secretIn(secret.toString('utf8')) },
  })
  return E.isRight(decoded) ? decoded.right : null
}

const testedOf = ({ data }: SealedTestCaseCompleted, secret: Buffer): TestCaseCompleted | null => {
  const { sealed: _, ...known } = data
  const written = caseOutput.decode(JSON.parse(secret.toString('utf8')))
  return E.isRight(written) ? { type: 'TestCaseCompleted', schema: 1, data: { ...known, ...written.right } } : null
}

const collectedOf = ({ data }: SealedOutputFilesCollected, secret: Buffer): OutputFilesCollected | null => {
  const { sealed: _, ...known } = data
  const names = collectedNames.decode(JSON.parse(secret.toString('utf8')))
  return E.isRight(names) ? { type: 'OutputFilesCollected', schema: 1, data: { ...known, ...names.right } } : null
}

/** The event as it was decided; null where the key or the place is another. */
export const openEvent = (key: DataKey, place: EventPlace, event: SealedContent): PlainContent | null => {
  const bytes = openSealed(key, place, event.data.sealed)
  if (bytes === null) return null
  switch (event.type) {
    case 'SubmissionReceived':
      return receivedOf(event, bytes)
    case 'CompilationCompleted': {
      const { sealed: _, ...known } = event.data
      return { type: 'CompilationCompleted', schema: 1, data: { ...known, output: encodeBytes(bytes) } }
    }
    case 'OutputChunk': {
      const { sealed: _, size: __, ...known } = event.data
      return { type: 'OutputChunk', schema: 1, data: { ...known, bytes: bytes.toString('base64') } }
    }
    case 'TestCaseCompleted':
      return testedOf(event, bytes)
    case 'OutputFilesCollected':
      return collectedOf(event, bytes)
    case 'OutputFileChunk': {
      const { sealed: _, size: __, ...known } = event.data
      return { type: 'OutputFileChunk', schema: 1, data: { ...known, bytes: bytes.toString('base64') } }
    }
  }
}
