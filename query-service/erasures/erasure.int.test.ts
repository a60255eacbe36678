import { openParts } from '../query-service.fixture.ts'
import { erasureContract } from './erasure.contract.ts'

erasureContract('SQLite', openParts)
