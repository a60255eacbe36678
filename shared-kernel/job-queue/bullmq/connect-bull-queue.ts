import type { Job } from '../job-queue.ts'
import { Queue, type QueueOptions } from './bullmq.ts'

export type BullQueue = Queue<Job, void, string>

/**
 * Answers the queue once Redis has been reached. BullMQ never tries again what fails at its very start: after that the
 * next who asks gets a new one.
 */
export const connectBullQueue = (
  name: string,
  options: QueueOptions,
  onFault: (error: unknown) => void,
): (() => Promise<BullQueue>) => {
  const connect = (): Promise<BullQueue> => {
    const queue: BullQueue = new Queue(name, options)
    queue.on('error', onFault)
    const connected = queue.waitUntilReady().then(() => queue)
    connected.catch(onFault)
    return connected
  }

  let latest = connect()

  return () => {
    const asked = latest
    return asked.catch(() => {
      if (latest === asked) latest = connect()
      return latest
    })
  }
}
