import type { Client } from './client.ts'

/** Submits `bodies` with `concurrency` clients; answers the ids that were accepted. A refused connection ends a client. */
export const submitAll = async (
  client: Client,
  bodies: ReadonlyArray<object>,
  concurrency: number,
): Promise<ReadonlyArray<string>> => {
  const accepted: Array<string> = []
  const queue = [...bodies]
  const submitter = async (): Promise<void> => {
    for (let body = queue.shift(); body !== undefined; body = queue.shift()) accepted.push(await client.submit(body))
  }
  await Promise.allSettled(Array.from({ length: concurrency }, submitter))
  return accepted
}
