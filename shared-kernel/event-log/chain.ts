import { hash } from 'node:crypto'
import type { StoredCommit } from './commit.ts'

// Each field with its length before it: no two different sequences of fields share an encoding.
const netstrings = (fields: ReadonlyArray<string | number>): string => {
  let text = ''
  for (const field of fields) {
    const value = String(field)
    text += `${Buffer.byteLength(value)}:${value},`
  }
  return text
}

/** What the first commit of a partition names as `prev`. */
export const genesisHash = (logId: string, p: number): string =>
  hash('sha256', netstrings(['runledger-genesis-1', logId, p]))

/** SHA-256 over every other field as it is stored and the log's id: a commit cannot be altered, moved, nor lent to another log. */
export const commitHash = (logId: string, commit: Omit<StoredCommit, 'hash'>): string => {
  const { _id, p, n, s, v, k, events, meta, recordedAt, prev } = commit
  return hash('sha256', netstrings(['runledger-commit-1', logId, _id, p, n, s, v, k, events, meta, recordedAt, prev]))
}
