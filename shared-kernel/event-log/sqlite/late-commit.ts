import type { CommitContent } from '../commit.ts'

/** What few look at: who asked, and what only the chain needs. */
export type Rest = Pick<CommitContent, 'meta' | 'recordedAt' | 'hash'>

/** What is known of a commit at once; `meta` null where it is read as the rest is. */
type Known = Omit<CommitContent, keyof Rest> & Readonly<{ meta: string | null }>

/** A commit whose rest is read when it is asked for, which may throw. */
export class LateCommit implements CommitContent {
  readonly p: number
  readonly n: number
  readonly s: string
  readonly v: number
  readonly k: number
  readonly events: string
  readonly #meta: string | null
  readonly #rest: () => Rest

  constructor({ p, n, s, v, k, events, meta }: Known, rest: () => Rest) {
    this.p = p
    this.n = n
    this.s = s
    this.v = v
    this.k = k
    this.events = events
    this.#meta = meta
    this.#rest = rest
  }

  get meta(): string {
    return this.#meta ?? this.#rest().meta
  }

  get recordedAt(): string {
    return this.#rest().recordedAt
  }

  get hash(): string {
    return this.#rest().hash
  }
}
