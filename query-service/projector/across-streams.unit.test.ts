import { openInMemoryReadModelStore } from '@runledger/shared-kernel/read-model-store/in-memory/in-memory-read-model-store.ts'
import { acrossStreamsContract } from './across-streams.contract.ts'

acrossStreamsContract(async () => openInMemoryReadModelStore(), { numRuns: 100 })
