import { serve } from '../query-service.fixture.ts'
import { getReplaysContract } from './get-replays.contract.ts'

getReplaysContract('SQLite', serve)
