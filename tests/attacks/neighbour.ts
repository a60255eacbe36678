import { setTimeout as delay } from 'node:timers/promises'
import type { Client } from '../support/client.ts'

/** A user whose small program is submitted again and again, with a secret in its source, its input and its output. */
export type Neighbour = Readonly<{
  secret: string
  /** Milliseconds from submission to result, one submission after another until `ended` and at least `fewest` times. */
  latencies: (ended: Promise<unknown>, fewest: number) => Promise<ReadonlyArray<number>>
}>

const paceMs = 150

export const createNeighbour = (client: Client, secret: string): Neighbour => {
  const submission = { lang: 'python', code: `print("${secret}", input())`, stdInput: `${secret}\n` }

  const answerOnce = async (): Promise<number> => {
    const began = performance.now()
    const result = await client.resultOf(await client.submit(submission))
    if (result['stdOutput'] !== `${secret} ${secret}\n`)
      throw new Error(`the neighbour was answered ${JSON.stringify(result)}`)
    return performance.now() - began
  }

  return {
    secret,
    latencies: async (ended, fewest) => {
      let over = false
      const noteEnd = () => {
        over = true
      }
      ended.then(noteEnd, noteEnd)
      const measured: Array<number> = []
      while (!over || measured.length < fewest) {
        measured.push(await answerOnce())
        await delay(paceMs)
      }
      return measured
    },
  }
}

export const median = (values: ReadonlyArray<number>): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
