import type { Fault } from '../fault.ts'
import { clockAhead, clockBehind } from './clock-shifted.ts'
import { commandKilled } from './command-killed.ts'
import { connectionCut } from './connection-cut.ts'
import { databaseRestarted } from './database-restarted.ts'
import { dockerGone } from './docker-gone.ts'
import { duplicateDeliveries } from './duplicate-deliveries.ts'
import { executorKilled } from './executor-killed.ts'
import { executorPaused } from './executor-paused.ts'
import { locksLost } from './locks-lost.ts'
import { nothing } from './nothing.ts'
import { projectorDeposed } from './projector-deposed.ts'
import { redisFlushed } from './redis-flushed.ts'
import { redisKilled } from './redis-killed.ts'

/** Everything that may happen to a part of the system, one at a time. */
export const catalogue: ReadonlyArray<Fault> = [
  nothing,
  executorKilled,
  commandKilled,
  redisKilled,
  redisFlushed,
  databaseRestarted,
  connectionCut,
  duplicateDeliveries,
  locksLost,
  executorPaused,
  projectorDeposed,
  dockerGone,
  clockAhead,
  clockBehind,
]
