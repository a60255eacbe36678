import type { CommitContent } from '@runledger/shared-kernel/event-log/commit.ts'
import { decodeCommit } from '@runledger/shared-kernel/event-log/decode-commit.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { FeedItem } from './fold-batch.ts'

export const decodeFeedItem = (commit: CommitContent): FeedItem => {
  const place = { stream: commit.s, position: { p: commit.p, n: commit.n } }
  const decoded = decodeCommit(commit)
  return isLeft(decoded)
    ? { ...place, decoded: false, version: commit.v, error: decoded.left.why }
    : { ...place, decoded: true, events: decoded.right }
}
