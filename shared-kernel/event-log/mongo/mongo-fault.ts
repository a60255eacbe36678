import { type MongoTrouble, mongoTrouble } from '../../mongo/mongo-trouble.ts'
import type { EventLogFault } from '../event-log.ts'
import { CorruptCommit } from './corrupt-commit.ts'

const kinds: Readonly<Record<Exclude<MongoTrouble, 'duplicate'>, EventLogFault['kind']>> = {
  unsent: 'unreachable',
  uncertain: 'unreachable',
  denied: 'unreachable',
  full: 'full',
}

/** What was thrown says of the store; null where it is a defect of ours. */
export const mongoFault = (thrown: unknown): EventLogFault | null => {
  if (thrown instanceof CorruptCommit) return { _tag: 'EventLogFault', kind: 'corrupt', message: thrown.message }
  const trouble = mongoTrouble(thrown)
  if (trouble === null || trouble === 'duplicate' || !(thrown instanceof Error)) return null
  return { _tag: 'EventLogFault', kind: kinds[trouble], message: `mongodb: ${thrown.message}` }
}
