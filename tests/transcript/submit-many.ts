import type { Client } from '../support/client.ts'

type Amount = Readonly<{ count: number; concurrency: number }>

/** Submits the program so many times and waits for every result. Answers the ids. */
export const submitMany = async (
  client: Client,
  program: object,
  { count, concurrency }: Amount,
): Promise<ReadonlyArray<string>> => {
  const ids: Array<string> = []
  let left = count
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const id = await client.submit(program)
      const { outcome, stdOutput } = await client.resultOf(id)
      if (outcome !== 'success' || stdOutput !== '1\n') throw new Error(`${id} ended with ${String(outcome)}`)
      ids.push(id)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
  return ids
}
