import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type Either, left, right } from 'fp-ts/lib/Either.js'

/** `locked`: another process holds it. `unusable`: it cannot be made, read or written. */
export type DataDirFault = Readonly<{ _tag: 'DataDirFault'; kind: 'locked' | 'unusable'; message: string }>

export type DataDirLock = Readonly<{ release: () => void }>

const fault = (kind: DataDirFault['kind'], message: string): DataDirFault => ({ _tag: 'DataDirFault', kind, message })

const holderFile = (folder: string) => join(folder, 'lock.holder')

const describeHolder = (folder: string): string => {
  try {
    return readFileSync(holderFile(folder), 'utf8').trim()
  } catch {
    return 'another process'
  }
}

// Error codes of SQLite: a primary code is the low byte of an extended one.
const sqliteBusy = 5

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === sqliteBusy

const noteHolder = (folder: string) =>
  writeFileSync(holderFile(folder), `process ${process.pid}, since ${new Date().toISOString()}\n`)

// A write transaction left open is a lock the kernel releases with the process, however it dies; it writes nothing.
const takeLock = (folder: string): DatabaseSync => {
  const database = new DatabaseSync(join(folder, 'lock.sqlite'), { timeout: 0 })
  try {
    database.exec('BEGIN IMMEDIATE')
    noteHolder(folder)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * Makes the folder and holds it for this process alone until `release` or the process's end. Whoever comes second is
 * told who holds it.
 */
export const lockDataDir = (folder: string): Either<DataDirFault, DataDirLock> => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const database = takeLock(folder)
    return right({ release: () => database.close() })
  } catch (error) {
    if (isBusy(error)) return left(fault('locked', `${folder} is in use by ${describeHolder(folder)}`))
    return left(fault('unusable', `${folder} cannot be used: ${error instanceof Error ? error.message : error}`))
  }
}
