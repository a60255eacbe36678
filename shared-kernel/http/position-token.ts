import type { Position } from '../event-log/commit.ts'

/** A position as clients carry it from a write to a read: opaque to them. */
export const positionToken = ({ p, n }: Position): string => Buffer.from(`${p}.${n}`).toString('base64url')

/** The position a token stands for; null where it is none of ours. */
export const readPositionToken = (token: string): Position | null => {
  const match = /^(\d{1,6})\.(\d{1,15})$/.exec(Buffer.from(token, 'base64url').toString('latin1'))
  if (match === null) return null
  const position = { p: Number(match[1]), n: Number(match[2]) }
  return positionToken(position) === token ? position : null
}
