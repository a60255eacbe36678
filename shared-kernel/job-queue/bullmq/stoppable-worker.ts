import { Worker } from 'bullmq'
import type { Job } from '../job-queue.ts'

/** BullMQ's worker, whose `close` waits without limit while Redis is away and cannot be hurried once it has begun. */
export class StoppableWorker extends Worker<Job, void> {
  /** Ends what `close` is still waiting for: renews no more locks and drops the connections. */
  async closeAtOnce(): Promise<void> {
    await this.lockManager.close()
    await this.backend.close(true)
  }
}
