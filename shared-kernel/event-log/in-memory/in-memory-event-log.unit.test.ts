import { eventLogContract } from '../contract/event-log.contract.ts'
import { openInMemoryEventLog } from './in-memory-event-log.ts'

eventLogContract('the in-memory log', async options => openInMemoryEventLog(options))
