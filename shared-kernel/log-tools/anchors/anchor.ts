import { type KeyObject, sign, verify } from 'node:crypto'
import * as t from 'io-ts'
import { canonicalJson } from '../../event-log/canonical-json.ts'
import { isoDateTime, naturalNumber } from '../../types/primitives.ts'
import { merkleRoot } from './merkle-root.ts'

const head = t.readonly(t.strict({ n: naturalNumber, hash: t.string }), 'Head')
/** The last commit of a partition; `n` is 0 where it has none. */
export type Head = t.TypeOf<typeof head>

/**
 * What a log was at one moment: the heads of all its partitions, in order, the root of the Merkle tree over them, and a
 * signature (Ed25519, base64) of that root with the log's id and the time.
 */
export const anchor = t.readonly(
  t.strict({
    format: t.literal(1),
    logId: t.string,
    at: isoDateTime,
    heads: t.readonlyArray(head),
    root: t.string,
    signature: t.string,
  }),
  'Anchor',
)
export type Anchor = t.TypeOf<typeof anchor>

const rootOf = (heads: ReadonlyArray<Head>): string => merkleRoot(heads.map(({ n, hash }, p) => `${p}:${n}:${hash}`))

const signedBytes = ({ format, logId, at, root }: Omit<Anchor, 'signature'>): Buffer =>
  Buffer.from(canonicalJson({ format, logId, at, root }))

export const signAnchor = (seen: Pick<Anchor, 'logId' | 'at' | 'heads'>, key: KeyObject): Anchor => {
  const unsigned = { format: 1 as const, ...seen, root: rootOf(seen.heads) }
  return { ...unsigned, signature: sign(null, signedBytes(unsigned), key).toString('base64') }
}

type Expected = Readonly<{ logId: string; partitions: number; publicKey: KeyObject }>

/** What is wrong with an anchor, in words; null: the owner of the key saw these heads in this log. */
export const anchorProblem = (found: Anchor, { logId, partitions, publicKey }: Expected): string | null => {
  if (!verify(null, signedBytes(found), publicKey, Buffer.from(found.signature, 'base64')))
    return 'its signature is not of that key'
  if (found.heads.length === 0 || found.root !== rootOf(found.heads)) return 'its heads are not those that were signed'
  if (found.logId !== logId) return `it is of log ${found.logId}`
  return found.heads.length === partitions ? null : `it names ${found.heads.length} partitions of ${partitions}`
}
