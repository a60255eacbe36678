import type { Job } from '../job-queue.ts'
import { type Job as BullJob, Worker } from './bullmq.ts'

/** Jobs asked for in one go at most: one that is asked for in vain costs as much as one that comes. */
const mostAtOnce = 4

type Fetched = BullJob<Job, void>

/**
 * BullMQ's worker, with two differences. Its `close` waits without limit while Redis is away and cannot be hurried once it
 * has begun: this one can. And it asks for job after job, each when the last has come: this one asks for several at once
 * while there are some, so that what is done for them next can be done together.
 */
export class StoppableWorker extends Worker<Job, void> {
  private atOnce = 1

  /** Ends what `close` is still waiting for: renews no more locks and drops the connections. */
  async closeAtOnce(): Promise<void> {
    await this.lockManager.close()
    await this.backend.close(true)
  }

  protected override async moveToActive(token: string, name?: string): Promise<Fetched> {
    const first = super.moveToActive(token, name)
    const others = this.places() - 1
    const more = Array.from({ length: Math.min(this.atOnce - 1, others) }, (_, i) =>
      super.moveToActive(`${token}.${i}`, name).catch(this.tell),
    )
    // What is in the loop's queue takes one of its places, is run when it has come, and is handed back by a loop that ends.
    for (const fetched of more) this['mainLoopQueue'].add(fetched)
    const fetched = await Promise.all([first, ...more])
    this.atOnce = fetched.every(Boolean) ? Math.min(2 * this.atOnce, mostAtOnce) : 1
    return first
  }

  private places(): number {
    return this.concurrency - this['mainLoopQueue'].numTotal()
  }

  private readonly tell = (error: Error): undefined => {
    this.emit('error', error)
  }
}
