import type { JsonObject } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'
import { quickDecoder } from '@runledger/shared-kernel/types/quick-decoder.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import {
  resultBody,
  storedAnnouncedRow,
  storedCaseRow,
  storedFilePieceRow,
  storedInputRow,
  storedOutputRow,
} from './result-body.ts'

// The read model is written by this code alone: what does not decode is a defect, not an answer.
const decodeOrThrow = <A>(codec: t.Type<A, unknown>) => {
  const decode = quickDecoder(codec)
  return (stored: JsonObject): A => {
    const decoded = decode(stored)
    if (isLeft(decoded)) throw new Error(`a stored ${codec.name} does not decode`)
    return decoded.right
  }
}

export const decodeResultBody = decodeOrThrow(resultBody)
export const decodeInputRow = decodeOrThrow(storedInputRow)
export const decodeCaseRow = decodeOrThrow(storedCaseRow)
export const decodeAnnouncedRow = decodeOrThrow(storedAnnouncedRow)
export const decodeFilePieceRow = decodeOrThrow(storedFilePieceRow)
export const decodeOutputRow = decodeOrThrow(storedOutputRow)
