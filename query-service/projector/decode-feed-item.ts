import type { CommitContent, RecordedEvent, StoredCommit } from '@runledger/shared-kernel/event-log/commit.ts'
import { decodeCommit, type UndecodableCommit } from '@runledger/shared-kernel/event-log/decode-commit.ts'
import { decodedOnce } from '@runledger/shared-kernel/event-log/decoded-once.ts'
import { trustCommit } from '@runledger/shared-kernel/event-log/trust-commit.ts'
import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import type { FeedItem } from './fold-batch.ts'

const feedItem =
  <Commit extends CommitContent>(decode: (commit: Commit) => Either<UndecodableCommit, ReadonlyArray<RecordedEvent>>) =>
  (commit: Commit): FeedItem => {
    const { s: stream, p, n, v: version } = commit
    const position = { p, n }
    const decoded = decode(commit)
    return isLeft(decoded)
      ? { stream, position, decoded: false, version, error: decoded.left.why }
      : { stream, position, decoded: true, events: decoded.right }
  }

export const decodeFeedItem = feedItem(decodeCommit)

/** As `decodeFeedItem`, of commits that others in this process follow as well. */
export const sharedFeedItem = feedItem<StoredCommit>(decodedOnce)

/** What is made of it has to be compared with what `decodeFeedItem` gives. */
export const trustFeedItem = feedItem(trustCommit)
