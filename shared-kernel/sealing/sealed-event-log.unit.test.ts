import { openInMemoryEventLog } from '../event-log/in-memory/in-memory-event-log.ts'
import { sealedEventLogContract } from './sealed-event-log.contract.ts'

sealedEventLogContract('in memory', async () => openInMemoryEventLog())
