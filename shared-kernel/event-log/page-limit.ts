import type { CommitContent } from './commit.ts'

/** About as many bytes of events as a page should hold, and as many commits as it may. */
export type PageBounds = Readonly<{ bytes: number; most: number }>

/** Of the events as they are stored: what a commit weighs. */
export const bytesOf = (commits: ReadonlyArray<CommitContent>): number =>
  commits.reduce((bytes, { events }) => bytes + events.length, 0)

/** How many commits to ask for after a page of that many was asked for: large ones in smaller numbers. */
export const nextLimit = (limit: number, { bytes, most }: PageBounds, page: ReadonlyArray<CommitContent>): number =>
  bytesOf(page) > bytes ? Math.max(1, limit >> 1) : Math.min(most, limit << 1)
