import * as E from 'fp-ts/lib/Either.js'

/** `p:n` texts as one position per partition. */
export const readPositions = (
  texts: ReadonlyArray<string>,
  partitions: number,
): E.Either<string, ReadonlyMap<number, number>> => {
  const positions = new Map<number, number>()
  for (const text of texts) {
    const [, p, n] = /^(\d{1,4}):([1-9]\d{0,14})$/.exec(text) ?? []
    if (p === undefined || n === undefined) return E.left(`${text} is no position: write <partition>:<position>, 3:120`)
    if (Number(p) >= partitions) return E.left(`${text}: the partitions are 0 to ${partitions - 1}`)
    if (positions.has(Number(p))) return E.left(`${text}: partition ${p} is named twice`)
    positions.set(Number(p), Number(n))
  }
  return E.right(positions)
}
