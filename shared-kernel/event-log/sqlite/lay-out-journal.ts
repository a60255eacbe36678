import { closeSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs'

const mebibyte = 1024 * 1024

/** A little more than is written between two checkpoints. */
export const journalBytes = 32 * mebibyte

const writeZeros = (descriptor: number, from: number): void => {
  const zeros = Buffer.alloc(mebibyte)
  for (let at = from; at < journalBytes; at += zeros.length)
    writeSync(descriptor, zeros, 0, Math.min(zeros.length, journalBytes - at), at)
  fdatasyncSync(descriptor)
}

/**
 * Makes the write-ahead file of an open database as long as it gets. What SQLite finds there ends where frames end, and zeros
 * are none. No other process may write to the database meanwhile.
 */
export const layOutJournal = (file: string): void => {
  const journal = openSync(`${file}-wal`, 'r+')
  const { size } = fstatSync(journal)
  try {
    writeZeros(journal, size)
  } catch {
    // It grows as it is written then, while there is room.
    ftruncateSync(journal, size)
  } finally {
    closeSync(journal)
  }
}
