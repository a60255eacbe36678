import type { CommitContent, RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import { decodeCommit, type UndecodableCommit } from '@runledger/shared-kernel/event-log/decode-commit.ts'
import { trustCommit } from '@runledger/shared-kernel/event-log/trust-commit.ts'
import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import type { FeedItem } from './fold-batch.ts'

const feedItem =
  (decode: (commit: CommitContent) => Either<UndecodableCommit, ReadonlyArray<RecordedEvent>>) =>
  (commit: CommitContent): FeedItem => {
    const place = { stream: commit.s, position: { p: commit.p, n: commit.n } }
    const decoded = decode(commit)
    return isLeft(decoded)
      ? { ...place, decoded: false, version: commit.v, error: decoded.left.why }
      : { ...place, decoded: true, events: decoded.right }
  }

export const decodeFeedItem = feedItem(decodeCommit)

/** What is made of it has to be compared with what `decodeFeedItem` gives. */
export const trustFeedItem = feedItem(trustCommit)
