import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { invalidMembers } from '../../event-log/invalid-members.ts'
import { partitionHash } from '../../event-log/partition-of.ts'
import { isoDateTime, naturalNumber, positiveInteger } from '../../types/primitives.ts'

/** Name of how commits are hashed: what `commitHash` begins with. */
const commitHashScheme = 'runledger-commit-1'

const header = t.strict({
  record: t.literal('header'),
  format: t.literal(1),
  logId: t.string,
  partitions: positiveInteger,
  commits: naturalNumber,
  partitionHash: t.literal(partitionHash),
  commitHash: t.literal(commitHashScheme),
})

const commit = t.strict({
  record: t.literal('commit'),
  _id: t.string,
  p: t.number,
  n: t.number,
  s: t.string,
  v: t.number,
  k: t.number,
  events: t.string,
  meta: t.string,
  recordedAt: t.string,
  prev: t.string,
  hash: t.string,
})

/** What the master key of the data keys is known by. */
const master = t.strict({ record: t.literal('master'), proof: t.string })

/** A data key as it is stored: under the master key. */
const key = t.strict({
  record: t.literal('key'),
  stream: t.string,
  tenant: t.string,
  createdAt: isoDateTime,
  wrapped: t.string,
})

const end = t.intersection([
  t.strict({ record: t.literal('end'), commits: naturalNumber }),
  t.exact(t.partial({ keys: naturalNumber })),
])

/**
 * One line of an exported log: the header first, then the commits in order of (p, n), then the data keys, if there are
 * any, behind what their master key is known by, then the end.
 */
const records = { header, commit, master, key, end } as const
export type TransferRecord = t.TypeOf<(typeof records)[keyof typeof records]>
export type Header = t.TypeOf<typeof header>

/** `commits`: how many are to come, for whoever waits for them; the end says how many came. */
export const headerOf = ({ logId, partitions, commits }: Pick<Header, 'logId' | 'partitions' | 'commits'>): Header => ({
  record: 'header',
  format: 1,
  logId,
  partitions,
  commits,
  partitionHash,
  commitHash: commitHashScheme,
})

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

const kindOf = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'record' in value && typeof value.record === 'string'
    ? value.record
    : null

const isKnown = (kind: string): kind is keyof typeof records => Object.hasOwn(records, kind)

/** Reads a line. Left: what is wrong with it, in words; a kind of record this version does not know, by its name. */
export const readRecord = (line: string): E.Either<string, TransferRecord> => {
  const value = parse(line)
  const kind = kindOf(value)
  if (kind === null) return E.left('is no record: the file was cut or is no exported log')
  if (!isKnown(kind)) return E.left(`is a record of kind ${JSON.stringify(kind)}, which this version cannot import`)
  const codec: t.Decoder<unknown, TransferRecord> = records[kind]
  return pipe(
    codec.decode(value),
    E.mapLeft(errors => `is a ${kind} this version cannot import: see its ${invalidMembers(errors)}`),
  )
}
