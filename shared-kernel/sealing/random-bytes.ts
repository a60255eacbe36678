import { randomFillSync } from 'node:crypto'

const poolBytes = 8192

let pool = Buffer.alloc(0)

/** As random as `crypto.randomBytes`, which asks for each few bytes anew. No byte is given twice. */
export const pooledRandomBytes = (size: number): Buffer => {
  if (pool.length < size) pool = randomFillSync(Buffer.allocUnsafeSlow(Math.max(poolBytes, size)))
  const taken = pool.subarray(0, size)
  pool = pool.subarray(size)
  return taken
}
