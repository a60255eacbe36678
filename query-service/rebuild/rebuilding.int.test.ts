import { describe } from 'vitest'
import { openParts } from '../query-service.fixture.ts'
import { rebuildingContract } from './rebuilding.contract.ts'

describe('on SQLite', () => rebuildingContract(openParts))
