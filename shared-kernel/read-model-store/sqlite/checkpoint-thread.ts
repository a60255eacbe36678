import { DatabaseSync } from 'node:sqlite'
import { workerData } from 'node:worker_threads'
import type { CheckpointTask } from './checkpoint-aside.ts'

const { file, isOver, everyMs } = workerData as CheckpointTask

const database = new DatabaseSync(file)
database.exec('PRAGMA synchronous = NORMAL')
// Passive: it neither waits for whoever reads or writes, nor do they for it.
while (Atomics.wait(isOver, 0, 0, everyMs) === 'timed-out') database.exec('PRAGMA wal_checkpoint(PASSIVE)')
database.close()
