import { keyStoreContract } from '../key-store.contract.ts'
import { inMemoryKeyStore } from './in-memory-key-store.ts'

keyStoreContract('in memory', async () => inMemoryKeyStore())
