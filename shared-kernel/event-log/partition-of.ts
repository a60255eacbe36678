import { hash } from 'node:crypto'
import { createRecent } from '../types/recent.ts'

/** Name of the hash below as the genesis records it: a log is never read with another. */
export const partitionHash = 'sha256-48'

// Asked for several times while a submission passes through a process.
const kept = createRecent<number>(256)

const numberOf = (stream: string): number => {
  const known = kept.get(stream)
  if (known !== undefined) return known
  const number = Number.parseInt(hash('sha256', stream).slice(0, 12), 16)
  kept.set(stream, number)
  return number
}

/** The partition a stream lives in for ever: the first 48 bits of the name's SHA-256, modulo the number of partitions. */
export const partitionOf = (stream: string, partitions: number): number => numberOf(stream) % partitions
