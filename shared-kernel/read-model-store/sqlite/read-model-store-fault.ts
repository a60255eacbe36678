import type { ReadModelStoreFault } from '../read-model-store.ts'

const primaryCodes = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  inputOutput: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const

const unreachable: ReadonlyArray<number> = Object.values(primaryCodes).filter(code => code !== primaryCodes.full)
const damaged: ReadonlyArray<number> = [primaryCodes.corrupt, primaryCodes.notADatabase]

const primaryCodeOf = (error: Error): number | null =>
  'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null

const isClosed = (error: Error): boolean => 'code' in error && error.code === 'ERR_INVALID_STATE'

const fault = (kind: ReadModelStoreFault['kind'], message: string): ReadModelStoreFault => ({
  _tag: 'ReadModelStoreFault',
  kind,
  message,
})

/** What an error of the driver means to the port. An error that is no state of the store is a defect and thrown again. */
export const readModelStoreFault = (error: unknown): ReadModelStoreFault => {
  if (!(error instanceof Error)) throw error
  if (isClosed(error)) return fault('unreachable', 'the read-model store is closed')
  const code = primaryCodeOf(error)
  if (code === primaryCodes.full) return fault('full', 'no room left for the read models')
  if (code === null || !unreachable.includes(code)) throw error
  const remedy = damaged.includes(code) ? '; delete the file, it is rebuilt from the log' : ''
  return fault('unreachable', `${error.message}${remedy}`)
}
