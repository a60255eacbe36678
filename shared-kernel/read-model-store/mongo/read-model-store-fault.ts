import { mongoTrouble } from '../../mongo/mongo-trouble.ts'
import type { ReadModelStoreFault } from '../read-model-store.ts'

/** What was thrown means to the port. What is no state of the store is a defect and thrown again. */
export const readModelStoreFault = (thrown: unknown): ReadModelStoreFault => {
  const trouble = mongoTrouble(thrown)
  if (trouble === null || trouble === 'duplicate' || !(thrown instanceof Error)) throw thrown
  const kind = trouble === 'full' ? 'full' : 'unreachable'
  return { _tag: 'ReadModelStoreFault', kind, message: `mongodb: ${thrown.message}` }
}
