import { commandId } from '../types/ids.ts'
import { isoDateTime } from '../types/primitives.ts'
import type { Transaction } from './event-log.ts'

const isStreamName = (stream: string): boolean => stream !== '' && stream.isWellFormed() && !stream.includes('\0')

/** Throws on what no correct caller sends: the stored fields must come back as they went in. */
export const checkTransaction = (
  transaction: Pick<Transaction<never, never>, 'stream' | 'commandId' | 'occurredAt'>,
): void => {
  if (!isStreamName(transaction.stream)) throw new TypeError('a stream name is non-empty, well-formed text without NUL')
  if (!commandId.is(transaction.commandId)) throw new TypeError('a commandId is a UUID in lower case')
  if (!isoDateTime.is(transaction.occurredAt)) throw new TypeError('occurredAt is ISO-8601 in UTC with milliseconds')
}
