import type { Delivery, Job } from '../job-queue.ts'

/** Runs until released, or until its signal aborts when it listens to it. */
export const holdingHandler = () => {
  const taken: Array<Delivery> = []
  const release = Promise.withResolvers<void>()
  const handler = async (delivery: Delivery): Promise<void> => {
    taken.push(delivery)
    await release.promise
  }
  return { taken, handler, release: () => release.resolve() }
}

export const recordingHandler = () => {
  const taken: Array<Job> = []
  const handler = async ({ job }: Delivery): Promise<void> => {
    taken.push(job)
  }
  return { taken, handler }
}
