import { createHash } from 'node:crypto'

// Leaves and inner nodes are told apart by their first byte, as in RFC 6962: no inner node passes for a leaf.
const digest = (kind: 0 | 1, ...parts: ReadonlyArray<Uint8Array | string>): Buffer => {
  const hash = createHash('sha256').update(Uint8Array.of(kind))
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const largestPowerOfTwoBelow = (count: number): number => 2 ** Math.ceil(Math.log2(count) - 1)

const rootOf = (leaves: ReadonlyArray<Buffer>): Buffer => {
  const [first] = leaves
  if (first === undefined) throw new RangeError('a tree has at least one leaf')
  if (leaves.length === 1) return first
  const half = largestPowerOfTwoBelow(leaves.length)
  return digest(1, rootOf(leaves.slice(0, half)), rootOf(leaves.slice(half)))
}

/** The root of the Merkle tree (RFC 6962, section 2.1) over at least one text, in hexadecimal. */
export const merkleRoot = (texts: ReadonlyArray<string>): string =>
  rootOf(texts.map(text => digest(0, text))).toString('hex')
