import { hash } from 'node:crypto'

/** Name of the hash below as the genesis records it: a log is never read with another. */
export const partitionHash = 'sha256-48'

/** The partition a stream lives in for ever: the first 48 bits of the name's SHA-256, modulo the number of partitions. */
export const partitionOf = (stream: string, partitions: number): number =>
  Number.parseInt(hash('sha256', stream).slice(0, 12), 16) % partitions
