import { describe } from 'vitest'
import { appendsContract } from './appends.contract.ts'
import { decisionsContract } from './decisions.contract.ts'
import type { OpenLog } from './log-for-each.ts'
import { propertiesContract } from './properties.contract.ts'
import { refusalsContract } from './refusals.contract.ts'

/** What every event log promises, whatever it is stored in. */
export const eventLogContract = (name: string, open: OpenLog): void => {
  describe(`${name} as an event log`, () => {
    appendsContract(open)
    decisionsContract(open)
    refusalsContract(open)
    propertiesContract(open)
  })
}
