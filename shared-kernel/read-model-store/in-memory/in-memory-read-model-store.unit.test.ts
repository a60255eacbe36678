import { readModelStoreContract } from '../contract/read-model-store.contract.ts'
import { openInMemoryReadModelStore } from './in-memory-read-model-store.ts'

readModelStoreContract(async () => openInMemoryReadModelStore())
