import { type Either, left, right } from 'fp-ts/lib/Either.js'

/** How far a reader has read each partition of one log. */
export type CommitCursor = Readonly<{ logId: string; positions: ReadonlyArray<number> }>

const idBytes = 16
const mostVarintBytes = 8

const bytesOfId = (logId: string): Buffer => Buffer.from(logId.replaceAll('-', ''), 'hex')

const idOfBytes = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

// Seven bits a byte, the lowest first; the highest bit says that more follow. Bit operations would end at 2^31.
const varint = (value: number): ReadonlyArray<number> =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]

/** Opaque to clients: the log's id, then a number for each partition. */
export const commitCursor = ({ logId, positions }: CommitCursor): string =>
  Buffer.concat([bytesOfId(logId), Buffer.from(positions.flatMap(varint))]).toString('base64url')

const readVarints = (bytes: Iterable<number>): ReadonlyArray<number> | null => {
  const values: Array<number> = []
  let value = 0
  let length = 0
  for (const byte of bytes) {
    value += (byte % 128) * 128 ** length
    length += 1
    if (length > mostVarintBytes || !Number.isSafeInteger(value)) return null
    if (byte >= 128) continue
    values.push(value)
    value = 0
    length = 0
  }
  return length === 0 ? values : null
}

const decode = (text: string): CommitCursor | null => {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length < idBytes) return null
  const positions = readVarints(bytes.subarray(idBytes))
  if (positions === null) return null
  const cursor = { logId: idOfBytes(bytes.subarray(0, idBytes)), positions }
  return commitCursor(cursor) === text ? cursor : null
}

/** The positions a cursor of this log stands for, or why it is none. */
export const readCommitCursor = (
  text: string,
  { logId, tails }: Readonly<{ logId: string; tails: ReadonlyArray<number> }>,
): Either<string, ReadonlyArray<number>> => {
  const cursor = decode(text)
  if (cursor === null) return left('must be a cursor that this endpoint gave')
  if (cursor.logId !== logId || cursor.positions.length !== tails.length) return left('is a cursor of another log')
  if (cursor.positions.some((position, p) => position > (tails[p] ?? 0))) return left('is ahead of this log')
  return right(cursor.positions)
}
