import type { EventLogFault } from '../event-log.ts'

// Primary result codes, https://www.sqlite.org/rescode.html; the low byte of an extended one.
const kinds: ReadonlyMap<number, EventLogFault['kind']> = new Map([
  [5, 'contended'], // BUSY
  [6, 'contended'], // LOCKED
  [7, 'unreachable'], // NOMEM
  [8, 'unreachable'], // READONLY
  [10, 'unreachable'], // IOERR
  [11, 'corrupt'], // CORRUPT
  [13, 'full'], // FULL
  [14, 'unreachable'], // CANTOPEN
  [26, 'corrupt'], // NOTADB
])

// The shared-memory file beside the log could not grow: SQLite calls a full disk an I/O error there.
const ioErrorShmSize = 4874

const hasResultCode = (thrown: unknown): thrown is Error & { readonly errcode: number } =>
  thrown instanceof Error && 'errcode' in thrown && typeof thrown.errcode === 'number'

const kindOf = (code: number): EventLogFault['kind'] | undefined =>
  code === ioErrorShmSize ? 'full' : kinds.get(code & 0xff)

/** What an error of the driver says of the store; null where it is a defect of ours. */
export const sqliteFault = (thrown: unknown): EventLogFault | null => {
  if (!hasResultCode(thrown)) return null
  const kind = kindOf(thrown.errcode)
  if (kind === undefined) return null
  return { _tag: 'EventLogFault', kind, message: `sqlite: ${thrown.message} (${thrown.errcode})` }
}
