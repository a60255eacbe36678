import { setTimeout as delay } from 'node:timers/promises'
import type { Fault } from '../fault.ts'

export const dockerGone: Fault = {
  name: 'Docker gone for every execution-service for 5 s, twice',
  cluster: {},
  strike: async ({ cluster: { executors }, storm, outageMs }) => {
    for (const share of [0.2, 0.6]) {
      await storm.reached(share + 0.2 * Math.random())
      await Promise.all(executors.map(({ links }) => links.docker.close()))
      await delay(outageMs(5_000))
      await Promise.all(executors.map(({ links }) => links.docker.open()))
    }
  },
}
